using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

public sealed class ListingByPodProperties
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_two_different_pods_have_one_line_that_says_what_the_oracle_says(bool ipBlockMatchesPods) =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
        {
            var samples = Samples.Of(cluster.Snapshot);
            var oracle = new Oracle(cluster.Snapshot, ipBlockMatchesPods);
            var otherwise = new Oracle(cluster.Snapshot, !ipBlockMatchesPods);
            var lines = List(cluster, ipBlockMatchesPods)
                .Where(static line => line.IsInCluster())
                .ToDictionary(static line => (line.Source.ToString(), line.Destination.ToString()));
            var pods = OracleEndpoint.InCluster(cluster.Snapshot);
            Assert.Equal(pods.Count * (pods.Count - 1), lines.Count);
            foreach (var (source, destination) in from a in pods from b in pods where a != b select (a, b))
            {
                var line = lines[(source.Name, destination.Name)];
                var answer = oracle.Ask(source, destination);
                samples.AssertSame(answer.Allows, line.Ports, () => $"{source} -> {destination}");
                Assert.Equal(line.Ports.IsEmpty ? Verdict.Denied : Verdict.Allowed, line.Verdict);

                var other = otherwise.Ask(source, destination);
                var hangs = samples.Ports.Any(port => answer.Allows(port.Protocol, port.Number) != other.Allows(port.Protocol, port.Number));
                Assert.Equal(hangs, line.DependsOnIPBlock());
            }
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_pod_has_the_whole_outside_in_ranges_that_say_what_the_oracle_says(bool ipBlockMatchesPods) =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
        {
            var samples = Samples.Of(cluster.Snapshot);
            var oracle = new Oracle(cluster.Snapshot, ipBlockMatchesPods);
            var lines = List(cluster, ipBlockMatchesPods).Where(static line => !line.IsInCluster()).ToList();
            foreach (var pod in OracleEndpoint.InCluster(cluster.Snapshot))
            {
                var sent = new ListedAddresses(lines.Where(line => line.Source.ToString() == pod.Name), static line => line.Destination);
                var received = new ListedAddresses(lines.Where(line => line.Destination.ToString() == pod.Name), static line => line.Source);
                sent.AssertCompleteAndJoined(samples.PodAddresses);
                received.AssertCompleteAndJoined(samples.PodAddresses);
                foreach (var address in samples.Addresses)
                {
                    var outside = OracleEndpoint.Outside(address);
                    samples.AssertSame(oracle.Ask(pod, outside).Allows, sent.PortsOf(address), () => $"{pod} -> {outside}");
                    samples.AssertSame(oracle.Ask(outside, pod).Allows, received.PortsOf(address), () => $"{outside} -> {pod}");
                }
            }
        });

    [Fact]
    public void Without_the_denied_ones_a_listing_has_just_the_allowed_lines() =>
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
        {
            var map = ReachabilityMap.Compile(cluster.Snapshot);
            foreach (var by in Enum.GetValues<GroupBy>())
            {
                var all = new ConnectionLister(map, new ConnectionQuery { By = by, IncludeDenied = true }).List();
                var allowed = new ConnectionLister(map, new ConnectionQuery { By = by }).List();
                Assert.Equal(
                    all.Where(static line => line.Verdict == Verdict.Allowed).Select(static line => $"{line.Source} -> {line.Destination}: {line.Ports}"),
                    allowed.Select(static line => $"{line.Source} -> {line.Destination}: {line.Ports}"));
            }
        });

    private static List<Connection> List(RandomCluster cluster, bool ipBlockMatchesPods)
    {
        var map = ReachabilityMap.Compile(cluster.Snapshot, new ReachabilityOptions { IPBlockMatchesPods = ipBlockMatchesPods });
        return [.. new ConnectionLister(map, new ConnectionQuery { By = GroupBy.Pod, IncludeDenied = true }).List()];
    }
}
