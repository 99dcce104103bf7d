using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>The examples of Cilium's documentation (docs.cilium.io: security/policy), and the points that people get wrong, each by its name.</summary>
public sealed class CiliumPolicyTests
{
    private const string Frontend = "{matchLabels: {role: frontend}}";
    private const string Backend = "{matchLabels: {role: backend}}";

    [Theory]
    [InlineData("frontend", "backend", true)]
    [InlineData("other", "backend", false)]
    [InlineData("ns1/frontend", "backend", false)]
    [InlineData("192.0.2.1", "backend", false)]
    public void Ingress_from_endpoints_means_pods_of_the_own_namespace(string from, string to, bool allowed) =>
        Check(Rule($"endpointSelector: {Backend}, ingress: [{{fromEndpoints: [{Frontend}]}}]"), from, to, allowed);

    [Theory]
    [InlineData("frontend", true)]
    [InlineData("other", true)]
    [InlineData("ns1/frontend", false)]
    [InlineData("192.0.2.1", false)]
    public void Ingress_from_an_empty_selector_means_every_pod_of_the_own_namespace(string from, bool allowed) =>
        Check(Rule($"endpointSelector: {Backend}, ingress: [{{fromEndpoints: [{{}}]}}]"), from, "backend", allowed);

    [Theory]
    [InlineData("frontend", true)]
    [InlineData("ns1/frontend", true)]
    [InlineData("192.0.2.1", false)]
    public void In_a_policy_of_the_whole_cluster_an_empty_selector_means_every_pod(string from, bool allowed) =>
        Check(Clusterwide($"endpointSelector: {Backend}, ingress: [{{fromEndpoints: [{{}}]}}]"), from, "backend", allowed);

    [Fact]
    public void Ingress_default_deny_is_an_empty_entry() =>
        Check(Rule($"endpointSelector: {Backend}, ingress: [{{}}]"), "frontend", "backend", false);

    [Fact]
    public void Egress_default_deny_is_an_empty_entry_and_leaves_ingress_alone()
    {
        Check(Rule($"endpointSelector: {Backend}, egress: [{{}}]"), "backend", "frontend", false);
        Check(Rule($"endpointSelector: {Backend}, egress: [{{}}]"), "frontend", "backend", true);
    }

    [Fact]
    public void An_empty_section_is_none() => Check(Rule($"endpointSelector: {Backend}, ingress: [], egress: [{{}}]"), "frontend", "backend", true);

    [Theory]
    [InlineData("world", "192.0.2.1", true)]
    [InlineData("world", "frontend", false)]
    [InlineData("world", "10.9.0.1", false)]
    [InlineData("cluster", "frontend", true)]
    [InlineData("cluster", "ns1/frontend", true)]
    [InlineData("cluster", "192.0.2.1", false)]
    [InlineData("all", "192.0.2.1", true)]
    [InlineData("none", "192.0.2.1", false)]
    public void Egress_to_entities(string entity, string to, bool allowed) =>
        Check(Rule($"endpointSelector: {Backend}, egress: [{{toEntities: [{entity}]}}]"), "backend", to, allowed);

    [Theory]
    [InlineData("20.1.1.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("10.96.0.1", false)]
    [InlineData("192.0.2.1", false)]
    public void Egress_to_blocks_with_exceptions(string to, bool allowed) => Check(
        Rule($"endpointSelector: {Backend}, egress: [{{toCIDR: [20.1.1.1/32]}}, {{toCIDRSet: [{{cidr: 10.0.0.0/8, except: [10.96.0.0/12]}}]}}]"),
        "backend", to, allowed);

    [Fact]
    public void A_block_of_all_addresses_means_no_pod_and_no_node()
    {
        var policy = Rule($"endpointSelector: {Backend}, egress: [{{toCIDR: [0.0.0.0/0]}}]");
        Check(policy, "backend", "192.0.2.1", true);
        Check(policy, "backend", "other", false);
        Check(policy, "backend", "10.9.0.1", false);
    }

    [Theory]
    [InlineData("80", true)]
    [InlineData("79", false)]
    [InlineData("444", true)]
    [InlineData("445", false)]
    public void Ports_and_ranges_of_any_peer(string port, bool allowed) => Check(
        Rule($"endpointSelector: {Backend}, ingress: [{{toPorts: [{{ports: [{{port: '80'}}, {{port: '440', endPort: 444, protocol: TCP}}]}}]}}]"),
        "192.0.2.1", "backend", allowed, port);

    [Theory]
    [InlineData("frontend", "80", true)]
    [InlineData("frontend", "81", false)]
    [InlineData("other", "80", false)]
    public void Peers_and_ports_of_one_entry_belong_together(string from, string port, bool allowed) => Check(
        Rule($"endpointSelector: {Backend}, ingress: [{{fromEndpoints: [{Frontend}], toPorts: [{{ports: [{{port: '80', protocol: TCP}}]}}]}}]"),
        from, "backend", allowed, port);

    [Fact]
    public void A_rule_that_denies_comes_before_every_rule_that_allows()
    {
        var policy = Rule($"endpointSelector: {Backend}, ingress: [{{fromEntities: [all]}}], ingressDeny: [{{fromEndpoints: [{Frontend}]}}]");
        Check(policy, "frontend", "backend", false);
        Check(policy, "other", "backend", true);
    }

    [Fact]
    public void It_comes_before_what_a_NetworkPolicy_allows_too() => Check(
        Rule($"endpointSelector: {Backend}, ingressDeny: [{{fromEndpoints: [{Frontend}]}}]") + "\n---\n" + Given.Policy("podSelector: {}\ningress: [{}]"),
        "frontend", "backend", false);

    [Fact]
    public void Only_rules_that_deny_isolate_too() =>
        Check(Rule($"endpointSelector: {Backend}, ingressDeny: [{{fromEndpoints: [{Frontend}]}}]"), "other", "backend", false);

    [Fact]
    public void Without_default_deny_only_what_is_denied_is_closed()
    {
        var policy = Rule($"endpointSelector: {Backend}, enableDefaultDeny: {{ingress: false}}, ingressDeny: [{{fromEndpoints: [{Frontend}]}}]");
        Check(policy, "frontend", "backend", false);
        Check(policy, "other", "backend", true);
    }

    [Theory]
    [InlineData("k8s:io.kubernetes.pod.namespace: ns1", "ns1/frontend", true)]
    [InlineData("k8s:io.kubernetes.pod.namespace: ns1", "frontend", false)]
    [InlineData("io.cilium.k8s.namespace.labels.team: blue", "ns1/frontend", true)]
    [InlineData("io.cilium.k8s.namespace.labels.team: blue", "frontend", false)]
    [InlineData("io.cilium.k8s.policy.serviceaccount: leia", "leia", true)]
    [InlineData("io.cilium.k8s.policy.serviceaccount: leia", "frontend", false)]
    public void Peers_by_namespace_and_service_account(string label, string from, bool allowed) =>
        Check(Rule($"endpointSelector: {Backend}, ingress: [{{fromEndpoints: [{{matchLabels: {{{label}}}}}]}}]"), from, "backend", allowed);

    [Fact]
    public void Dns_through_the_cluster_s_own_and_nothing_else()
    {
        var policy = Rule("endpointSelector: {}, egress: [{toEndpoints: "
            + "[{matchLabels: {'k8s:io.kubernetes.pod.namespace': kube-system, 'k8s:k8s-app': kube-dns}}], toPorts: [{ports: [{port: '53', protocol: UDP}], rules: {dns: [{matchPattern: '*'}]}}]}]");
        Check(policy, "backend", "kube-system/coredns", true, "53/UDP");
        Check(policy, "backend", "kube-system/coredns", false, "53/TCP");
        Check(policy, "backend", "192.0.2.1", false, "53/UDP");
    }

    [Theory]
    [InlineData("ICMP", true)]
    [InlineData("80/TCP", false)]
    public void Icmp_alone(string port, bool allowed) => Check(
        Rule($"endpointSelector: {Backend}, ingress: [{{icmps: [{{fields: [{{family: IPv4, type: EchoRequest}}]}}]}}]"),
        "frontend", "backend", allowed, port);

    [Fact]
    public void What_is_restricted_above_ports_counts_as_allowed() => Check(
        Rule($"endpointSelector: {Backend}, ingress: [{{toPorts: [{{ports: [{{port: '80', protocol: TCP}}], rules: {{http: [{{method: GET}}]}}}}]}}]"),
        "frontend", "backend", true);

    [Fact]
    public void A_label_that_identities_lack_selects_nothing() => Check(
        Rule($"endpointSelector: {Backend}, ingress: [{{fromEndpoints: [{{matchLabels: {{pod-template-hash: abc}}}}]}}]"), "hashed", "backend", false);

    [Fact]
    public void A_service_with_a_selector_means_its_pods()
    {
        var policy = Rule($"endpointSelector: {Backend}, egress: [{{toServices: [{{k8sService: {{serviceName: web, namespace: default}}}}]}}]")
            + "\n---\n" + Given.Service("web", "selector: {role: frontend}, ports: [{port: 80}]");
        Check(policy, "backend", "frontend", true);
        Check(policy, "backend", "other", false);
    }

    [Fact]
    public void A_policy_that_is_rejected_has_no_effect_and_does_not_isolate() =>
        Check(Rule($"endpointSelector: {Backend}, ingress: [{{fromEntities: [nobody]}}]"), "other", "backend", true);

    private static string Rule(string spec) => $"{{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {{name: p}}, spec: {{{spec}}}}}";

    private static string Clusterwide(string spec) =>
        $"{{apiVersion: cilium.io/v2, kind: CiliumClusterwideNetworkPolicy, metadata: {{name: p}}, spec: {{{spec}}}}}";

    private static void Check(string policies, string from, string to, bool allowed, string port = "80/TCP")
    {
        var snapshot = Given.Cluster(
            Given.Namespace("ns1", "team: blue"),
            "{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 10.9.0.1}]}}",
            Given.Pod("frontend", "role: frontend", status: "podIP: 10.0.0.1"),
            Given.Pod("backend", "role: backend", status: "podIP: 10.0.0.2"),
            Given.Pod("other", "role: other", status: "podIP: 10.0.0.3"),
            Given.Pod("hashed", "pod-template-hash: abc"),
            Given.Pod("leia", spec: "serviceAccountName: leia"),
            Given.Pod("ns1/frontend", "role: frontend"),
            Given.Pod("kube-system/coredns", "k8s-app: kube-dns"),
            policies).Snapshot;
        var ports = port == "ICMP" ? PortSet.OfIcmp(AddressFamilyKind.IPv4, 8) : PortNotation.Parse([port], []).Numbers;
        var options = CniEvaluation.Of(snapshot, CniChoice.Parse("cilium"), ipBlockIgnoresPods: false).Options with { CountsIcmp = true };
        var answer = ReachabilityQuestion.Ask(
            ReachabilityMap.Compile(snapshot, options), EndpointPattern.Parse(Full(from)), EndpointPattern.Parse(Full(to)), ports, out var problems);
        Assert.True(answer is not null, string.Join("; ", problems.Select(static problem => problem.Problem.Message)));
        Assert.Equal((allowed, true), (answer.IsAllowed, answer.Undetermined.IsEmpty));
    }

    private static string Full(string end) => end.Contains('/') || end.Contains('.') ? end : $"default/{end}";
}
