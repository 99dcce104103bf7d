using NetPolTools.Listing;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>How the two ends of a connection go together.</summary>
public class ConnectionTests
{
    [Fact]
    public void A_connection_needs_the_egress_of_its_source_and_the_ingress_of_its_destination()
    {
        Assert.Equal("None", Between("egress: []", "ingress: [{}]"));
        Assert.Equal("None", Between("egress: [{}]", "ingress: []"));
        Assert.Equal("All", Between("egress: [{}]", "ingress: [{}]"));
    }

    [Fact]
    public void What_both_ends_allow_is_allowed_and_no_more() => Assert.Equal(
        "TCP 100-200 UDP 53",
        Between(
            "egress: [{ports: [{port: 1, endPort: 200}, {port: 53, protocol: UDP}]}]",
            "ingress: [{ports: [{port: 100, endPort: 300}, {protocol: UDP}, {port: 99, protocol: SCTP}]}]"));

    [Fact]
    public void Ends_that_both_allow_something_but_no_common_port_are_not_connected() =>
        Assert.Equal("None", Between("egress: [{ports: [{port: 80}]}]", "ingress: [{ports: [{port: 443}, {port: 80, protocol: UDP}]}]"));

    [Fact]
    public void Each_end_must_allow_the_other_one_and_not_just_anybody() =>
        Assert.Equal("None", Between("egress: [{}]", "ingress: [{from: [{podSelector: {matchLabels: {app: c}}}]}]"));

    [Fact]
    public void Replies_need_no_rule_and_do_not_open_the_way_back()
    {
        var cluster = Given.Cluster(Given.Pod("a", "app: a"), Given.Pod("b", "app: b"), Given.Policy("""
            podSelector: {matchLabels: {app: b}}
            policyTypes: [Ingress, Egress]
            ingress: [{from: [{podSelector: {matchLabels: {app: a}}}]}]
            """));
        Assert.Equal("All", cluster.Ports("a", "b"));
        Assert.Equal("None", cluster.Ports("b", "a"));
    }

    [Fact]
    public void A_pod_always_reaches_itself_so_it_is_not_listed_as_blocked()
    {
        var cluster = Given.Cluster(Given.Pod("alone"), Given.Policy("policyTypes: [Ingress, Egress]"));
        Assert.DoesNotContain(
            cluster.List(new ConnectionQuery { IncludeDenied = true }), static connection => connection.Source == connection.Destination);
    }

    [Fact]
    public void Two_replicas_of_one_workload_need_rules_to_talk()
    {
        var web = Given.Workload("Deployment", "web", "app: web");
        Assert.Equal("All", Given.Cluster(web).Ports("web", "web", GroupBy.Workload));
        Assert.Equal("None", Given.Cluster(web, Given.Policy("")).Ports("web", "web", GroupBy.Workload));
        Assert.Equal("TCP 7000", Given.Cluster(web, Given.Policy("ingress: [{from: [{podSelector: {}}], ports: [{port: 7000}]}]"))
            .Ports("web", "web", GroupBy.Workload));
    }

    [Fact]
    public void Two_running_replicas_need_rules_too()
    {
        var pods = Given.Documents(Given.Replica("web-1", "web", "app: web"), Given.Replica("web-2", "web", "app: web"));
        Assert.Equal("None", Given.Cluster(pods, Given.Policy("")).Ports("web-1", "web-2"));
        Assert.Equal("None", Given.Cluster(pods, Given.Policy("")).Ports("web", "web", GroupBy.Workload));
        Assert.Equal("All", Given.Cluster(pods).Ports("web", "web", GroupBy.Workload));
    }

    [Fact]
    public void The_same_question_gives_the_same_lines_in_the_same_order()
    {
        string[] documents = [Given.Pod("b"), Given.Pod("a"), Given.Pod("shop/c"), Given.Policy("ingress: [{ports: [{port: 80}]}]")];
        var forward = Given.Cluster(documents).List();
        var backward = Given.Cluster([.. documents.Reverse()]).List();
        Assert.NotEmpty(forward);
        Assert.Equal(forward.Select(Line), backward.Select(Line));
    }

    private static string Line(Connection connection) => $"{connection.Source} {connection.Destination} {connection.Ports}";

    private static string Between(string egressOfA, string ingressOfB) => Given.Cluster(
        Given.Pod("a", "app: a"),
        Given.Pod("b", "app: b"),
        Given.Policy("podSelector: {matchLabels: {app: a}}\npolicyTypes: [Egress]\n" + egressOfA, "a"),
        Given.Policy("podSelector: {matchLabels: {app: b}}\n" + ingressOfB, "b")).Ports("a", "b");

    [Fact]
    public void Asked_about_the_address_of_a_pods_own_node_there_is_one_answer()
    {
        var cluster = Given.Cluster(Given.Pod("pod", status: "hostIP: 192.168.0.1"), Given.Policy("podSelector: {}"));
        Assert.Equal("All", cluster.Ports("192.168.0.1", "pod"));
        Assert.Equal("None", cluster.Ports("192.168.0.2", "pod"));
    }
}
