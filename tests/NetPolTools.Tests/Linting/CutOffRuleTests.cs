using NetPolTools.Linting;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Linting;

/// <summary>NP043 to NP048: what policies keep from pods that need it.</summary>
public sealed class CutOffRuleTests
{
    private const string DenyAll = "podSelector: {}\npolicyTypes: [Ingress, Egress]";

    private static readonly string Web = Given.Pod("shop/web", "app: web", "containers: [{name: c, ports: [{name: metrics, containerPort: 9090}]}]");

    private static readonly string Service = """
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop, labels: {app: web}}, spec: {selector: {app: web}, ports: [{name: http, port: 443, targetPort: 8443}]}}
        """;

    private static readonly string Ingress = """
        {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web, namespace: shop}, spec: {defaultBackend: {service: {name: web, port: {number: 443}}}}}
        """;

    private static readonly string ApiServer = """
        {apiVersion: v1, kind: Endpoints, metadata: {name: kubernetes, namespace: default}, subsets: [{addresses: [{ip: 192.0.2.1}], ports: [{port: 6443}]}]}
        """;

    [Fact]
    public void A_controller_that_is_not_in_the_input_may_be_let_in_by_its_labels()
    {
        Assert.Single(Lints.Of("NP043", Web, Service, Ingress, Given.Policy(DenyAll, "shop/deny")));
        Assert.Empty(Lints.Of("NP043", Web, Service, Ingress, Given.Policy(
            "podSelector: {}\ningress: [{from: [{namespaceSelector: {matchLabels: {name: gateway}}}]}]", "shop/web")));
    }

    [Fact]
    public void A_controller_on_its_nodes_network_may_come_from_any_node()
    {
        var controller = Given.Pod(
            "ingress-nginx/controller", "app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller", "hostNetwork: true");
        Assert.Empty(Lints.Of("NP043", Web, Service, Ingress, controller, Given.Policy(
            "podSelector: {}\ningress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]", "shop/web")));
    }

    [Fact]
    public void The_policy_that_closes_an_entrance_is_named()
    {
        var controller = Given.Pod("ingress-nginx/controller", "app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller");
        var finding = Assert.Single(Lints.Of("NP043", Web, Service, Ingress, controller, Given.Policy(DenyAll, "shop/deny")));
        Assert.Equal("NetworkPolicy shop/deny", Assert.Single(finding.Related).Object.ToString());
        Assert.Equal(
            "- {from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}, podSelector: {matchLabels: "
                + "{app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller}}}], ports: [{protocol: TCP, port: 8443}]}",
            finding.Corrections[0].Text);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("ingress: []", LintSeverity.Error)]
    [InlineData("ingress: [{}]", null)]
    [InlineData("ingress: [{ports: [{port: 8443}]}]", null)]
    [InlineData("ingress: [{ports: [{port: 443}]}]", LintSeverity.Error)]
    [InlineData("ingress: [{from: [{namespaceSelector: {}}]}]", LintSeverity.Error)]
    [InlineData("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]", null)]
    public void An_API_server_of_unknown_address_may_be_in_any_block(string rules, LintSeverity? severity)
    {
        string[] policies = rules.Length == 0 ? [] : [Given.Policy($"podSelector: {{}}\npolicyTypes: [Ingress]\n{rules}", "shop/web")];
        Assert.Equal(severity, Lints.Of("NP044", [Web, Service, Webhook("Fail"), .. policies]).SingleOrDefault()?.Severity);
    }

    [Theory]
    [InlineData("192.0.2.0/24", true)]
    [InlineData("10.0.0.0/8", false)]
    public void An_API_server_of_known_address_is_in_the_block_or_not(string block, bool isLetIn)
    {
        var policy = Given.Policy($"podSelector: {{}}\ningress: [{{from: [{{ipBlock: {{cidr: {block}}}}}]}}]", "shop/web");
        Assert.Equal(isLetIn, Lints.Of("NP044", Web, Service, ApiServer, Webhook("Fail"), policy).Count == 0);
    }

    [Fact]
    public void A_webhook_that_may_fail_is_a_warning() => Assert.Equal(
        LintSeverity.Warning, Assert.Single(Lints.Of("NP044", Web, Service, Webhook("Ignore"), Given.Policy(DenyAll, "shop/deny"))).Severity);

    [Fact]
    public void An_APIService_counts_and_a_tunnel_of_a_cloud_is_a_way()
    {
        var api = """
            {apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {name: v1.shop}, spec: {service: {name: web, namespace: shop}}}
            """;
        var policy = Given.Policy(
            "podSelector: {}\ningress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]}]", "shop/web");
        Assert.Equal("spec.service", Assert.Single(Lints.Of("NP044", Web, Service, api, policy)).FieldPath);
        Assert.Empty(Lints.Of("NP044", Web, Service, api, policy, Given.Pod("kube-system/agent", "k8s-app: konnectivity-agent")));
    }

    /// <summary>Every cluster has it, with a dot at the end.</summary>
    [Theory]
    [InlineData("v1.", 0)]
    [InlineData("v1/", 1)]
    public void The_APIService_of_the_core_API_is_named_by_a_version_without_a_group(string name, int found) => Assert.Equal(
        found,
        Lints.Of("NP000", $"{{apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: {{name: {name}}}, spec: {{version: v1}}}}").Count);

    [Theory]
    [InlineData("cilium.io/v2", "CiliumNetworkPolicy", "endpointSelector: {}, ingress: [{fromEntities: [kube-apiserver]}]", true)]
    [InlineData("cilium.io/v2", "CiliumNetworkPolicy", "endpointSelector: {}, ingress: [{fromEndpoints: [{}]}]", false)]
    [InlineData("projectcalico.org/v3", "NetworkPolicy", "types: [Ingress], ingress: [{action: Allow, source: {nets: [192.0.2.0/24]}}]", true)]
    [InlineData("projectcalico.org/v3", "NetworkPolicy", "types: [Ingress], ingress: [{action: Allow, source: {selector: all()}}]", false)]
    public void Policies_of_engines_count(string apiVersion, string kind, string spec, bool isLetIn)
    {
        var policy = $"{{apiVersion: {apiVersion}, kind: {kind}, metadata: {{name: web, namespace: shop}}, spec: {{{spec}}}}}";
        Assert.Equal(isLetIn, Lints.Of("NP044", Web, Service, Webhook("Fail"), policy).Count == 0);
    }

    [Theory]
    [InlineData(3, "ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]", true)]
    [InlineData(1, "ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]", false)]
    [InlineData(3, "ingress: [{from: [{podSelector: {}}]}]", false)]
    [InlineData(3, "ingress: [{from: [{podSelector: {}}], ports: [{port: 7000}]}]", false)]
    public void Members_of_a_StatefulSet_have_to_meet(int replicas, string rules, bool speaks)
    {
        var set = $$"""
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: shop}
            spec: {replicas: {{replicas}}, template: {metadata: {labels: {app: db} }, spec: {} } }
            """;
        var finding = Lints.Of("NP045", set, Given.Policy("podSelector: {matchLabels: {app: db}}\n" + rules, "shop/db")).SingleOrDefault();
        Assert.Equal(speaks, finding is not null);
        if (finding is null)
            return;
        Assert.Equal("NetworkPolicy shop/db", finding.Object!.ToString());
        Assert.Equal("- {from: [{podSelector: {matchLabels: {app: db}}}]}", finding.Corrections[0].Text);
    }

    [Theory]
    [InlineData("ServiceMonitor", "endpoints: [{port: http}]", 8443)]
    [InlineData("ServiceMonitor", "endpoints: [{targetPort: 9090}]", 9090)]
    [InlineData("PodMonitor", "podMetricsEndpoints: [{port: metrics}]", 9090)]
    public void Monitors_mean_ports_of_pods(string kind, string endpoints, int port)
    {
        var monitor = $$"""
            apiVersion: monitoring.coreos.com/v1
            kind: {{kind}}
            metadata: {name: web, namespace: monitoring}
            spec: {selector: {matchLabels: {app: web} }, namespaceSelector: {matchNames: [shop]}, {{endpoints}} }
            """;
        var prometheus = Given.Pod("monitoring/prometheus", "app: prometheus");
        foreach (var open in new[] { port, 1 })
        {
            var policy = Given.Policy($"podSelector: {{}}\ningress: [{{from: [{{namespaceSelector: {{}}}}], ports: [{{port: {open}}}]}}]", "shop/web");
            Assert.Equal(open != port, Lints.Of("NP046", Web, Service, monitor, prometheus, policy).Count > 0);
        }
    }

    [Fact]
    public void Who_denies_what_a_program_needs_is_named_at_both_ends()
    {
        var api = Given.Pod("shop/api", "app: api", "containers: [{name: c, env: [{name: WEB_URL, value: 'https://web/'}, {name: OTHER, value: 'web.example.com:443'}]}]");
        var finding = Assert.Single(Lints.Of("NP047", Web, Service, api, Given.Policy(DenyAll, "shop/deny")));
        Assert.Equal(["spec.egress", "spec.ingress"], finding.Related.Select(static place => place.FieldPath));
        Assert.DoesNotContain(Lints.Usual(Web, Service, api, Given.Policy(DenyAll, "shop/deny")), static found => found.Rule.Id == "NP047");
    }

    private static string Webhook(string failurePolicy) => $$"""
        apiVersion: admissionregistration.k8s.io/v1
        kind: MutatingWebhookConfiguration
        metadata: {name: web}
        webhooks: [{name: a, failurePolicy: {{failurePolicy}}, clientConfig: {service: {name: web, namespace: shop} } }]
        """;
}
