using FsCheck.Fluent;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Summaries;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Summaries;

/// <summary>Summaries count by sets what asking pair by pair gives.</summary>
public sealed class SummaryProperties
{
    [Theory]
    [InlineData(GroupBy.Workload)]
    [InlineData(GroupBy.Pod)]
    public void Figures_are_those_of_asking_pair_by_pair(GroupBy by) =>
        Always.Holds(Gen.OneOf(RandomClusterGenerator.Cluster(), CrowdedClusterGenerator.Clusters.Generator, RandomTierGenerator.Clusters), 60, cluster =>
        {
            var map = ReachabilityMap.Compile(cluster.Snapshot);
            var groups = EndpointGroup.Create(map, by).ToDictionary(static group => group.End);
            var summaries = new SummaryReport(map, []).Lines(by, CancellationToken.None);
            Assert.Equal(groups.Keys, summaries.Select(static summary => summary.End));
            foreach (var summary in summaries)
            {
                var members = groups[summary.End].Members;
                Assert.Equal(Figures(map, members, static (map, member, peer) => map.Between(peer, member).IsEmpty), summary.ReachedBy);
                Assert.Equal(Figures(map, members, static (map, member, peer) => map.Between(member, peer).IsEmpty), summary.Reaches);
            }
        });

    [Fact]
    public void Only_workloads_of_the_namespaces_asked_about_have_a_line_and_all_are_counted() =>
        Always.Holds(RandomClusterGenerator.Clusters, 20, static cluster =>
        {
            var map = ReachabilityMap.Compile(cluster.Snapshot);
            Assert.Equal(
                new SummaryReport(map, []).Lines(GroupBy.Workload, CancellationToken.None).Where(static summary => summary.End.Namespace == "alpha"),
                new SummaryReport(map, ["alph*"]).Lines(GroupBy.Workload, CancellationToken.None));
        });

    /// <summary>What a report decides by before it lists anything.</summary>
    [Theory]
    [InlineData]
    [InlineData("alph*")]
    public void A_listing_has_as_many_lines_at_least_as_there_are_pairs_of_workloads(params string[] namespaces) =>
        Always.Holds(Gen.OneOf(RandomClusterGenerator.Cluster(), CrowdedClusterGenerator.Clusters.Generator, RandomTierGenerator.Clusters), 60, cluster =>
        {
            var map = ReachabilityMap.Compile(cluster.Snapshot);
            var pairs = new SummaryReport(map, namespaces).CountPairs(CancellationToken.None);
            Assert.InRange(new ConnectionLister(map, new ConnectionQuery { Namespaces = namespaces }).List().LongCount(), pairs, long.MaxValue);
            Assert.Equal(
                new SummaryReport(map, namespaces).Lines(GroupBy.Workload, CancellationToken.None).Sum(static summary => (long)summary.ReachedBy.Workloads),
                pairs);
        });

    private static PeerFigures Figures(ReachabilityMap map, int[] members, Func<ReachabilityMap, int, int, bool> isDenied)
    {
        var most = map.AtMost ?? map;
        return new PeerFigures(
            Workloads(map, members, isDenied), Workloads(most, members, isDenied), Outside(map, members, isDenied), Outside(most, members, isDenied));
    }

    private static int Workloads(ReachabilityMap map, int[] members, Func<ReachabilityMap, int, int, bool> isDenied) =>
        Enumerable.Range(0, map.Endpoints.PodCount)
            .Where(peer => Array.Exists(members, member => !isDenied(map, member, peer)))
            .Select(peer => map.Endpoints[peer].Owner)
            .Distinct()
            .Count(owner => owner != map.Endpoints[members[0]].Owner);

    private static OutsideReach Outside(ReachabilityMap map, int[] members, Func<ReachabilityMap, int, int, bool> isDenied)
    {
        int[] outside = [.. Enumerable.Range(map.Endpoints.PodCount, map.Endpoints.UnknownPod - map.Endpoints.PodCount)
            .Where(range => !map.Occupied.ByPods.Contains(range))];
        var open = outside.Count(range => Array.Exists(members, member => !isDenied(map, member, range)));
        return open == outside.Length ? OutsideReach.Every : open > 0 ? OutsideReach.Some : OutsideReach.None;
    }
}
