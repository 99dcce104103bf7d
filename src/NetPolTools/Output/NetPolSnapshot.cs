using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Output;

/// <summary>A cluster read once, to be asked many times. What questions have in common is worked out once and kept.</summary>
public sealed class NetPolSnapshot
{
    internal NetPolSnapshot(ClusterSnapshot cluster)
    {
        Evaluator = new ClusterEvaluator(cluster);
    }

    public int NamespaceCount => Cluster.Namespaces.Count;

    public int WorkloadCount => Cluster.Workloads.Count;

    public int PodCount => Cluster.Pods.Count;

    public int NetworkPolicyCount => Cluster.NetworkPolicies.Count;

    /// <summary>Policies of all kinds that are evaluated.</summary>
    public int PolicyCount => Cluster.NetworkPolicies.Count + Cluster.PolicyObjects.Count;

    public IReadOnlyList<Namespace> Namespaces => Cluster.Namespaces;

    public IReadOnlyList<Workload> Workloads => Cluster.Workloads;

    public IReadOnlyList<Pod> Pods => Cluster.Pods;

    public IReadOnlyList<NetworkPolicy> NetworkPolicies => Cluster.NetworkPolicies;

    /// <summary>Policies of other kinds, and what they refer to.</summary>
    public IReadOnlyList<PolicyObject> OtherPolicies => Cluster.PolicyObjects;

    /// <summary>What the reading found wrong or worth knowing.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => Cluster.Diagnostics;

    /// <summary>What decides or may decide traffic and takes no part in answers, by kind.</summary>
    public IReadOnlyList<NotEvaluatedKind> NotEvaluated => Cluster.NotEvaluated;

    /// <summary>The kinds of policies among them, as the objects of an answer carry them; one array for all.</summary>
    internal string[] NotEvaluatedPolicies => field ??=
        [.. Cluster.NotEvaluated.Where(static kind => kind.Role == UnevaluatedRole.Policy).Select(static kind => $"{kind.Kind} ({kind.ApiVersion})")];

    internal ClusterSnapshot Cluster => Evaluator.Snapshot;

    internal ClusterEvaluator Evaluator { get; }

    /// <param name="pattern">A name; * and ? stand for others.</param>
    internal bool HasNamespace(string pattern) =>
        Cluster.Namespaces.Any(ns => WildcardNames.Match(pattern, ns.Name));

    /// <summary>The names of the namespaces that match any of some patterns.</summary>
    internal IReadOnlyCollection<string> NamespacesLike(IReadOnlyCollection<string> patterns) =>
        [.. Cluster.Namespaces.Select(static ns => ns.Name).Where(name => patterns.Any(pattern => WildcardNames.Match(pattern, name)))];

    public override string ToString() =>
        $"{NamespaceCount} namespaces, {WorkloadCount} workloads, {PodCount} pods, {NetworkPolicyCount} network policies";
}
