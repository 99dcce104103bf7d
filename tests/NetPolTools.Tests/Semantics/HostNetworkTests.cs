using NetPolTools.Asking;
using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>hostNetwork pods, nodes, and the pods a node runs.</summary>
public class HostNetworkTests
{
    private const string Node1 = """
        apiVersion: v1
        kind: Node
        metadata: {name: n1}
        status: {addresses: [{type: InternalIP, address: 192.168.0.1}, {type: Hostname, address: n1}]}
        """;

    private const string Node2 = """
        apiVersion: v1
        kind: Node
        metadata: {name: n2}
        status: {addresses: [{type: InternalIP, address: 192.168.0.2}]}
        """;

    private static readonly string Agent = Given.Pod("agent", "app: agent", "hostNetwork: true, nodeName: n1");
    private static readonly string Near = Given.Pod("near", "app: near", "nodeName: n1");
    private static readonly string Far = Given.Pod("far", "app: far", "nodeName: n2");

    [Fact]
    public void A_hostNetwork_pod_is_never_the_subject_of_a_policy()
    {
        var cluster = Given.Cluster(Node1, Node2, Agent, Far, Given.Policy("podSelector: {matchLabels: {app: agent}}\npolicyTypes: [Ingress, Egress]"));
        Assert.Equal("All", cluster.Ports("far", "agent"));
        Assert.Equal("All", cluster.Ports("agent", "far"));
    }

    [Theory]
    [InlineData("podSelector: {matchLabels: {app: agent}}")]
    [InlineData("podSelector: {}")]
    [InlineData("namespaceSelector: {}")]
    public void A_selector_never_picks_a_hostNetwork_pod_as_peer(string peer) => Assert.Equal("None", Given.Cluster(
        Node1, Node2, Agent, Far, Given.Policy($"podSelector: {{matchLabels: {{app: far}}}}\ningress: [{{from: [{{{peer}}}]}}]")).Ports("agent", "far"));

    [Fact]
    public void A_hostNetwork_pod_speaks_with_the_address_of_its_node()
    {
        var cluster = Given.Cluster(
            Node1, Node2, Agent, Far, Given.Policy("podSelector: {matchLabels: {app: far}}\ningress: [{from: [{ipBlock: {cidr: 192.168.0.1/32}}]}]"));
        Assert.Equal("All", cluster.Ports("agent", "far"));
    }

    [Fact]
    public void The_hostIP_of_its_status_serves_where_there_is_no_node()
    {
        var agent = Given.Pod("agent", spec: "hostNetwork: true", status: "hostIP: 192.168.0.1, podIP: 192.168.0.1");
        var cluster = Given.Cluster(agent, Far, Given.Policy("podSelector: {matchLabels: {app: far}}\ningress: [{from: [{ipBlock: {cidr: 192.168.0.1/32}}]}]"));
        Assert.Equal("All", cluster.Ports("agent", "far"));
    }

    [Fact]
    public void A_rule_without_peers_lets_hostNetwork_pods_in() => Assert.Equal("TCP 80", Given.Cluster(
        Node1, Node2, Agent, Far, Given.Policy("podSelector: {matchLabels: {app: far}}\ningress: [{ports: [{port: 80}]}]")).Ports("agent", "far"));

    [Fact]
    public void A_hostNetwork_pod_is_listed_with_a_note()
    {
        var connections = Given.Cluster(Node1, Agent, Far).List();
        var connection = Assert.Single(connections, static c => c.Source.Name == "agent" && c.Destination.Name == "far");
        var note = Assert.Single(connection.Notes);
        Assert.Contains("default/agent uses hostNetwork", note, StringComparison.Ordinal);
        Assert.Contains("192.168.0.1", note, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_always_reaches_the_pods_it_runs_and_their_egress_to_it_is_policed()
    {
        var cluster = Given.Cluster(Node1, Node2, Agent, Near, Far, Given.Policy("policyTypes: [Ingress, Egress]"));
        Assert.Equal("All", cluster.Ports("agent", "near"));
        Assert.Equal("None", cluster.Ports("near", "agent"));
        Assert.Equal("None", cluster.Ports("agent", "far"));
        Assert.Equal("None", cluster.Ports("far", "agent"));
    }

    [Fact]
    public void The_address_of_its_own_node_always_reaches_a_pod_and_other_nodes_are_ordinary_addresses()
    {
        var sources = Given.Cluster(Node1, Node2, Near, Given.Policy("policyTypes: [Ingress, Egress]")).List()
            .Where(static c => c.Destination.Name == "near")
            .Select(static c => $"{c.Source} {c.Ports}");
        Assert.Equal(["192.168.0.1 All"], sources);
    }

    [Theory]
    [InlineData("192.168.0.1")]
    [InlineData("node/n1")]
    public void From_a_pod_to_its_own_node_rules_decide_with_a_note_on_the_documentation(string node)
    {
        var query = new ConnectionQuery { From = [EndpointPattern.Parse("near")], To = [EndpointPattern.Parse(node)], IncludeDenied = true };
        var line = Assert.Single(Given.Cluster(Node1, Near, Given.Policy("policyTypes: [Egress]")).List(query), static c => c.Destination.Name is null);
        Assert.Equal((Verdict.Denied, true), (line.Verdict, line.IsNodeTraffic));
        Assert.Contains(line.Notes, static note => note.Contains("the documentation", StringComparison.Ordinal));
        Assert.Contains("192.168.0.1 is node n1", line.Notes);

        var allowed = Given.Cluster(
            Node1, Near, Given.Policy("policyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: 192.168.0.1/32}}], ports: [{port: 10250}]}]"));
        Assert.Equal("TCP 10250", Assert.Single(allowed.List(query), static c => c.Destination.Name is null).Ports.ToString());
    }

    [Theory]
    [InlineData("node/n1", "All")]
    [InlineData("node/n2", "None")]
    [InlineData("outside", "None")]
    public void Nodes_are_asked_about_by_name_and_only_the_own_one_always_reaches_a_pod(string from, string ports)
    {
        var cluster = Given.Cluster(Node1, Node2, Near, Given.Policy("policyTypes: [Ingress]"));
        var query = new ConnectionQuery { From = [EndpointPattern.Parse(from)], To = [EndpointPattern.Parse("near")], IncludeDenied = true };
        Assert.Equal(ports, cluster.List(query).Select(static line => line.Ports.ToString()).Distinct().Single());
        var answer = ReachabilityQuestion.Ask(cluster.Map, query.From[0], query.To[0], PortSet.All, out var problems);
        Assert.Empty(problems);
        Assert.Equal(ports == "All", answer!.IsAllowed);
    }

    [Fact]
    public void Traffic_of_nodes_with_their_own_pods_is_marked_and_can_be_left_out()
    {
        var cluster = Given.Cluster(Node1, Node2, Agent, Near, Given.Policy("podSelector: {matchLabels: {app: near}}\npolicyTypes: [Ingress]"));
        var query = new ConnectionQuery { To = [EndpointPattern.Parse("near")] };
        Assert.Equal(["192.168.0.1", "default/agent[Pod]"], cluster.List(query).Where(static c => c.IsNodeTraffic).Select(static c => c.Source.ToString())
            .Order());
        Assert.Empty(cluster.List(query with { ExcludeNodeTraffic = true }));
    }

    [Fact]
    public void Pods_on_one_node_need_rules_among_themselves()
    {
        var cluster = Given.Cluster(Node1, Near, Given.Pod("beside", spec: "nodeName: n1"), Given.Policy("policyTypes: [Ingress]"));
        Assert.Equal("None", cluster.Ports("beside", "near"));
    }

    [Fact]
    public void A_hostNetwork_template_is_no_subject_either()
    {
        var cluster = Given.Cluster(
            "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: proxy}, spec: {template: {spec: {hostNetwork: true}}}}",
            Far,
            Given.Policy("podSelector: {}"));
        Assert.Equal("All", cluster.Ports("far", "proxy", GroupBy.Workload));
        Assert.Equal("None", cluster.Ports("proxy", "far", GroupBy.Workload));
    }
}
