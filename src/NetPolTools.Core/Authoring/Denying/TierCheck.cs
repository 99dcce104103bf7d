using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring.Denying;

/// <summary>
/// What policies that are asked before NetworkPolicies make of a default deny: they may let traffic past it, and they may deny what it is to leave open.
/// </summary>
/// <param name="cluster">With such policies.</param>
internal sealed class TierCheck(ClusterSnapshot cluster)
{
    private readonly Dictionary<string, Namespace> _namespaces = cluster.Namespaces.ToDictionary(static ns => ns.Name);
    private readonly ReachabilityMap _map = ReachabilityMap.Compile(cluster, TierOptions.On(cluster));

    /// <summary>What to know of the policies made for a namespace.</summary>
    public IEnumerable<Diagnostic> Find(string ns, DenyDirection closed, IReadOnlyList<NetworkPolicy> policies)
    {
        if (!_namespaces.TryGetValue(ns, out var known))
            yield break;
        foreach (var direction in Enum.GetValues<PolicyDirection>())
        {
            var word = direction == PolicyDirection.Ingress ? "ingress" : "egress";
            var isClosed = direction == PolicyDirection.Ingress ? closed.ClosesIngress() : closed.ClosesEgress();
            foreach (var policy in isClosed ? _map.AllowsToCome(direction, known) : [])
                yield return Tell($"{policy} allows some {word} of namespace {ns}, and no NetworkPolicy can close it.");
            foreach (var policy in policies)
            {
                foreach (var denied in Denied(ns, direction, policy).Distinct())
                    yield return Tell($"{policy.Reference} leaves open some {word} that {denied}; no NetworkPolicy can open it.");
            }
        }
    }

    /// <summary>Of what the rules of a policy allow, what is denied to a pod of the namespace before NetworkPolicies are asked.</summary>
    private IEnumerable<string> Denied(string ns, PolicyDirection direction, NetworkPolicy policy)
    {
        var (start, end) = _map.Endpoints.InNamespace(ns);
        int[] subjects = [.. Enumerable.Range(start, end - start).DistinctBy(_map.Classes.ClassOf)];
        foreach (var rule in policy.Rules(direction))
        {
            var ports = RulePorts.Numbers(rule, _map.Traffic, new PortSetPool());
            var meant = IndexSet.UnionOf([.. _map.Peers.PeersOf(_map.Endpoints.NumberOfNamespace(ns), rule).Select(static peer => peer.Certain)]);
            foreach (var subject in subjects)
            {
                // A pod that reaches itself needs no rule.
                var peers = _map.Endpoints[subject].MayHaveReplicas ? meant : meant.Except(IndexSet.Range(subject, subject + 1));
                foreach (var denying in _map.DenyingBefore(direction, subject, peers, ports))
                    yield return $"{denying.Origin.Reference} denies";
            }
        }
    }

    private static Diagnostic Tell(string message) => new(DiagnosticId.NotAsAsked, DiagnosticSeverity.Warning, message);
}
