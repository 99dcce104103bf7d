using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Cni;

/// <summary>
/// What an input says about network plugins. Pods stand for the DaemonSet that owns them where the input has the pods alone, or the DaemonSet without
/// its status.
/// </summary>
internal sealed class PluginTraces
{
    private const string DaemonSet = "DaemonSet";
    private const string SystemNamespace = "kube-system";

    private readonly HashSet<string> _kinds;

    public PluginTraces(ClusterSnapshot snapshot)
    {
        All = snapshot.PluginTraces.Count > 0 ? Complete(snapshot.PluginTraces) : [];
        Nodes = [.. All.Where(static trace => trace.Kind == Node.KindName)];

        // Workloads of users say nothing of those of the system. DaemonSets of the system have pods there, so these will do.
        _kinds =
        [
            .. All.Select(static trace => trace.Kind),
            .. snapshot.SkippedKinds.Keys,
            .. snapshot.UnevaluatedObjects.Select(static found => found.Kind),
            .. snapshot.Workloads.Where(static workload => workload.Metadata.Namespace == SystemNamespace).Select(static workload => workload.Kind),
        ];
        if (snapshot.Pods.Any(static pod => pod.Metadata.Namespace == SystemNamespace))
            _kinds.Add(DaemonSet);
    }

    public IReadOnlyList<PluginTrace> All { get; }

    public IReadOnlyList<PluginTrace> Nodes { get; }

    /// <summary>Whether objects of a kind are in the input, so that one which is not there is not in the cluster.</summary>
    public bool Shows(string kind) => _kinds.Contains(kind);

    public IEnumerable<PluginTrace> Matching(PluginSign sign) => All.Where(sign.Matches);

    /// <summary>Whether a clause holds for a plugin of some version.</summary>
    public Truth Holds(PluginClause clause, PluginVersion? version)
    {
        if (clause.Sign is not { } sign)
        {
            if (version is null)
                return Truth.Unknown;
            var isOldEnough = clause.Below is null || version.CompareTo(clause.Below) < 0;
            return isOldEnough && (clause.From is null || version.CompareTo(clause.From) >= 0) ? Truth.Yes : Truth.No;
        }

        if (Matching(sign).Any())
            return clause.IsNot ? Truth.No : Truth.Yes;
        if (!Shows(sign.Kind) || IsHidden(sign))
            return Truth.Unknown;
        return clause.IsNot ? Truth.Yes : Truth.No;
    }

    /// <summary>Whether all of them hold.</summary>
    public Truth Hold(IReadOnlyList<PluginClause> clauses, PluginVersion? version) =>
        clauses.Count == 0 ? Truth.Yes : clauses.Min(clause => Holds(clause, version));

    /// <summary>What a clause asks of containers cannot be seen where only names of owners are known.</summary>
    private bool IsHidden(PluginSign sign) =>
        sign.AsksForContainer && sign.Names.Count > 0 && All.Any(trace => sign.SpeaksOf(trace) && trace.Containers.Count == 0);

    /// <summary>DaemonSets count their pods, and pods whose DaemonSet is not in the input stand for it.</summary>
    private static PluginTrace[] Complete(IReadOnlyList<PluginTrace> traces)
    {
        var pods = traces
            .Where(static trace => trace.Kind == Pod.KindName && trace.Metadata.Controller?.Kind == DaemonSet)
            .ToLookup(static pod => (pod.Metadata.Namespace, pod.Metadata.Controller!.Name));
        var given = traces.Where(static trace => trace.Kind != Pod.KindName).Select(trace => WithPods(trace, pods)).ToArray();
        var owners = given.Where(static trace => trace.Kind == DaemonSet).Select(static trace => (trace.Metadata.Namespace, trace.Name)).ToHashSet();
        return [.. given, .. pods.Where(group => !owners.Contains(group.Key)).Select(static group => OwnerOf([.. group]))];
    }

    private static PluginTrace WithPods(PluginTrace trace, ILookup<(string? Namespace, string Name), PluginTrace> pods)
    {
        if (trace.Kind != DaemonSet || trace.Desired is not null)
            return trace;
        PluginTrace[] own = [.. pods[(trace.Metadata.Namespace, trace.Name)]];
        return own.Length == 0 ? trace : trace with { Desired = OwnerOf(own).Desired, Ready = OwnerOf(own).Ready };
    }

    private static PluginTrace OwnerOf(PluginTrace[] pods)
    {
        var first = pods[0];
        var isCounted = pods.Any(static pod => pod.Ready is not null);
        return new PluginTrace(DaemonSet, first.Metadata with { Name = first.Metadata.Controller!.Name, IsNameGenerated = false, Controller = null })
        {
            Containers = first.Containers,
            Desired = isCounted ? pods.Length : null,
            Ready = isCounted ? pods.Sum(static pod => pod.Ready ?? 0) : null,
            Location = first.Location,
        };
    }
}
