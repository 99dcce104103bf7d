using NetPolTools.Asking;
using NetPolTools.Difference;
using NetPolTools.Isolation;
using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>How the world outside the cluster is cut into ranges and put together again.</summary>
public class OutsideTests
{
    [Fact]
    public void Outside_is_all_of_IPv4_and_all_of_IPv6() => Assert.Equal(
        ["0.0.0.0-255.255.255.255 All", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff All"],
        Sources(""));

    [Fact]
    public void Outside_is_cut_at_the_edges_of_blocks() => Assert.Equal(
        ["10.0.0.0-10.255.255.255 TCP 80"],
        Sources("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 80}]}]"));

    [Fact]
    public void An_except_leaves_a_hole() => Assert.Equal(
        ["10.0.0.0-10.0.0.9 All", "10.0.0.11-10.0.0.255 All"],
        Sources("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/24, except: [10.0.0.10/32]}}]}]"));

    [Fact]
    public void Neighbours_that_behave_the_same_are_joined() => Assert.Equal(
        ["10.0.0.0-10.0.1.255 All"],
        Sources("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/24}}, {ipBlock: {cidr: 10.0.1.0/24}}]}]"));

    [Fact]
    public void Neighbours_that_differ_stay_apart() => Assert.Equal(
        ["10.0.0.0-10.0.0.255 TCP 80", "10.0.1.0-10.0.1.255 TCP 81"],
        Sources("""
            ingress:
            - {from: [{ipBlock: {cidr: 10.0.0.0/24}}], ports: [{port: 80}]}
            - {from: [{ipBlock: {cidr: 10.0.1.0/24}}], ports: [{port: 81}]}
            """));

    [Fact]
    public void Blocks_that_overlap_add_up_where_they_do() => Assert.Equal(
        ["10.0.0.0-10.0.0.127 TCP 80", "10.0.0.128-10.0.0.255 TCP 80-81"],
        Sources("""
            ingress:
            - {from: [{ipBlock: {cidr: 10.0.0.0/24}}], ports: [{port: 80}]}
            - {from: [{ipBlock: {cidr: 10.0.0.128/25}}], ports: [{port: 81}]}
            """));

    [Fact]
    public void The_last_addresses_of_a_family_do_not_run_into_the_next() => Assert.Equal(
        ["255.255.255.255 All", ":: All"],
        Sources("ingress: [{from: [{ipBlock: {cidr: 255.255.255.255/32}}, {ipBlock: {cidr: '::/128'}}]}]"));

    [Fact]
    public void An_address_that_a_pod_has_is_that_pod()
    {
        var cluster = Given.Cluster(Given.Pod("a", "app: a", status: "podIP: 10.0.0.1"), Given.Pod("b"), Given.Policy("podSelector: {matchLabels: {app: a}}"));
        var connection = Assert.Single(cluster.List(new ConnectionQuery
        {
            From = [EndpointPattern.Parse("b")],
            To = [EndpointPattern.Parse("10.0.0.1")],
            IncludeDenied = true,
        }));
        Assert.Equal(("a", "None"), (connection.Destination.Name, connection.Ports.ToString()));
    }

    /// <summary>Which addresses reach the pod that the policy selects.</summary>
    private static IEnumerable<string> Sources(string spec) =>
        (spec.Length == 0 ? Given.Cluster(Given.Pod("subject")) : Given.Cluster(Given.Pod("subject"), Given.Policy(spec)))
        .List()
        .Where(static connection => connection.Destination.Name == "subject")
        .Select(static connection => $"{connection.Source} {connection.Ports}");

    private static readonly string[] BlockOfOnePod =
    [
        Given.Pod("srv", "app: srv", status: "podIP: 10.1.0.9"),
        Given.Pod("cli", status: "podIP: 10.1.0.8"),
        Given.Policy("podSelector: {matchLabels: {app: srv}}\ningress: [{from: [{ipBlock: {cidr: 10.1.0.8/32}}], ports: [{port: 80}]}]"),
    ];

    [Fact]
    public void The_address_of_a_pod_is_not_listed_as_an_outside_address_too()
    {
        var lines = Given.Cluster(BlockOfOnePod).List(new ConnectionQuery { To = [EndpointPattern.Parse("srv")] });
        Assert.Equal(["default/cli[Pod] TCP 80"], lines.Select(static line => $"{line.Source} {line.Ports}"));
    }

    [Fact]
    public void Isolation_counts_a_pod_in_a_block_as_the_pod_alone()
    {
        var cluster = Given.Cluster(BlockOfOnePod);
        var srv = new IsolationReport(cluster.Snapshot, cluster.Map, []).Pods().Single(static pod => pod.End.Name == "srv");
        Assert.Equal("1 workload", srv.Ingress.Peers);
    }

    [Fact]
    public void A_block_of_a_pods_address_is_no_change_of_what_is_outside()
    {
        var before = Given.Cluster([.. BlockOfOnePod[..2], Given.Policy("podSelector: {matchLabels: {app: srv}}")]);
        var after = Given.Cluster(BlockOfOnePod);
        var difference = new ReachabilityDifference(new(before.Snapshot, before.Map), new(after.Snapshot, after.Map), new ConnectionQuery());
        Assert.Equal(["default/cli[Pod]"], difference.List().Select(static change => change.Source.ToString()));
    }

    [Theory]
    [InlineData("outside", "0.0.0.0-255.255.255.255 ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("outside-ipv4", "0.0.0.0-255.255.255.255")]
    [InlineData("outside-ipv6", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void Outside_names_all_addresses_but_those_of_pods_and_nodes(string to, string addresses)
    {
        var lines = Given.Cluster(Given.Pod("pod"), Given.Pod("other"))
            .List(new ConnectionQuery { From = [EndpointPattern.Parse("pod")], To = [EndpointPattern.Parse(to)] });
        Assert.Equal(addresses, string.Join(" ", lines.Select(static line => line.Destination.ToString())));
    }

    [Fact]
    public void Neither_pods_nor_nodes_make_the_outside_reachable()
    {
        var cluster = Given.Cluster(
            "{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.168.1.10}]}}",
            Given.Pod("db", "app: db", "nodeName: n1", "podIP: 10.1.0.1"),
            Given.Pod("api", "app: api", "nodeName: n1", "podIP: 10.1.0.2"),
            Given.Policy("""
                podSelector: {matchLabels: {app: db}}
                policyTypes: [Ingress, Egress]
                egress: [{to: [{podSelector: {}}, {ipBlock: {cidr: 10.1.0.2/32}}, {ipBlock: {cidr: 192.168.1.10/32}}]}]
                """));
        Assert.False(ReachabilityQuestion.Ask(cluster.Map, EndpointPattern.Parse("db"), EndpointPattern.Parse("outside"), PortSet.All, out _)!.IsAllowed);
        Assert.False(ReachabilityQuestion.Ask(cluster.Map, EndpointPattern.Parse("outside"), EndpointPattern.Parse("db"), PortSet.All, out _)!.IsAllowed);
        Assert.True(ReachabilityQuestion.Ask(cluster.Map, EndpointPattern.Parse("api"), EndpointPattern.Parse("outside"), PortSet.All, out _)!.IsAllowed);
        Assert.Empty(cluster.List(new ConnectionQuery { From = [EndpointPattern.Parse("db")], To = [EndpointPattern.Parse("outside")] }));
    }
}
