using NetPolTools.Listing;
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
}
