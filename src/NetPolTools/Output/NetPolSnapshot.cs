using NetPolTools.Asking;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Objects;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Output;

/// <summary>A cluster read once, to be asked many times. What questions have in common is worked out once and kept.</summary>
public sealed class NetPolSnapshot
{
    private NetPolList<NetPolNamespace>? _namespaces;
    private NetPolList<NetPolWorkload>? _workloads;
    private NetPolList<NetPolPod>? _pods;
    private NetPolList<NetworkPolicy>? _networkPolicies;
    private NetPolList<NetPolDiagnostic>? _diagnostics;

    internal NetPolSnapshot(ClusterSnapshot cluster)
    {
        Evaluator = new ClusterEvaluator(cluster);
    }

    /// <summary>When the cluster was read, in UTC; null where manifests were read.</summary>
    public DateTime? ReadAt => Cluster.Origin?.ReadAt.UtcDateTime;

    /// <summary>The context of the kubeconfig that the cluster was read by; null where manifests were read.</summary>
    public string? Context => Cluster.Origin?.Context;

    /// <summary>The version of the server, such as 1.36; null where manifests were read.</summary>
    public string? KubernetesVersion => Cluster.KubernetesVersion?.ToString();

    public int NamespaceCount => Cluster.Namespaces.Count;

    public int WorkloadCount => Cluster.Workloads.Count;

    public int PodCount => Cluster.Pods.Count;

    public int NetworkPolicyCount => Cluster.NetworkPolicies.Count;

    /// <summary>Policies of all kinds that are evaluated.</summary>
    public int PolicyCount => Cluster.NetworkPolicies.Count + Cluster.PolicyObjects.Count;

    public NetPolList<NetPolNamespace> Namespaces =>
        _namespaces ??= NetPolList.Texts(Cluster.Namespaces.Select(static found => new NetPolNamespace(found)));

    public NetPolList<NetPolWorkload> Workloads =>
        _workloads ??= NetPolList.Texts(Cluster.Workloads.Select(static found => new NetPolWorkload(found)));

    public NetPolList<NetPolPod> Pods =>
        _pods ??= NetPolList.Texts(Cluster.Pods.Select(static found => new NetPolPod(found)));

    public NetPolList<NetworkPolicy> NetworkPolicies => _networkPolicies ??= NetPolList.Texts(Cluster.NetworkPolicies);

    /// <summary>Policies of other kinds, and what they refer to: those of the admin tiers as cmdlets make them, others by their names.</summary>
    public NetPolList<object> OtherPolicies => field ??= NetPolList.Texts(
        Cluster.PolicyObjects.Select(static policy => policy as AdminPolicy ?? (object)new NetPolOtherPolicy(policy)));

    /// <summary>What the reading found wrong or worth knowing.</summary>
    public NetPolList<NetPolDiagnostic> Diagnostics =>
        _diagnostics ??= NetPolList.Texts(Cluster.Diagnostics.Select(static diagnostic => new NetPolDiagnostic(diagnostic)));

    /// <summary>How many diagnostics there are.</summary>
    public int ProblemCount => Cluster.Diagnostics.Count;

    /// <summary>What decides or may decide traffic and takes no part in answers, by kind.</summary>
    public NetPolList<NetPolNotEvaluated> NotEvaluated => field ??= NetPolList.Texts(Cluster.NotEvaluated.Select(static kind => new NetPolNotEvaluated(kind)));

    /// <summary>The kinds of policies among them, as the objects of an answer carry them; one list for all.</summary>
    internal NetPolList<string> NotEvaluatedPolicies => field ??= NetPolList.Names(
        Cluster.NotEvaluated.Where(static kind => kind.Role == UnevaluatedRole.Policy).Select(static kind => $"{kind.Kind} ({kind.ApiVersion})"));

    internal ClusterSnapshot Cluster => Evaluator.Snapshot;

    internal ClusterEvaluator Evaluator { get; }

    /// <param name="pattern">A name; * and ? stand for others.</param>
    internal bool HasNamespace(string pattern) =>
        Cluster.Namespaces.Any(ns => WildcardNames.Match(pattern, ns.Name));

    /// <summary>The names of the namespaces that match any of some patterns.</summary>
    internal IReadOnlyCollection<string> NamespacesLike(IReadOnlyCollection<string> patterns) =>
        [.. Cluster.Namespaces.Select(static ns => ns.Name).Where(name => patterns.Any(pattern => WildcardNames.Match(pattern, name)))];

    public override string ToString() =>
        string.Join(
        ", ",
        Wording.Count(NamespaceCount, "namespace"),
        Wording.Count(WorkloadCount, "workload"),
        Wording.Count(PodCount, "pod"),
        Wording.Count(NetworkPolicyCount, "network policy"));
}
