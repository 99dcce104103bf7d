using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

public sealed class WhoReachesProperties
{
    [Fact]
    public void The_sources_of_a_destination_are_those_that_reach_it_on_some_port() =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, SourcesAreThoseThatReach);

    [Fact]
    public void The_same_holds_where_many_policies_overlap() => Always.Holds(CrowdedClusterGenerator.Clusters, 60, SourcesAreThoseThatReach);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void As_many_pairs_are_counted_as_the_oracle_allows(bool ipBlockMatchesPods) =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster => CountIsTheOracles(cluster, ipBlockMatchesPods));

    [Fact]
    public void The_same_holds_for_the_count_where_many_policies_overlap() =>
        Always.Holds(CrowdedClusterGenerator.Clusters, 40, static cluster => CountIsTheOracles(cluster, ipBlockMatchesPods: true));

    [Fact]
    public void As_many_pairs_are_counted_as_a_listing_by_pod_has_lines() => Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
    {
        var map = ReachabilityMap.Compile(cluster.Snapshot);
        Assert.Equal(new ConnectionLister(map, new ConnectionQuery { By = GroupBy.Pod }).List()
            .Count(static line => line.IsInCluster()), AllowedPairs.Count(map));
    });

    [Fact]
    public void Nobody_is_counted_in_an_empty_cluster() => Assert.Equal(0, AllowedPairs.Count(ReachabilityMap.Compile(new RandomCluster([]).Snapshot)));

    private static void SourcesAreThoseThatReach(RandomCluster cluster)
    {
        var map = ReachabilityMap.Compile(cluster.Snapshot);
        var finder = new PeerFinder(map, PolicyDirection.Ingress);
        for (var destination = 0; destination < map.Endpoints.Count; destination++)
        {
            var sources = finder.PeersOf(destination);
            foreach (var source in map.Classes.Representatives)
                Assert.Equal(!map.Between(source, destination).IsEmpty, sources.Contains(source));
        }
    }

    private static void CountIsTheOracles(RandomCluster cluster, bool ipBlockMatchesPods)
    {
        var oracle = new Oracle(cluster.Snapshot, ipBlockMatchesPods);
        var samples = Samples.Of(cluster.Snapshot);
        var pods = OracleEndpoint.InCluster(cluster.Snapshot);
        var allowed = (from source in pods
                       from destination in pods
                       where source != destination
                       let answer = oracle.Ask(source, destination)
                       where samples.Ports.Any(port => answer.Allows(port.Protocol, port.Number))
                       select answer).Count();
        var map = ReachabilityMap.Compile(cluster.Snapshot, new ReachabilityOptions { IPBlockMatchesPods = ipBlockMatchesPods });
        Assert.Equal(allowed, AllowedPairs.Count(map));
    }
}
