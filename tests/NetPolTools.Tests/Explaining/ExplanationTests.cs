using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Explaining;

/// <summary>What an explanation says, in words.</summary>
public sealed class ExplanationTests
{
    private static readonly string Store = Given.Pod("store/api", "app: api");

    private static readonly string Frontend = Given.Pod("web/front", "app: frontend");

    [Fact]
    public void Default_allow_is_said_as_such() => Assert.Equal(
        [
            "egress: no policy selects web/front for egress, so everything is allowed",
            "ingress: no policy selects store/api for ingress, so everything is allowed",
        ],
        Lines("front", "api", Store, Frontend));

    [Fact]
    public void A_rule_that_allows_is_named_with_policy_path_line_peer_and_ports() => Assert.Contains(
        "  store/policy spec.ingress[1] (input:25:7) allows TCP 8080: from[0]: every pod of namespaces with team=front",
        Lines("front", "api", Given.Namespace("web", "team: front"), Store, Frontend, Given.Policy(
            """
            podSelector: {}
            ingress:
              - from: [{podSelector: {}}]
              - from: [{namespaceSelector: {matchLabels: {team: front}}}]
                ports: [{port: 8080}]
            """,
            "store/policy")));

    [Fact]
    public void A_denial_says_what_the_nearest_rule_lacks() => Assert.Contains(
        "would match if the namespace had app=frontend",
        Assert.Single(Lines("front", "api", Store, Frontend, Given.Policy(
            "podSelector: {}\ningress: [{from: [{namespaceSelector: {matchLabels: {app: frontend}}, podSelector: {matchLabels: {app: frontend}}}]}]",
            "store/policy")), static line => line.Contains("would match", StringComparison.Ordinal)));

    [Fact]
    public void Both_selectors_in_one_item_read_as_AND_and_in_two_items_as_two_peers()
    {
        Assert.Contains(
            "from[0]: pods with app=frontend AND of namespaces with kubernetes.io/metadata.name=web",
            Allowed("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: web}}, podSelector: {matchLabels: {app: frontend}}}"));
        Assert.EndsWith(
            "from[0]: every pod of namespaces with kubernetes.io/metadata.name=web",
            Allowed("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: web}}}, {podSelector: {matchLabels: {app: frontend}}}"));

        static string Allowed(string peers) => Assert.Single(
            Lines("front", "api", Store, Frontend, Given.Policy($"podSelector: {{}}\ningress: [{{from: [{peers}]}}]", "store/policy")),
            static line => line.Contains("allows", StringComparison.Ordinal));
    }

    [Fact]
    public void A_pod_of_another_namespace_is_told_that_a_podSelector_alone_looks_at_its_own() => Assert.Contains(
        "would match if the pod were in namespace store",
        Denied("{from: [{podSelector: {matchLabels: {app: frontend}}}]}"));

    [Theory]
    [InlineData("{key: app, operator: In, values: [x, z]}", "the pod had app in (x,z)")]
    [InlineData("{key: app, operator: NotIn, values: [frontend]}", "the pod did not have app in (frontend)")]
    [InlineData("{key: canary, operator: Exists}", "the pod had the label canary")]
    [InlineData("{key: app, operator: DoesNotExist}", "the pod did not have the label app")]
    public void Each_operator_says_what_it_lacks(string requirement, string lack) =>
        Assert.Contains(lack, Denied($"{{from: [{{namespaceSelector: {{}}, podSelector: {{matchExpressions: [{requirement}]}}}}]}}"));

    [Fact]
    public void An_ipBlock_asks_for_an_address() =>
        Assert.Contains("the source's address were known and in 10.0.0.0/8", Denied("{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}"));

    [Fact]
    public void Isolated_without_rules_says_that_nothing_is_allowed() =>
        Assert.Contains("  none of them has a rule for ingress, so nothing is allowed",
            Lines("front", "api", Store, Frontend, Given.Policy("podSelector: {}", "store/policy")));

    [Fact]
    public void Where_other_ports_are_allowed_the_port_asked_for_is_what_is_missing()
    {
        var cluster = Given.Cluster(Store, Frontend, Given.Policy("podSelector: {}\ningress: [{ports: [{port: 80}]}]", "store/policy"));
        var explanation = Explain(cluster, "front", "api", PortSet.Of(Protocol.TCP, 443));
        Assert.Contains("would match if the port were in TCP 80", explanation.ToString());
    }

    [Fact]
    public void A_port_name_that_the_destination_lacks_is_what_is_missing() =>
        Assert.Contains("the destination had a port named metrics", Denied("{ports: [{port: metrics}]}"));

    [Fact]
    public void A_hostNetwork_pod_is_said_never_to_be_selected() => Assert.Equal(
        "ingress: store/agent uses hostNetwork, so no policy ever selects it",
        Lines("front", "agent", Frontend, Given.Pod("store/agent", spec: "hostNetwork: true"), Given.Policy("podSelector: {}", "store/policy"))[^1]);

    [Theory]
    [InlineData(GroupBy.Workload, "web[Deployment]", "default/web")]
    [InlineData(GroupBy.Pod, "web-7c9d-x[Pod]", "default/web-7c9d-x")]
    public void Reasons_name_an_end_as_its_line_does(GroupBy by, string end, string name)
    {
        var cluster = Given.Cluster(
            Given.Replica("web-7c9d-x", "web-7c9d", "app: web, pod-template-hash: 7c9d"), Given.Pod("cli"),
                Given.Policy("podSelector: {matchLabels: {app: web}}"));
        var line = Assert.Single(
            cluster.List(new ConnectionQuery { By = by, From = [EndpointPattern.Parse("cli")], To = [EndpointPattern.Parse("web")], IncludeDenied = true }));
        Assert.Equal($"default/{end}", line.Destination.ToString());
        Assert.Equal(name, new Explainer(cluster.Map).Explain(line).Ingress.Subject);
    }

    [Fact]
    public void A_pod_that_policies_tell_from_others_of_its_workload_is_named_itself()
    {
        var cluster = Given.Cluster(
            Given.Replica("web-7c9d-x", "web-7c9d", "role: a"), Given.Replica("web-7c9d-y", "web-7c9d", "role: b"), Given.Pod("cli"),
            Given.Policy("podSelector: {matchLabels: {role: a}}"));
        Assert.StartsWith("default/web-7c9d-", Explain(cluster, "cli", "web-7c9d-x", PortSet.All).Ingress.Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cli", "outside", "ingress: outside the cluster no policy applies")]
    [InlineData("192.0.2.9", "cli", "egress: outside the cluster no policy applies")]
    [InlineData("192.168.0.2", "cli", "egress: node n2 (192.168.0.2) has no policies of its own")]
    public void Who_has_no_policies_is_named(string from, string to, string line)
    {
        var cluster = Given.Cluster(
            Given.Pod("cli", spec: "nodeName: n1", status: "podIP: 10.0.0.1, hostIP: 192.168.0.1"),
            "{apiVersion: v1, kind: Node, metadata: {name: n2}, status: {addresses: [{type: InternalIP, address: 192.168.0.2}]}}",
            Given.Policy("podSelector: {}\npolicyTypes: [Egress, Ingress]\negress: [{to: [{ipBlock: {cidr: 10.96.0.10/32}}]}]\ningress: [{from: [{ipBlock: "
                + "{cidr: 192.168.0.2/32}}]}]"));
        var found = cluster.List(new ConnectionQuery { From = [EndpointPattern.Parse(from)], To = [EndpointPattern.Parse(to)], IncludeDenied = true })[0];
        Assert.Contains(line, new Explainer(cluster.Map).Explain(found).Lines());
    }

    [Fact]
    public void Of_a_node_and_its_own_pod_the_reason_is_no_policy()
    {
        var cluster = Given.Cluster(Given.Pod("srv", spec: "nodeName: n1", status: "podIP: 10.0.0.1, hostIP: 192.168.0.1"), Given.Policy("podSelector: {}"));
        var line = Assert.Single(cluster.List(new ConnectionQuery { To = [EndpointPattern.Parse("srv")] }));
        Assert.True(line.IsNodeTraffic);
        Assert.Equal(
            ["egress: node n1 (192.168.0.1) has no policies of its own", "ingress: a node always reaches the pods it runs, whatever policies say"],
            new Explainer(cluster.Map).Explain(line).Lines());
    }

    private static string Denied(string rule) => string.Join(
        "\n", Lines("front", "api", Store, Frontend, Given.Policy($"podSelector: {{}}\ningress: [{rule}]", "store/policy")));

    private static string[] Lines(string from, string to, params string[] manifests) =>
        [.. Explain(Given.Cluster(manifests), from, to, PortSet.All).Lines()];

    private static Explanation Explain(Cluster cluster, string from, string to, PortSet asked)
    {
        var query = new ConnectionQuery { By = GroupBy.Pod, From = [EndpointPattern.Parse(from)], To = [EndpointPattern.Parse(to)], IncludeDenied = true };
        var (source, destination) = Assert.Single(cluster.List(query)).Example;
        return new Explainer(cluster.Map).Explain(source, destination, asked);
    }
}
