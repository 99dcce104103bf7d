using NetPolTools.Cni.Catalogue;
using NetPolTools.Snapshot;

namespace NetPolTools.Cni;

/// <summary>Which network plugin a question about reachability is to be answered for.</summary>
public sealed record CniChoice
{
    /// <summary>The word for a plugin that does all that policies say.</summary>
    public const string EnforcingWord = "Enforcing";

    /// <summary>The one that the input shows; where it shows none, one that does all that policies say.</summary>
    public static readonly CniChoice Detected = new();

    /// <summary>One that does all that policies say, whatever the input shows.</summary>
    public static readonly CniChoice Enforcing = new() { IsEnforcing = true };

    private CatalogueEntry? Entry { get; init; }

    private PluginVersion? Version { get; init; }

    private bool IsEnforcing { get; init; }

    /// <summary>Reads a name of the catalogue, perhaps with a version as in Cilium@1.15, or Enforcing.</summary>
    /// <exception cref="FormatException">Neither.</exception>
    public static CniChoice Parse(string text)
    {
        if (text.Trim().Equals(EnforcingWord, StringComparison.OrdinalIgnoreCase))
            return Enforcing;
        var (entry, version) = PluginCatalogue.Default.Parse(text, EnforcingWord);
        return new CniChoice { Entry = entry, Version = version };
    }

    /// <summary>A plugin as the input shows it, where it shows one that is, or is built on, a given one; otherwise the newest of that one.</summary>
    /// <param name="engine">By its id in the catalogue.</param>
    /// <param name="snapshot">The input.</param>
    internal static CniChoice Of(string engine, ClusterSnapshot snapshot)
    {
        var shown = CniJudge.Judge(snapshot).Engines.FirstOrDefault(plugin => PluginCatalogue.Default.Chain(plugin.Entry).Any(entry => entry.Id == engine));
        return new CniChoice { Entry = shown?.Entry ?? PluginCatalogue.Default.Find(engine), Version = shown?.Version };
    }

    /// <summary>What is known of the plugin; null where policies do all they say by choice.</summary>
    public CniVerdict? Judge(ClusterSnapshot snapshot)
    {
        if (IsEnforcing)
            return null;
        return Entry is null ? CniJudge.Judge(snapshot) : CniJudge.LookUp(Entry, Version);
    }
}
