using FsCheck.Fluent;
using NetPolTools.Difference;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

/// <summary>A cluster in which some policies are others answers as if nothing were known of the one before.</summary>
public sealed class RecompiledMapProperties
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_compiled_for_changed_policies_answers_as_what_is_compiled_for_all(bool ipBlockMatchesPods)
    {
        var recompiled = 0;
        Always.Holds(
            RandomClusterPairGenerator.Pairs,
            150,
            pair => recompiled += Check(pair.Before.Snapshot, PoliciesOf(pair), ipBlockMatchesPods),
            $"{nameof(What_is_compiled_for_changed_policies_answers_as_what_is_compiled_for_all)} {ipBlockMatchesPods}");
        Assert.True(recompiled > 30, $"{recompiled}");
    }

    [Fact]
    public void The_same_holds_where_many_policies_overlap()
    {
        var recompiled = 0;
        Always.Holds(
            from cluster in CrowdedClusterGenerator.Clusters.Generator
            from first in Gen.Choose(0, 3)
            from other in Gen.Choose(2, 5)
            select (Cluster: cluster, First: first, Other: other),
            40,
            given => recompiled += Check(
                given.Cluster.Snapshot,
                [.. given.Cluster.Snapshot.NetworkPolicies.Select((policy, i) => i % given.Other != given.First % given.Other ? policy
                    : policy with { Ingress = policy.Egress, Egress = policy.Ingress })],
                ipBlockMatchesPods: true));
        Assert.True(recompiled > 20, $"{recompiled}");
    }

    [Fact]
    public void Policies_in_another_order_are_compiled_anew()
    {
        var snapshot = Given.Cluster(Given.Pod("shop/a"), Given.Policy("podSelector: {}", "one"), Given.Policy("podSelector: {}", "two")).Snapshot;
        var map = ReachabilityMap.Compile(snapshot);
        Assert.False(Changed(map, [.. snapshot.NetworkPolicies.Reverse()]).IsRecompiled);
        Assert.True(Changed(map, [snapshot.NetworkPolicies[1]]).IsRecompiled);
    }

    /// <summary>The policies of before with what became of them, in their places, and then those that came.</summary>
    private static NetworkPolicy[] PoliciesOf(RandomClusterPair pair)
    {
        var (before, after) = (pair.Before.Snapshot, pair.After.Snapshot.NetworkPolicies);
        var left = after.DistinctBy(static policy => policy.Reference).ToDictionary(static policy => policy.Reference);
        var policies = new List<NetworkPolicy>();
        foreach (var policy in before.NetworkPolicies)
        {
            if (left.Remove(policy.Reference, out var becomes))
                policies.Add(becomes);
        }

        return [.. policies, .. left.Values.Where(policy => before.Namespaces.Any(ns => ns.Name == policy.Namespace))];
    }

    /// <returns>1 where there was something to share.</returns>
    private static int Check(ClusterSnapshot before, NetworkPolicy[] policies, bool ipBlockMatchesPods)
    {
        var options = new ReachabilityOptions { IPBlockMatchesPods = ipBlockMatchesPods };
        var map = ReachabilityMap.Compile(before, options);
        var changed = Changed(map, policies);
        var expected = ReachabilityMap.Compile(changed.Snapshot, options);
        Assert.Equal(expected.Endpoints.Addresses.Ranges, changed.Endpoints.Addresses.Ranges);
        for (var source = 0; source < changed.Endpoints.Count; source++)
        {
            for (var destination = 0; destination < changed.Endpoints.Count; destination++)
            {
                Assert.Equal(expected.Between(source, destination), changed.Between(source, destination));
                Assert.Equal(expected.BetweenOtherwise(source, destination), changed.BetweenOtherwise(source, destination));
            }

            Assert.Equal(Names(expected.IngressOf(source)), Names(changed.IngressOf(source)));
            Assert.Equal(Names(expected.EgressOf(source)), Names(changed.EgressOf(source)));
        }

        // What all rules come to together is looked up otherwise.
        Assert.Equal(AllowedPairs.Count(expected), AllowedPairs.Count(changed));
        Assert.Equal(Listed(expected), Listed(changed));
        foreach (var by in Enum.GetValues<GroupBy>())
            Assert.Equal(Differences(map, expected, by), Differences(map, changed, by));
        return changed.IsRecompiled ? 1 : 0;
    }

    private static ReachabilityMap Changed(ReachabilityMap map, NetworkPolicy[] policies) =>
        ReachabilityMap.Compile(map.Snapshot.WithOnly(policies), map.Options, map, CancellationToken.None);

    private static string[] Names(RuleSet? rules) => [.. rules?.Policies.Select(static policy => policy.ToString()!) ?? ["everything"]];

    /// <summary>Notes are told of classes, and classes of policies that are gone are left split.</summary>
    private static string[] Listed(ReachabilityMap map) =>
    [
        .. new ConnectionLister(map, new ConnectionQuery { By = GroupBy.Pod }).List().Where(static line => line.IsInCluster())
            .Select(static line => $"{line.Source} {line.Destination} {line.Ports}"),
    ];

    private static string[] Differences(ReachabilityMap before, ReachabilityMap after, GroupBy by) =>
    [
        .. new ReachabilityDifference(new DifferenceSide(before.Snapshot, before), new DifferenceSide(after.Snapshot, after), new ConnectionQuery { By = by })
            .List().Select(static change => $"{change} {string.Join(",", change.Policies)}"),
    ];
}
