using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Benchmarks;

/// <summary>
/// The obvious way: for every pair of workloads, every policy of both namespaces, every rule, every peer. Ports are left out, which only makes it
/// faster than a whole answer would be.
/// </summary>
internal sealed class PairwiseReference
{
    private readonly Workload[] _workloads;
    private readonly Dictionary<string, LabelSet> _namespaces;
    private readonly ILookup<string, NetworkPolicy> _policies;

    public PairwiseReference(ClusterSnapshot snapshot)
    {
        _workloads = [.. snapshot.Workloads];
        _namespaces = snapshot.Namespaces.ToDictionary(static ns => ns.Name, static ns => ns.Metadata.Labels);
        _policies = snapshot.NetworkPolicies.ToLookup(static policy => policy.Metadata.Namespace!);
    }

    public int CountAllowedPairs() =>
        _workloads.Sum(source =>
            _workloads.Count(destination => Allows(source, destination, PolicyDirection.Egress) && Allows(destination, source, PolicyDirection.Ingress)));

    private bool Allows(Workload subject, Workload peer, PolicyDirection direction)
    {
        var isolated = false;
        foreach (var policy in _policies[subject.Metadata.Namespace!])
        {
            if (!policy.Isolates(direction) || !policy.PodSelector.Matches(subject.TemplateLabels))
                continue;
            isolated = true;
            if (policy.Rules(direction).Any(rule => rule.Peers is not { Count: > 0 } || rule.Peers.Any(candidate => Matches(candidate, policy, peer))))
                return true;
        }

        return !isolated;
    }

    private bool Matches(NetworkPolicyPeer candidate, NetworkPolicy policy, Workload peer)
    {
        if (candidate.IPBlock is not null)
            return false;
        var inNamespace = candidate.NamespaceSelector?.Matches(_namespaces[peer.Metadata.Namespace!])
            ?? peer.Metadata.Namespace == policy.Metadata.Namespace;
        return inNamespace && candidate.PodSelector?.Matches(peer.TemplateLabels) != false;
    }
}
