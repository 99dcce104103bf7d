using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

/// <summary>Which policies deny traffic before NetworkPolicies are asked, by sets of peers, against the walk through the tiers.</summary>
public sealed class DenyingBeforeProperties
{
    private static readonly (Protocol Protocol, int Number)[] Ports = [(Protocol.TCP, 80), (Protocol.TCP, 8080), (Protocol.UDP, 53)];

    [Fact]
    public void Some_policy_denies_to_a_peer_where_the_walk_is_denied_before_NetworkPolicies_and_none_where_it_is_not() =>
        Always.Holds(RandomTierGenerator.Clusters, 40, static cluster =>
        {
            var (map, oracle) = Compile(cluster);
            var pods = OracleEnds.Pods(map, cluster);
            foreach (var direction in Enum.GetValues<PolicyDirection>())
            {
                foreach (var (subject, peer) in from subject in pods from peer in pods.Concat(OracleEnds.Outside(map)) select (subject, peer))
                {
                    foreach (var (protocol, number) in Ports)
                    {
                        var verdict = oracle.Ask(direction, subject.Endpoint, peer.Endpoint, new OracleTraffic(protocol, number));
                        var isDenied = map.DenyingBefore(direction, subject.Index, One(peer.Index), PortSet.Of(protocol, number)).Any();
                        if (verdict != OracleVerdict.Undetermined)
                            Assert.True(verdict == OracleVerdict.Denied == isDenied, $"{direction} of {subject} with {peer} on {protocol} {number}: {verdict}");
                    }
                }
            }
        });

    [Fact]
    public void What_denies_to_peers_together_is_what_denies_to_any_of_them() =>
        Always.Holds(RandomTierGenerator.Clusters, 40, static cluster =>
        {
            var (map, _) = Compile(cluster);
            var peers = IndexSet.Range(0, map.Endpoints.PodCount);
            foreach (var direction in Enum.GetValues<PolicyDirection>())
            {
                for (var subject = 0; subject < map.Endpoints.SelectableCount; subject++)
                {
                    Assert.Equal(
                        Names(Enumerable.Range(0, map.Endpoints.PodCount).SelectMany(peer => map.DenyingBefore(direction, subject, One(peer), PortSet.All))),
                        Names(map.DenyingBefore(direction, subject, peers, PortSet.All)));
                }
            }
        });

    private static string[] Names(IEnumerable<TieredPolicy> policies) =>
        [.. policies.Select(static policy => policy.Origin.Reference.ToString()).Distinct().Order(StringComparer.Ordinal)];

    private static IndexSet One(int index) => IndexSet.Range(index, index + 1);

    /// <summary>Without policies of the very order of NetworkPolicies, of which nobody knows whether they come before.</summary>
    private static (ReachabilityMap Map, TieredOracle Oracle) Compile(RandomCluster cluster)
    {
        var layout = EngineLayout.Kubernetes;
        var kept = new RandomCluster(cluster.Objects.Where(found =>
            found is not MadePolicy made || made.Translation.Rank.CompareTo(layout.NetworkPolicies) != 0));
        var before = kept.Snapshot.PolicyObjects.Cast<MadePolicy>().Select(static made => made.Translation)
            .Where(policy => policy.Rank.CompareTo(layout.NetworkPolicies) < 0)
            .Select(policy => policy.Rank.Tier == layout.NetworkPolicies.Tier ? EndsOpen(policy) : policy);
        return (ReachabilityMap.Compile(kept.Snapshot), new TieredOracle(kept.Snapshot, before, ipBlockMatchesPods: true));
    }

    /// <summary>The end of the tier in which NetworkPolicies stand comes behind them.</summary>
    private static TieredPolicy EndsOpen(TieredPolicy policy) => policy with
    {
        Ingress = policy.Ingress is { } ingress ? ingress with { Unmatched = Unmatched.NextTier } : null,
        Egress = policy.Egress is { } egress ? egress with { Unmatched = Unmatched.NextTier } : null,
    };
}
