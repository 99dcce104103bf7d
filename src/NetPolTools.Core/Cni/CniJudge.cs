using NetPolTools.Cni.Catalogue;
using NetPolTools.Snapshot;

namespace NetPolTools.Cni;

/// <summary>Draws the conclusion from the plugins found: two layers, who connects and who enforces.</summary>
public static class CniJudge
{
    private const string Workloads = "DaemonSet";

    /// <summary>Judges what the input shows.</summary>
    public static CniVerdict Judge(ClusterSnapshot snapshot, PluginCatalogue? catalogue = null)
    {
        var detector = new PluginDetector(catalogue ?? PluginCatalogue.Default, snapshot);
        var plugins = WithoutIdlePlatforms(detector.Detect());
        var hints = detector.HintsAtOthers(plugins);
        var (enforced, reason) = Conclude(plugins, detector.Traces.Shows(Workloads), hints);
        return new CniVerdict
        {
            Plugins = plugins,
            Enforced = enforced,
            Reason = reason,
            OtherHints = hints,
            Warnings = [.. WarningsOf(plugins, hints)],
        };
    }

    /// <summary>Judges a plugin by name, without a cluster.</summary>
    /// <param name="entry">Of the catalogue.</param>
    /// <param name="version">Null where it is not known.</param>
    /// <param name="catalogue">Which; the one that comes along where null.</param>
    public static CniVerdict LookUp(CatalogueEntry entry, PluginVersion? version = null, PluginCatalogue? catalogue = null)
    {
        var plugin = PluginDetector.LookUp(catalogue ?? PluginCatalogue.Default, entry, version);
        return new CniVerdict { Plugins = [plugin], Enforced = plugin.Enforces, Reason = ReasonOf(plugin) + "." };
    }

    /// <summary>Judges a plugin that is taken to be there, with the settings that the input shows.</summary>
    internal static CniVerdict Assume(ClusterSnapshot snapshot, CatalogueEntry entry)
    {
        var plugin = new PluginDetector(PluginCatalogue.Default, snapshot).Assume(entry);
        return new CniVerdict { Plugins = [plugin], Enforced = plugin.Enforces, Reason = ReasonOf(plugin) + "." };
    }

    private static string ReasonOf(DetectedPlugin plugin) => plugin.Enforces switch
    {
        Enforcement.Yes => $"{plugin} enforces NetworkPolicies{Because(plugin)}",
        Enforcement.No => $"{plugin} does not enforce NetworkPolicies{Because(plugin)}",
        _ => $"Whether {plugin} enforces NetworkPolicies: {plugin.Entry.Answer}",
    };

    /// <summary>A platform's own network matters where no plugin connects the pods.</summary>
    private static IReadOnlyList<DetectedPlugin> WithoutIdlePlatforms(IReadOnlyList<DetectedPlugin> plugins) =>
        plugins.Any(static plugin => plugin.Role == PluginRole.Connects) ? [.. plugins.Where(static plugin => plugin.Role != PluginRole.Platform)] : plugins;

    private static (Enforcement Enforced, string Reason) Conclude(
        IReadOnlyList<DetectedPlugin> plugins, bool showsWorkloads, IReadOnlyList<PluginEvidence> hints)
    {
        if (plugins.Count == 0)
        {
            var seen = hints.Count == 0 ? "" : $" Only hints: {string.Join("; ", hints.Take(3))}.";
            return (Enforcement.Unknown, $"Nothing in the input proves a network plugin.{seen}");
        }

        if (plugins.FirstOrDefault(static plugin => plugin.Enforces == Enforcement.Yes) is { } engine)
            return (Enforcement.Yes, $"{engine} enforces NetworkPolicies{Because(engine)}.");
        if (plugins.FirstOrDefault(static plugin => plugin.Enforces == Enforcement.Partly) is { } partly)
            return (Enforcement.Partly, $"{partly} enforces NetworkPolicies on some nodes{Because(partly)}.");
        DetectedPlugin[] deciding = [.. plugins.Where(static plugin => plugin.Role != PluginRole.Secondary)];
        if (deciding.FirstOrDefault(static plugin => plugin.Enforces == Enforcement.Unknown) is { } unsure)
            return (Enforcement.Unknown,
                $"Whether {unsure} enforces NetworkPolicies, the input does not tell{Because(unsure)}. In general: {unsure.Entry.Answer}.");
        if (!deciding.Any(static plugin => plugin.Role is PluginRole.Connects or PluginRole.Platform))
        {
            return (Enforcement.Unknown, deciding.Length == 0
                ? $"{plugins[0]} adds further interfaces; the input does not show who makes the first one, and that decides."
                : $"{deciding[0]} enforces nothing here{Because(deciding[0])}, and the input does not show who connects the pods, which may enforce.");
        }

        var reasons = string.Join("; ", deciding.Select(static plugin =>
            $"{plugin}{(plugin.Role == PluginRole.Platform ? " by itself" : "")} does not enforce NetworkPolicies{Because(plugin)}"));
        return showsWorkloads
            ? (Enforcement.No, $"{reasons}, and the input shows no engine that does. The API server stores them and they have no effect.")
            : (Enforcement.Unknown, $"{reasons}, and the input does not show the DaemonSets of kube-system, where an engine beside it would be.");
    }

    private static string Because(DetectedPlugin plugin) => plugin.Because is { } because ? $": {because}" : "";

    private static IEnumerable<string> WarningsOf(IReadOnlyList<DetectedPlugin> plugins, IReadOnlyList<PluginEvidence> hints)
    {
        string[] engines = [.. plugins.Where(static plugin => plugin.Enforces is Enforcement.Yes or Enforcement.Partly).Select(static plugin => plugin.Name)];
        if (engines.Length > 1)
        {
            yield return $"{string.Join(" and ", engines)} enforce policies at the same time: traffic needs to be allowed by each. "
                + "Nobody tests that; switch one of them off.";
        }

        foreach (var engine in plugins.Where(static plugin => plugin.UnseenSwitches.Count > 0))
            yield return $"{engine} is taken to enforce: the input does not show {string.Join(" and ", engine.UnseenSwitches)}, where that can be switched "
                + "off.";
        string[] connecting = [.. plugins.Where(static plugin => plugin.Role == PluginRole.Connects).Select(static plugin => plugin.Name)];
        if (connecting.Length > 1)
            yield return $"{string.Join(" and ", connecting)} all look as if they connected the pods: one of them may be left over.";
        foreach (var left in hints.Where(static hint => hint.Object.Kind == "CustomResourceDefinition").GroupBy(static hint => hint.Plugin))
        {
            yield return $"There are CustomResourceDefinitions of {left.Key} ({string.Join(", ", left.Select(static hint => hint.Object.Name))}), "
                + "which prove nothing: they outlive what they belong to, and others ship them.";
        }
    }
}
