using NetPolTools.Linting;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Linting;

/// <summary>NP053 to NP059: what policies of Calico and Cilium do unlike those of Kubernetes.</summary>
public sealed class EngineRuleTests
{
    private static readonly string Web = Given.Pod("shop/web", "app: web");

    [Theory]
    [InlineData("", "ingress: [{action: Deny, source: {nets: [10.0.0.0/8]}}]", true)]
    [InlineData("", "ingress: [{action: Deny, source: {nets: [10.0.0.0/8]}}, {action: Pass}]", false)]
    [InlineData("", "ingress: [{action: Deny}]", false)]
    [InlineData("", "ingress: [{action: Allow, protocol: TCP}, {action: Pass, notProtocol: TCP}]", false)]
    [InlineData(", defaultAction: Pass", "ingress: [{action: Deny, source: {nets: [10.0.0.0/8]}}]", false)]
    public void The_end_of_a_tier(string tier, string rules, bool speaks)
    {
        var found = Lints.Of("NP053", Web, $"{{apiVersion: projectcalico.org/v3, kind: Tier, metadata: {{name: security}}, spec: {{order: 100{tier}}}}}",
            $"{{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {{name: a}}, spec: {{tier: security, selector: app == 'web', types: [Ingress], {rules}}}}}");
        Assert.Equal(speaks, found.Count > 0);
    }

    [Fact]
    public void Another_policy_of_the_tier_may_pass_on_the_rest() => Assert.Empty(Lints.Of(
        "NP053", Web, Global("a", "tier: security, order: 1, selector: app == 'web', types: [Ingress], ingress: [{action: Deny, source: {nets: [10.0.0.0/8]}}]"),
        Global("b", "tier: security, order: 2, selector: all(), types: [Ingress], ingress: [{action: Pass}]")));

    [Theory]
    [InlineData("order: 5, selector: app == 'web', types: [Ingress], ingress: [{action: Deny}]", true)]
    [InlineData("order: 6, selector: app == 'web', types: [Ingress], ingress: [{action: Deny}]", false)]
    [InlineData("order: 5, selector: app == 'db', types: [Ingress], ingress: [{action: Deny}]", false)]
    [InlineData("order: 5, selector: app == 'web', types: [Egress], egress: [{action: Deny}]", false)]
    [InlineData("order: 5, selector: app == 'web', types: [Ingress], ingress: [{action: Deny, protocol: UDP}]", false)]
    [InlineData("order: 5, selector: app == 'web', types: [Ingress], ingress: [{action: Allow}]", false)]
    [InlineData("order: 5, selector: app == 'web', types: [Ingress]", false)]
    public void Policies_of_one_order(string other, bool speaks)
    {
        var found = Lints.Of(
            "NP054", Web, Global("a", "order: 5, selector: app == 'web', types: [Ingress], ingress: [{action: Allow, protocol: TCP}]"), Global("b", other));
        Assert.Equal(speaks, found.Count > 0);
        Assert.All(found, static finding => Assert.Single(finding.Related));
    }

    [Theory]
    [InlineData("types: [Ingress]", true)]
    [InlineData("selector: all(), types: [Ingress], ingress: [{action: Allow, source: {nets: [10.0.0.0/8]}}]", true)]
    [InlineData("selector: all(), types: [Ingress], ingress: [{action: Deny, source: {nets: [10.0.0.0/8]}}, {action: Pass}]", false)]
    [InlineData("selector: all(), types: [Egress], egress: [{action: Deny, destination: {nets: [10.0.0.0/8]}}, {action: Allow}]", false)]
    [InlineData("selector: all(), namespaceSelector: team == 'a', types: [Ingress]", false)]
    [InlineData("selector: has(app), types: [Ingress]", false)]
    [InlineData("selector: all(), types: [Ingress], applyOnForward: true, preDNAT: true, ingress: [{action: Deny}]", false)]
    public void A_global_policy_for_everything(string spec, bool speaks) => Assert.Equal(speaks, Lints.Of("NP055", Global("a", spec)).Count > 0);

    /// <summary>The place is that of the field, and not of the policy.</summary>
    [Theory]
    [InlineData("NP053", 9)]
    [InlineData("NP054", 6)]
    [InlineData("NP055", 7)]
    [InlineData("NP056", 8)]
    public void The_place_is_that_of_the_field(string rule, int line)
    {
        var policy = $"""
            apiVersion: projectcalico.org/v3
            kind: GlobalNetworkPolicy
            metadata: {"{name: b}"}
            spec:
              {(rule == "NP053" ? "tier: security" : "order: 5")}
              selector: all()
              {(rule == "NP056" ? "applyOnForward: true" : "types: [Ingress]")}
              ingress: [{"{action: Deny, source: {nets: [10.0.0.0/8]}}"}]
            """;
        var found = Lints.Of(
            rule, policy, Web, Global("a", "order: 5, selector: app == 'web', types: [Ingress], ingress: [{action: Allow, protocol: TCP}]"),
            "{apiVersion: projectcalico.org/v3, kind: Tier, metadata: {name: security}, spec: {order: 100}}");
        Assert.Contains(found, finding => finding.Object!.Name == "b" && finding.Location.Line == line);
    }

    /// <summary>Cilium applies rules of a direction that policyTypes leaves out.</summary>
    [Theory]
    [InlineData("cilium", 0)]
    [InlineData("calico", 1)]
    public void Rules_that_policyTypes_leaves_out_are_inert_where_they_are(string plugin, int count)
    {
        var policy = Given.Policy("podSelector: {}\npolicyTypes: [Egress]\ningress: [{}]", "shop/p");
        var run = CommandLine.Netpol.Run(Given.Documents(Web, policy), "lint", "-", "--include-rule", "NP017", "--cni", plugin, "-o", "json");
        Assert.Equal(count, run.Json.GetProperty("findings").GetArrayLength());
    }

    [Theory]
    [InlineData("podSelector: {}", 0)]
    [InlineData("podSelector: {matchLabels: {app: web}}", 1)]
    public void A_default_deny_is_of_use_whatever_else_isolates(string selector, int count) => Assert.Equal(
        count,
        Lints.Of("NP021", Web, Given.Policy("podSelector: {}\ningress: [{from: [{podSelector: {}}]}]", "shop/a"), Given.Policy(selector, "shop/b")).Count);

    [Theory]
    [InlineData("allow-all", LintSeverity.Error)]
    [InlineData("default-deny", LintSeverity.Note)]
    public void An_empty_entry_is_what_a_default_deny_has(string name, LintSeverity severity) => Assert.Equal(
        severity,
        Assert.Single(Lints.Of("NP059", Web, $"{{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {{name: {name}, namespace: shop}}, "
            + "spec: {endpointSelector: {}, ingress: [{}]}}")).Severity);

    /// <summary>The end of a tier comes behind its rules, and decides nothing before them.</summary>
    [Fact]
    public void The_end_of_its_own_tier_covers_no_rule()
    {
        var found = Assert.Single(Lints.Of(
            "NP024", Web, Global("a", "order: 1, selector: app == 'web', types: [Ingress], ingress: [{action: Allow, protocol: TCP}]"),
            Global("b", "order: 2, selector: app == 'web', types: [Ingress], ingress: [{action: Allow, protocol: TCP, destination: {ports: [80]}}]")));
        Assert.Contains("GlobalNetworkPolicy a spec.ingress[0] decides", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CiliumNetworkPolicy", "namespace: shop, ", "endpointSelector: {}", true)]
    [InlineData("CiliumNetworkPolicy", "namespace: shop, ", "endpointSelector: {matchLabels: {app: db}}", false)]
    [InlineData("CiliumNetworkPolicy", "namespace: other, ", "endpointSelector: {}", false)]
    [InlineData("CiliumClusterwideNetworkPolicy", "", "endpointSelector: {}", true)]
    public void DNS_passes_the_proxy_by_a_rule_of_another_policy(string kind, string ns, string selector, bool isFine)
    {
        var dns = $"{{apiVersion: cilium.io/v2, kind: {kind}, metadata: {{{ns}name: dns}}, spec: {{{selector}, egress: [{{toEndpoints: [{{}}], "
            + "toPorts: [{ports: [{port: '53', protocol: ANY}], rules: {dns: [{matchPattern: '*'}]}}]}]}}";
        Assert.Equal(isFine, Lints.Of("NP057", Web, Given.Pod("shop/db", "app: db"), dns, Cilium(
            "endpointSelector: {matchLabels: {app: web}}, egress: [{toFQDNs: [{matchName: example.com}]}]")).Count == 0);
    }

    [Theory]
    [InlineData("80", true)]
    [InlineData("5432", false)]
    public void Ports_beside_a_Service_are_those_of_its_pods(string port, bool speaks)
    {
        var service = "{apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop}, spec: {selector: {app: db}, ports: [{port: 80, targetPort: 5432}]}}";
        var policy = Cilium($"endpointSelector: {{}}, egress: [{{toServices: [{{k8sService: {{serviceName: db}}}}], toPorts: [{{ports: [{{port: '{port}'}}]}}]}}]");
        Assert.Equal(speaks, Lints.Of("NP058", service, policy).Count > 0);
    }

    [Fact]
    public void An_empty_entry_that_denies_is_not_to_deny_everyone() =>
        Assert.Null(Assert.Single(Lints.Of("NP059", Cilium("endpointSelector: {}, ingressDeny: [{}]"))).Corrections[0].Text);

    [Fact]
    public void What_Cilium_passes_over_is_no_inert_rule_of_a_NetworkPolicy() => Assert.Empty(Lints.Of("NP017", Cilium("endpointSelector: {}, ingress: [{}]")));

    private static string Global(string name, string spec) =>
        $"{{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {{name: {name}}}, spec: {{{spec}}}}}";

    private static string Cilium(string spec) =>
        $"{{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {{name: web, namespace: shop}}, spec: {{{spec}}}}}";
}
