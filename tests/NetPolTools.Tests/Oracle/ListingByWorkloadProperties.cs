using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

public sealed class ListingByWorkloadProperties
{
    [Fact]
    public void A_line_says_what_the_oracle_says_of_every_two_different_pods_behind_it() =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
        {
            var samples = Samples.Of(cluster.Snapshot);
            var oracle = new Oracle(cluster.Snapshot, ipBlockMatchesPods: true);
            var pods = OracleEndpoint.InCluster(cluster.Snapshot);
            foreach (var line in List(cluster).Where(static line => line.IsInCluster()))
            {
                var pairs = Pairs(pods, line.Source, line.Destination);
                foreach (var (source, destination) in pairs)
                {
                    var answer = oracle.Ask(source, destination);
                    if (!line.IsOwnNode())
                        samples.AssertSame(answer.Allows, line.Ports, () => $"{source} -> {destination}");
                    else if (!answer.IsNodeAndItsPod)
                        samples.AssertSame(answer.PoliciesAllow, line.Ports.IsAll ? PortSet.None : line.Ports, () => $"{source} -> {destination}");
                }

                if (line.IsOwnNode())
                    Assert.Contains(pairs, pair => oracle.Ask(pair.Source, pair.Destination).IsNodeAndItsPod);
            }
        });

    [Fact]
    public void Every_pod_stands_behind_one_end_and_every_two_ends_have_one_line() =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
        {
            var pods = OracleEndpoint.InCluster(cluster.Snapshot);
            var lines = List(cluster);
            var ends = lines.SelectMany(static line => new[] { line.Source, line.Destination })
                .Where(static end => end.Addresses is null)
                .Distinct()
                .ToList();
            Assert.All(pods, pod => Assert.Single(ends, end => Behind(pods, end).Contains(pod)));

            // A pod reaching itself is always allowed and has no line; replicas of one workload have one.
            var expected = from a in ends from b in ends where a != b || a.Kind != "Pod" select $"{a} -> {b}";
            var listed = lines.Where(static line => line.IsInCluster()).Select(static line => $"{line.Source} -> {line.Destination}");
            Assert.Equal(expected.Order(), listed.Order());
        });

    [Fact]
    public void Pods_of_one_owner_that_are_alike_share_one_end() =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
        {
            var lines = List(cluster);
            var owners = OracleEndpoint.InCluster(cluster.Snapshot).GroupBy(static pod => pod.Owner);
            foreach (var owned in owners.Where(static owned => owned.All(pod => IsLike(pod, owned.First()))))
                Assert.Contains(lines, line => line.Source.ToString() == owned.Key);
        });

    [Fact]
    public void Outside_addresses_are_told_of_a_workload_as_of_each_of_its_pods() =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
        {
            var samples = Samples.Of(cluster.Snapshot);
            var oracle = new Oracle(cluster.Snapshot, ipBlockMatchesPods: true);
            var pods = OracleEndpoint.InCluster(cluster.Snapshot);
            var toOutside = List(cluster).Where(static line => line.Destination.Addresses is not null);
            foreach (var lines in toOutside.GroupBy(static line => line.Source))
            {
                var sent = new ListedAddresses(lines.Where(static line => !line.IsOwnNode()), static line => line.Destination);
                sent.AssertCompleteAndJoined(samples.PodAddresses);
                foreach (var (pod, address) in from pod in Behind(pods, lines.Key) from address in samples.Addresses select (pod, address))
                {
                    var answer = oracle.Ask(pod, OracleEndpoint.Outside(address));
                    samples.AssertSame(answer.PoliciesAllow, sent.PortsOf(address), () => $"{pod} -> {address}");
                }
            }
        });

    private static List<Connection> List(RandomCluster cluster) =>
        [.. new ConnectionLister(ReachabilityMap.Compile(cluster.Snapshot), new ConnectionQuery { IncludeDenied = true }).List()];

    private static List<OracleEndpoint> Behind(IReadOnlyList<OracleEndpoint> pods, ConnectionEnd end)
    {
        var named = pods.Where(pod => pod.Name == end.ToString()).ToList();
        return named.Count > 0 ? named : [.. pods.Where(pod => pod.Owner == end.ToString())];
    }

    /// <summary>Replicas of a workload are different pods that behave alike; a pod is not another than itself.</summary>
    private static List<(OracleEndpoint Source, OracleEndpoint Destination)> Pairs(
        IReadOnlyList<OracleEndpoint> pods, ConnectionEnd sources, ConnectionEnd destinations) =>
        [.. from source in Behind(pods, sources)
            from destination in Behind(pods, destinations)
            where source != destination || sources.Kind != "Pod"
            select (source, destination)];

    private static bool IsLike(OracleEndpoint a, OracleEndpoint b) =>
        a.Labels.Equals(b.Labels)
        && a.Ports.SequenceEqual(b.Ports)
        && a.Addresses.SequenceEqual(b.Addresses)
        && a.IsHostNetwork == b.IsHostNetwork;
}
