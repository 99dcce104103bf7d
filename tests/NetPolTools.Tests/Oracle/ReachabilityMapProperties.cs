using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

public sealed class ReachabilityMapProperties
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_map_allows_what_the_oracle_allows_between_every_two_ends_on_every_port_in_each_direction(bool ipBlockMatchesPods) =>
        Always.Holds(RandomClusterGenerator.Clusters, 200, cluster => AllowsWhatTheOracleAllows(cluster, ipBlockMatchesPods));

    [Fact]
    public void The_same_holds_where_many_policies_overlap() =>
        Always.Holds(CrowdedClusterGenerator.Clusters, 40, static cluster => AllowsWhatTheOracleAllows(cluster, ipBlockMatchesPods: true));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Otherwise_means_as_if_ip_blocks_matched_pods_just_the_other_way(bool ipBlockMatchesPods) =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
        {
            var map = Compile(cluster, ipBlockMatchesPods);
            var oracle = new Oracle(cluster.Snapshot, !ipBlockMatchesPods);
            var samples = Samples.Of(cluster.Snapshot);
            foreach (var (source, destination) in Pairs(map, cluster, samples))
            {
                var answer = oracle.Ask(source.Endpoint, destination.Endpoint);
                var found = map.BetweenOtherwise(source.Index, destination.Index);
                samples.AssertSame(answer.PoliciesAllow, found, () => $"{source} -> {destination}");
            }
        });

    [Fact]
    public void The_destinations_of_a_source_are_those_it_reaches_each_once_with_its_ports() =>
        Always.Holds(RandomClusterGenerator.Clusters, 200, cluster =>
        {
            var map = Compile(cluster, ipBlockMatchesPods: true);
            var everyClass = map.Destinations(map.Classes.Representatives);
            for (var source = 0; source < map.Endpoints.Count; source++)
            {
                var found = new Dictionary<int, PortSet>();
                foreach (var (destination, ports) in map.DestinationsOf(source, everyClass, new PortSetPool()))
                    Assert.True(found.TryAdd(destination, ports), $"{destination} stands twice among the destinations of {source}");

                foreach (var destination in map.Classes.Representatives)
                    Assert.Equal(map.Between(source, destination), found.GetValueOrDefault(destination, PortSet.None));
                Assert.All(found.Keys, destination => Assert.True(map.Classes.Representatives.Contains(destination)));
            }
        });

    private static void AllowsWhatTheOracleAllows(RandomCluster cluster, bool ipBlockMatchesPods)
    {
        var map = Compile(cluster, ipBlockMatchesPods);
        var oracle = new Oracle(cluster.Snapshot, ipBlockMatchesPods);
        var samples = Samples.Of(cluster.Snapshot);
        foreach (var (source, destination) in Pairs(map, cluster, samples))
        {
            var answer = oracle.Ask(source.Endpoint, destination.Endpoint);
            var sent = map.EgressOf(source.Index)?.PortsFor(map.Classes.ClassOf(destination.Index)) ?? PortSet.All;
            var received = map.IngressOf(destination.Index)?.PortsFor(map.Classes.ClassOf(source.Index)) ?? PortSet.All;
            samples.AssertSame(answer.Sends, sent, () => $"egress {source} -> {destination}");
            samples.AssertSame(answer.Receives, received, () => $"ingress {source} -> {destination}");
            samples.AssertSame(answer.PoliciesAllow, map.Between(source.Index, destination.Index), () => $"{source} -> {destination}");
        }
    }

    private static ReachabilityMap Compile(RandomCluster cluster, bool ipBlockMatchesPods) =>
        ReachabilityMap.Compile(cluster.Snapshot, new ReachabilityOptions { IPBlockMatchesPods = ipBlockMatchesPods });

    /// <summary>All ordered pairs but those of two addresses; an end and itself are two replicas of it.</summary>
    private static IEnumerable<(End Source, End Destination)> Pairs(ReachabilityMap map, RandomCluster cluster, Samples samples)
    {
        var inCluster = OracleEndpoint.InCluster(cluster.Snapshot).ToDictionary(static endpoint => endpoint.Name);
        Assert.Equal(inCluster.Count, map.Endpoints.PodCount);
        var pods = Enumerable.Range(0, map.Endpoints.PodCount).Select(i => new End(i, inCluster[NameOf(map.Endpoints[i])])).ToList();
        var outside = samples.Addresses.Select(address => new End(map.Endpoints.IndexOfAddress(address), OracleEndpoint.Outside(address)));
        var ends = pods.Concat(outside).ToList();
        return from source in ends from destination in source.Endpoint.IsOutside ? pods : ends select (source, destination);
    }

    private static string NameOf(Endpoint endpoint) => endpoint.PodName is { } pod
        ? $"{endpoint.Namespace}/{pod}[Pod]"
        : $"{endpoint.Namespace}/{endpoint.Owner.Name}[{endpoint.Owner.Kind}]";

    private sealed record End(int Index, OracleEndpoint Endpoint)
    {
        public override string ToString() => Endpoint.Name;
    }
}
