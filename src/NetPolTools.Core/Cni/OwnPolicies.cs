using System.Collections.Immutable;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Snapshot;

namespace NetPolTools.Cni;

/// <summary>
/// Policies of a network plugin's own API, which no other plugin enforces: where the input does not show the plugin, they are taken for a sign of it.
/// </summary>
internal sealed class OwnPolicies
{
    private readonly ClusterSnapshot _snapshot;
    private readonly List<Diagnostic> _told = [];

    /// <param name="snapshot">The input.</param>
    /// <param name="comparedEngine">A plugin that a compared state of the cluster shows in the same way; null for none.</param>
    public OwnPolicies(ClusterSnapshot snapshot, string? comparedEngine = null)
    {
        _snapshot = snapshot;
        Engines =
        [
            .. snapshot.PolicyObjects.Select(EngineOf).Concat(EnginesGiven(snapshot)).Append(comparedEngine).OfType<string>().Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The plugins whose own policies are in the input, or whose settings a question gives, by their ids in the catalogue.</summary>
    public ImmutableArray<string> Engines { get; }

    /// <summary>What is to be said.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => _told;

    /// <summary>The plugin to answer for, where the input does not show one: the one whose policies there are.</summary>
    /// <param name="verdict">What the input shows.</param>
    public CniVerdict Assume(CniVerdict verdict)
    {
        if (verdict.Engines.Count > 0 || verdict.Enforced is Enforcement.No || verdict.IsRecognised)
            return verdict;
        if (Engines.IsEmpty)
            return AssumeByNetworkPolicies() ?? verdict;
        if (Engines.Length > 1)
        {
            _told.Add(new Diagnostic(
                DiagnosticId.CniUnknown,
                DiagnosticSeverity.Error,
                $"There are policies of {string.Join(" and of ", Engines.Select(NameOf))}, and the input shows none of the two; name the plugin that the "
                    + $"cluster "
                    + "has with --cni or -Cni."));
            return verdict;
        }

        var entry = PluginCatalogue.Default.Find(Engines[0])!;
        if (!_snapshot.PolicyObjects.Any(static found => EngineOf(found) is not null))
            return CniJudge.Assume(_snapshot, entry);
        _told.Add(new Diagnostic(
            DiagnosticId.CniUnknown,
            DiagnosticSeverity.Warning,
            $"The input shows no network plugin, and has policies of {entry.Name}: the answer is that of a cluster with {entry.Name}."));
        return CniJudge.Assume(_snapshot, entry);
    }

    /// <summary>The plugin under which alone pods have a label that a NetworkPolicy goes by; null where there is none such.</summary>
    private CniVerdict? AssumeByNetworkPolicies()
    {
        foreach (var dialect in AllDialects.Dialects.Where(static dialect => dialect.Engine is not null))
        {
            if (_snapshot.NetworkPolicies.FirstOrDefault(dialect.IsMeantFor) is not { } meant)
                continue;
            var entry = PluginCatalogue.Default.Find(dialect.Engine!)!;
            _told.Add(new Diagnostic(
                DiagnosticId.CniUnknown,
                DiagnosticSeverity.Warning,
                $"The input shows no network plugin, and this policy selects by labels that pods have with {entry.Name} alone: the answer is that of a cluster "
                    + $"with {entry.Name}.")
            {
                Object = meant.Reference,
                Location = meant.Location,
            });
            return CniJudge.Assume(_snapshot, entry);
        }

        return null;
    }

    /// <summary>The objects that the plugins of a verdict do not know, and that so have no effect.</summary>
    public IEnumerable<ObjectReference> NotEnforcedBy(CniVerdict verdict)
    {
        if (verdict.Engines.Count == 0)
            yield break;
        var ids = verdict.Engines.SelectMany(static engine => PluginCatalogue.Default.Chain(engine.Entry)).Select(static entry => entry.Id).ToHashSet();
        foreach (var engine in Engines.Where(engine => !ids.Contains(engine)))
        {
            ObjectReference[] objects =
                [.. _snapshot.PolicyObjects.Where(found => EngineOf(found) == engine).Select(static found => found.Reference)];
            if (objects.Length == 0)
                continue;
            _told.Add(new Diagnostic(
                DiagnosticId.PoliciesNotEnforced,
                DiagnosticSeverity.Warning,
                $"{objects.Length} {(objects.Length == 1 ? "object" : "objects")} of {NameOf(engine)} {(objects.Length == 1 ? "is" : "are")} left out of the "
                    + $"answer: {verdict.Names} does not know them."));
            foreach (var found in objects)
                yield return found;
        }
    }

    private static IEnumerable<string> EnginesGiven(ClusterSnapshot snapshot) => AllDialects.Dialects
        .Where(dialect => snapshot.PluginTraces.Any(trace => trace.Given.Count > 0 && dialect.IsSettings(trace)))
        .Select(static dialect => dialect.Engine).OfType<string>();

    private static string NameOf(string id) => PluginCatalogue.Default.Find(id)!.Name;

    private static string? EngineOf(PolicyObject found) => (found as IDialectObject)?.Dialect.Engine;
}
