using NetPolTools.Cni;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Reading;
using NetPolTools.Snapshot;

namespace NetPolTools.Output;

/// <summary>A cluster read once, to be asked many times. What questions have in common is worked out once and kept.</summary>
public sealed class NetPolSnapshot
{
    private ReachabilityMap? _ipBlocksMatchPods;
    private ReachabilityMap? _ipBlocksIgnorePods;
    private CniEvaluation? _onDetectedPlugin;
    private ReachabilityMap? _onPlugin;

    internal NetPolSnapshot(ClusterSnapshot cluster)
    {
        Cluster = cluster;
    }

    public int NamespaceCount => Cluster.Namespaces.Count;

    public int WorkloadCount => Cluster.Workloads.Count;

    public int PodCount => Cluster.Pods.Count;

    public int NetworkPolicyCount => Cluster.NetworkPolicies.Count;

    public IReadOnlyList<Namespace> Namespaces => Cluster.Namespaces;

    public IReadOnlyList<Workload> Workloads => Cluster.Workloads;

    public IReadOnlyList<Pod> Pods => Cluster.Pods;

    public IReadOnlyList<NetworkPolicy> NetworkPolicies => Cluster.NetworkPolicies;

    /// <summary>What the reading found wrong or worth knowing.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => Cluster.Diagnostics;

    internal ClusterSnapshot Cluster { get; }

    /// <param name="pattern">A name; * and ? stand for others.</param>
    internal bool HasNamespace(string pattern) =>
        Cluster.Namespaces.Any(ns => WildcardNames.Match(pattern, ns.Name));

    /// <summary>The names of the namespaces that match any of some patterns.</summary>
    internal IReadOnlyCollection<string> NamespacesLike(IReadOnlyCollection<string> patterns) =>
        [.. Cluster.Namespaces.Select(static ns => ns.Name).Where(name => patterns.Any(pattern => WildcardNames.Match(pattern, name)))];

    /// <summary>Two threads may both work it out; both get a right one, and the later is kept.</summary>
    internal ReachabilityMap Map(bool ipBlocksMatchPods, CancellationToken cancellation)
    {
        ref var map = ref ipBlocksMatchPods ? ref _ipBlocksMatchPods : ref _ipBlocksIgnorePods;
        return map ??= ReachabilityMap.Compile(Cluster, new ReachabilityOptions { IPBlockMatchesPods = ipBlocksMatchPods }, cancellation);
    }

    /// <summary>The map of what a network plugin makes of the policies; the last one asked for is kept.</summary>
    internal ReachabilityMap Map(CniEvaluation evaluation, CancellationToken cancellation)
    {
        if (evaluation.Options.Enforcement is null)
            return Map(evaluation.Options.IPBlockMatchesPods, cancellation);
        if (_onPlugin is { } known && known.Options == evaluation.Options)
            return known;
        return _onPlugin = ReachabilityMap.Compile(Cluster, evaluation.Options, cancellation);
    }

    /// <summary>How to evaluate the policies on a plugin.</summary>
    internal CniEvaluation On(CniChoice choice, bool ipBlockIgnoresPods)
    {
        if (choice != CniChoice.Detected || ipBlockIgnoresPods)
            return CniEvaluation.Of(Cluster, choice, ipBlockIgnoresPods);
        return _onDetectedPlugin ??= CniEvaluation.Of(Cluster, choice, ipBlockIgnoresPods);
    }

    public override string ToString() =>
        $"{NamespaceCount} namespaces, {WorkloadCount} workloads, {PodCount} pods, {NetworkPolicyCount} network policies";
}
