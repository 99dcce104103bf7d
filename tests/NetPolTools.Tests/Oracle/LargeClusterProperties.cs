using NetPolTools.Isolation;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

/// <summary>What small clusters do not reach: work that processors share, and sets that are prepared since they are wide.</summary>
public sealed class LargeClusterProperties
{
    private const int Pairs = 400;
    private const int Destinations = 30;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_map_allows_what_the_oracle_allows(bool ipBlockMatchesPods) => Always.HoldsOf(LargeClusterGenerator.Two, large =>
    {
        var snapshot = large.Cluster.Snapshot;
        var map = ReachabilityMap.Compile(snapshot, new ReachabilityOptions { IPBlockMatchesPods = ipBlockMatchesPods });
        var oracle = new Oracle(snapshot, ipBlockMatchesPods);
        var samples = Samples.Of(snapshot);
        var inCluster = OracleEndpoint.InCluster(snapshot).ToDictionary(static endpoint => endpoint.Name);
        Assert.Equal(inCluster.Count, map.Endpoints.PodCount);
        var random = new Random(1);
        for (var i = 0; i < Pairs; i++)
        {
            var (source, destination) = (random.Next(map.Endpoints.PodCount), random.Next(map.Endpoints.PodCount));
            var answer = oracle.Ask(inCluster[NameOf(map.Endpoints[source])], inCluster[NameOf(map.Endpoints[destination])]);
            samples.AssertSame(answer.PoliciesAllow, map.Between(source, destination), () =>
                $"{NameOf(map.Endpoints[source])} -> {NameOf(map.Endpoints[destination])}");
        }
    });

    [Fact]
    public void The_sources_of_a_destination_are_those_that_reach_it_on_some_port() => Always.HoldsOf(LargeClusterGenerator.Two, static large =>
    {
        var map = ReachabilityMap.Compile(large.Cluster.Snapshot);
        var finder = new PeerFinder(map, PolicyDirection.Ingress);
        var random = new Random(1);
        for (var i = 0; i < Destinations; i++)
        {
            var destination = random.Next(map.Endpoints.Count);
            var sources = finder.PeersOf(destination);
            foreach (var source in map.Classes.Representatives)
                Assert.Equal(!map.Between(source, destination).IsEmpty, sources.Contains(source));
        }
    });

    [Fact]
    public void A_large_namespace_reaches_and_is_reached_where_any_of_its_pods_is() => Always.HoldsOf(LargeClusterGenerator.Two.Take(1), static large =>
    {
        var map = ReachabilityMap.Compile(large.Cluster.Snapshot);
        var pods = Enumerable.Range(0, map.Endpoints.SelectableCount).Where(pod => map.Endpoints[pod].Namespace == "large").ToArray();
        EndpointPattern[] asked = [EndpointPattern.Parse("large")];
        var line = Assert.Single(new ConnectionLister(map, new ConnectionQuery { By = GroupBy.Namespace, From = asked, To = asked }).List());
        var (ports, random) = (PortSet.None, new Random(1));
        for (var i = 0; i < Pairs || (!ports.Covers(line.Ports) && i < Pairs * Pairs); i++)
        {
            var (source, destination) = (pods[random.Next(pods.Length)], pods[random.Next(pods.Length)]);
            ports = source == destination ? ports : ports.Union(map.Between(source, destination));
        }

        Assert.Equal(ports, line.Ports);
    });

    [Fact]
    public void Policies_that_isolate_are_told_by_name_whatever_groups_they_come_from() => Always.HoldsOf(LargeClusterGenerator.Two, static large =>
    {
        var snapshot = large.Cluster.Snapshot;
        var map = ReachabilityMap.Compile(snapshot);
        var pods = Enumerable.Range(0, map.Endpoints.PodCount).ToLookup(pod => NameOf(map.Endpoints[pod]));
        foreach (var isolation in new IsolationReport(snapshot, map, []).Pods())
        {
            var pod = pods[isolation.End.ToString()].First();
            string[] ingress = Names(map.IngressOf(pod)), egress = Names(map.EgressOf(pod)), both = [.. ingress.Union(egress)];
            Assert.Equal(ingress, isolation.Ingress.PolicyNames);
            Assert.Equal(egress, isolation.Egress.PolicyNames);
            Assert.Equal(both.Length, isolation.PolicyCount);
            Assert.Equal(both.Take(3), isolation.FirstPolicyNames(3));
        }

        static string[] Names(RuleSet? ruleSet) => [.. (ruleSet?.Policies ?? []).Select(static policy => policy.Name).Order(StringComparer.Ordinal)];
    });

    [Fact]
    public void Policies_that_select_no_pod_are_found_by_looking_at_every_pod() => Always.HoldsOf(LargeClusterGenerator.Two, static large =>
    {
        var snapshot = large.Cluster.Snapshot;
        var endpoints = ReachabilityMap.Compile(snapshot).Endpoints;
        Assert.Equal(
            snapshot.NetworkPolicies.Where(policy => !policy.PodSelector.SelectsEverything && !Enumerable.Range(0, endpoints.SelectableCount)
                .Any(pod => endpoints[pod].Namespace == policy.Namespace && policy.PodSelector.Matches(endpoints[pod].Labels))),
            DanglingPolicies.Find(snapshot, endpoints));
    });

    [Fact]
    public void Endpoints_are_in_order_of_namespace_workload_and_name_with_those_of_the_host_network_last() =>
        Always.HoldsOf(LargeClusterGenerator.Two, static large =>
        {
            var endpoints = ReachabilityMap.Compile(large.Cluster.Snapshot).Endpoints;
            Endpoint[] all = [.. Enumerable.Range(0, endpoints.PodCount).Select(i => endpoints[i])];
            Assert.Equal(
                all.OrderBy(static e => e.IsHostNetwork)
                    .ThenBy(static e => e.Namespace, StringComparer.Ordinal)
                    .ThenBy(static e => e.Owner.Name, StringComparer.Ordinal)
                    .ThenBy(static e => e.Owner.Kind, StringComparer.Ordinal)
                    .ThenBy(static e => e.PodName, StringComparer.Ordinal),
                all);
            Assert.All(Enumerable.Range(0, endpoints.SelectableCount), i =>
            {
                var (start, end) = endpoints.InNamespace(endpoints[i].Namespace);
                Assert.InRange(i, start, end - 1);
            });
        });

    [Fact]
    public void Compiling_gives_the_same_every_time() => Always.HoldsOf(LargeClusterGenerator.Two, static large =>
    {
        ReachabilityMap one = ReachabilityMap.Compile(large.Cluster.Snapshot), other = ReachabilityMap.Compile(large.Cluster.Snapshot);
        Assert.Equal(Policies(one.IngressRuleSets), Policies(other.IngressRuleSets));
        Assert.Equal(Policies(one.EgressRuleSets), Policies(other.EgressRuleSets));
        for (var i = 0; i < one.Endpoints.Count; i++)
        {
            Assert.Equal(one.Classes.ClassOf(i), other.Classes.ClassOf(i));
            Assert.Equal(one.IngressOf(i)?.Policies, other.IngressOf(i)?.Policies);
        }

        Assert.Equal(AllowedPairs.Count(one), AllowedPairs.Count(other));

        static IEnumerable<string> Policies(IEnumerable<RuleSet> ruleSets) =>
            ruleSets.Select(static ruleSet => string.Join(' ', ruleSet.Policies.Select(static policy => policy.Reference)));
    });

    [Fact]
    public void What_is_wrong_with_a_policy_comes_out_as_it_was_thrown() => Always.HoldsOf(LargeClusterGenerator.Two.Take(1), static large =>
    {
        Assert.Throws<ArgumentException>(() => ReachabilityMap.Compile(With(new NetworkPolicyRule { Ports = [new NetworkPolicyPort { Protocol = "ICMP" }] })));
        Assert.Throws<ArgumentException>(
            () => ReachabilityMap.Compile(With(new NetworkPolicyRule { Peers = [new NetworkPolicyPeer { IPBlock = new IPBlock("all", []) }] })));

        ClusterSnapshot With(NetworkPolicyRule rule) => new RandomCluster(
        [
            .. large.Cluster.Objects,
            new NetworkPolicy(new ObjectMetadata { Name = "wrong", Namespace = "large" }) { Ingress = [rule] },
        ]).Snapshot;
    });

    [Fact]
    public void Compiling_and_counting_can_be_cancelled() => Always.HoldsOf(LargeClusterGenerator.Two.Take(1), static large =>
    {
        using var cancellation = new CancellationTokenSource();
        var map = ReachabilityMap.Compile(large.Cluster.Snapshot, cancellation: cancellation.Token);
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => AllowedPairs.Count(map, cancellation.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => ReachabilityMap.Compile(large.Cluster.Snapshot, cancellation: cancellation.Token));
    });

    private static string NameOf(Endpoint endpoint) => endpoint.PodName is { } pod
        ? $"{endpoint.Namespace}/{pod}[Pod]"
        : $"{endpoint.Namespace}/{endpoint.Owner.Name}[{endpoint.Owner.Kind}]";
}
