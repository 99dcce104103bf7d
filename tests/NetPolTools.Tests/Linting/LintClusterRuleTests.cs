using NetPolTools.Linting;
using static NetPolTools.Tests.Linting.Lint;

namespace NetPolTools.Tests.Linting;

/// <summary>What rules about protection, plugins and addresses find, and what they must not find.</summary>
public sealed class LintClusterRuleTests
{
    private const string Web = """
        {apiVersion: v1, kind: Pod, metadata: {name: web-0, namespace: a, labels: {app: web}}, spec: {containers: [{name: c, image: x}]},
          status: {podIP: 10.244.0.7}}

        """;

    private const string Node = """
        {apiVersion: v1, kind: Node, metadata: {name: n1}, spec: {podCIDR: 10.244.0.0/24, podCIDRs: [10.244.0.0/24]}}

        """;

    private const string Both = "policyTypes: [Ingress, Egress]";

    [Theory]
    [InlineData("ingress: [{action: Deny, from: [{namespaces: {}}]}]", "Admin", false)]
    [InlineData("ingress: [{action: Deny, from: [{namespaces: {}}]}]", "Baseline", false)]
    [InlineData("egress: [{action: Deny, to: [{namespaces: {}}]}]", "Baseline", false)]
    [InlineData("egress: [{action: Deny, to: [{networks: [169.254.169.254/32]}]}]", "Admin", true)]
    [InlineData("ingress: [{action: Accept, from: [{namespaces: {}}]}]", "Admin", true)]
    public void What_an_administrator_denies_pods_is_protection(string rules, string tier, bool isOpen) =>
        Assert.Equal(isOpen, Find("NP001", All(Namespace("a"), Workload("web"), AdminPolicy(rules, tier: tier))).Count > 0);

    [Fact]
    public void Nothing_protects_pods_on_the_host_network() => Assert.Empty(Find("NP001", Workload("web", spec: "hostNetwork: true")));

    [Fact]
    public void Where_nothing_enforces_policies_that_is_all_there_is_to_say()
    {
        const string Flannel = "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: kube-flannel-ds, namespace: kube-flannel}, spec: {selector: "
            + "{matchLabels: {app: flannel}}, template: {metadata: {labels: {app: flannel}}, spec: {hostNetwork: true, containers: [{name: kube-flannel, "
            + "image: 'ghcr.io/flannel-io/flannel:v0.26.0'}]}}}, status: {desiredNumberScheduled: 1, numberReady: 1}}\n";
        var manifests = All(Flannel, Workload("web"), Policy("web", Both));
        Assert.All(["NP001", "NP002", "NP003"], rule => Assert.Empty(Find(rule, manifests)));
        Assert.Equal("DaemonSet kube-flannel/kube-flannel-ds", Assert.Single(Find("NP004", manifests)).Object!.ToString());
        Assert.Empty(Find("NP004", All(Flannel, Workload("web"))));
    }

    [Theory]
    [InlineData("policyTypes: [Ingress]", "", 1)]
    [InlineData("policyTypes: [Egress]", "", 1)]
    [InlineData("policyTypes: [Ingress, Egress]", "", 0)]
    [InlineData("policyTypes: [Ingress]", "egress: [{action: Deny, to: [{namespaces: {}}, {networks: [0.0.0.0/0]}]}]", 0)]
    public void A_direction_that_the_Baseline_tier_denies_is_no_open_one(string types, string baseline, int count) => Assert.Equal(count, Find("NP002", All(
        Namespace("a"), Workload("web"), Policy("web", types), baseline.Length == 0 ? Namespace("c") : AdminPolicy(baseline, tier: "Baseline"))).Count);

    [Theory]
    [InlineData("web", Both, 1)]
    [InlineData("", Both, 0)]
    [InlineData("", "ingress: [{from: [{podSelector: {}}]}]", 0)]
    public void A_policy_for_all_pods_with_rules_isolates_the_next_pod_too(string app, string spec, int count) =>
        Assert.Equal(count, Find("NP003", All(Workload("web"), Policy(app, spec))).Count);

    [Fact]
    public void An_administrator_may_deny_the_next_pod_everything() => Assert.Empty(Find("NP003", All(
        Namespace("a"), Workload("web"), AdminPolicy("ingress: [{action: Deny, from: [{namespaces: {}}]}]", tier: "Baseline"))));

    [Theory]
    [InlineData("10.96.0.10/32", 1)]
    [InlineData("10.96.0.0/16", 1)]
    [InlineData("10.0.0.0/8", 0)]
    [InlineData("0.0.0.0/0", 0)]
    [InlineData("10.97.0.0/16", 0)]
    public void A_block_of_Services_matches_nothing(string cidr, int count) => Assert.Equal(count, Find("NP015", All(
        Service("db", "clusterIP: 10.96.0.10, ports: [{port: 5432}]"), Policy("web", $"egress: [{{to: [{{ipBlock: {{cidr: {cidr}}}}}]}}]"))).Count);

    [Fact]
    public void A_block_of_Services_whose_pods_are_allowed_as_well_does_no_harm() => Assert.Empty(Find("NP015", All(
        Workload("db"), Service("db", "clusterIP: 10.96.0.10, ports: [{port: 5432}]"),
        Policy("web", "egress: [{to: [{ipBlock: {cidr: 10.96.0.10/32}}, {podSelector: {matchLabels: {app: db}}}]}]"))));

    [Fact]
    public void Plugins_that_see_the_address_of_a_Service_are_fine_with_it() => Assert.Empty(Find("NP015", All(
        "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: kube-router, namespace: kube-system}, spec: {selector: {matchLabels: {k8s-app: kube-router}}, "
            + "template: {metadata: {labels: {k8s-app: kube-router}}, spec: {hostNetwork: true, containers: [{name: kube-router, image: "
            + "'docker.io/cloudnativelabs/kube-router:v2.1.0', args: [--run-router=true, --run-firewall=true]}]}}}, status: {desiredNumberScheduled: 1, "
            + "numberReady: 1}}\n",
        Service("db", "clusterIP: 10.96.0.10, ports: [{port: 5432}]"), Policy("web", "egress: [{to: [{ipBlock: {cidr: 10.96.0.10/32}}]}]"))));

    [Theory]
    [InlineData(Web, "cidr: 10.244.0.0/16", 1)]
    [InlineData(Web, "cidr: 10.0.0.0/8, except: [10.244.0.0/16]", 0)]
    [InlineData(Web, "cidr: 192.168.0.0/16", 0)]
    [InlineData(Node, "cidr: 10.0.0.0/8", 1)]
    [InlineData(Node, "cidr: 10.244.0.9/32", 1)]
    [InlineData(Node, "cidr: 10.0.0.0/8, except: [10.244.0.0/16]", 0)]
    public void A_block_without_the_addresses_of_pods_is_clear(string cluster, string block, int count) =>
        Assert.Equal(count, Find("NP016", All(cluster, Policy("db", $"ingress: [{{from: [{{ipBlock: {{{block}}}}}]}}]"))).Count);

    [Theory]
    [InlineData("ingress: []", "", LintCompleteness.None, 1)]
    [InlineData("ingress: []", "type: NodePort, ", LintCompleteness.None, 0)]
    [InlineData("ingress: [{from: [{podSelector: {matchLabels: {app: far}}}]}]", "", LintCompleteness.None, 0)]
    [InlineData("ingress: [{from: [{podSelector: {matchLabels: {app: far}}}]}]", "", LintCompleteness.All, 1)]
    [InlineData("ingress: [{from: [{podSelector: {matchLabels: {app: far}}}], ports: [{port: 81}]}]", "", LintCompleteness.None, 1)]
    [InlineData("ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]", "", LintCompleteness.All, 0)]
    public void A_Service_that_somebody_may_reach_is_left_alone(string rules, string type, LintCompleteness complete, int count)
    {
        var cluster = All(Workload("web"), Service("web", $"{type}ports: [{{port: 80}}]"), Policy("web", "policyTypes: [Ingress], " + rules));
        Assert.Equal(count, Find("NP019", cluster, complete).Count);
    }

    [Fact]
    public void A_Service_behind_an_Ingress_is_left_alone() => Assert.Empty(Find("NP019", All(
        Workload("web"), Service("web", "ports: [{port: 80}]"), Policy("web", "policyTypes: [Ingress]"),
        "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web, namespace: a}, spec: {defaultBackend: "
            + "{service: {name: web, port: {number: 80}}}}}\n")));

    [Fact]
    public void Egress_to_everywhere_is_fine_only_where_an_administrator_denies_every_pod_something()
    {
        const string AllOfTwo = """
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p, namespace: a}, spec: {podSelector: {}, egress: [{}]}}

            """;
        var deny = AdminPolicy("egress: [{action: Deny, to: [{networks: [169.254.169.254/32]}]}]");
        var denyOne = deny.Replace(
            "namespaces: {matchLabels: {kubernetes.io/metadata.name: a} }",
            "pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: db}}}",
            StringComparison.Ordinal);
        Assert.Empty(Find("NP027", All(Namespace("a"), Workload("db"), Workload("web"), AllOfTwo, deny)));
        Assert.Single(Find("NP027", All(Namespace("a"), Workload("db"), Workload("web"), AllOfTwo, denyOne)));
    }
}
