using NetPolTools.Authoring;
using NetPolTools.Authoring.Denying;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Objects;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Authoring;

/// <summary>A default deny as one policy of the Baseline tier.</summary>
public sealed class ClusterDefaultDenyTests
{
    private static readonly DefaultDenyOptions Cluster = new() { As = DenyPolicyKind.ClusterNetworkPolicy };

    private static readonly DefaultDenyOptions Baseline = new() { As = DenyPolicyKind.BaselineAdminNetworkPolicy };

    private static readonly string[] Manifests =
    [
        Given.Namespace("shop"),
        Given.Namespace("openshift-dns"),
        Given.Pod("shop/web", "app: web", "containers: [{name: web, ports: [{name: http, containerPort: 8080}]}]", Address(1)),
        Given.Pod("shop/api", "app: api", status: Address(2)),
        Given.Pod("other/client", "app: client", status: Address(3)),
        Given.Pod("kube-system/coredns", "k8s-app: kube-dns", status: Address(4)),
        Given.Pod("monitoring/prometheus-0", "app.kubernetes.io/name: prometheus", status: Address(5)),
    ];

    private static Cluster Shop => Given.Cluster(Manifests);

    [Theory]
    [InlineData(DenyPolicyKind.ClusterNetworkPolicy)]
    [InlineData(DenyPolicyKind.BaselineAdminNetworkPolicy)]
    public void Pods_of_every_namespace_are_closed_but_those_of_the_system(DenyPolicyKind kind)
    {
        var closed = Shop.With([All(new DefaultDenyOptions { As = kind })]);
        Assert.Equal("None", closed.Ports("shop/web", "shop/api"));
        Assert.Equal("None", closed.Ports("other/client", "shop/web"));
        Assert.Equal("None", closed.Ports("shop/web", "192.0.2.1"));
        Assert.Equal("None", closed.Ports("shop/web", "2001:db8::1"));
        Assert.Equal("All", closed.Ports("kube-system/coredns", "192.0.2.1"));
        Assert.Equal("All", closed.Ports("192.0.2.1", "shop/web"));
    }

    [Fact]
    public void The_system_namespaces_are_those_of_the_input_and_those_of_every_cluster()
    {
        var expression = Assert.Single(All(Cluster).Subject!.Namespaces!.MatchExpressions);
        Assert.Equal("kubernetes.io/metadata.name NotIn kube-node-lease,kube-public,kube-system,openshift-dns",
            $"{expression.Key} {expression.Operator} {string.Join(',', expression.Values)}");
    }

    [Fact]
    public void What_comes_from_outside_stays_open_and_that_is_said()
    {
        var deny = new ClusterDefaultDeny(Cluster with { AllowDns = true }, Shop.Snapshot);
        Assert.NotNull(deny.ForAll());
        var warning = Assert.Single(deny.Problems, static problem => problem.Id == DiagnosticId.NotAsAsked);
        Assert.Equal(DiagnosticSeverity.Warning, warning.Severity);
        Assert.Contains("outside the cluster", warning.Message, StringComparison.Ordinal);

        var egress = new ClusterDefaultDeny(Cluster with { AllowDns = true, Direction = DenyDirection.Egress }, Shop.Snapshot);
        Assert.NotNull(egress.ForAll());
        Assert.DoesNotContain(egress.Problems, static problem => problem.Id == DiagnosticId.NotAsAsked);
    }

    [Theory]
    [InlineData(DenyPolicyKind.ClusterNetworkPolicy)]
    [InlineData(DenyPolicyKind.BaselineAdminNetworkPolicy)]
    public void What_is_left_open_comes_before_the_deny(DenyPolicyKind kind)
    {
        var options = new DefaultDenyOptions
        {
            As = kind,
            AllowDns = true,
            DnsProviders = [DnsProvider.KubeDns],
            DnsAddresses = ["192.0.2.53"],
            AllowApiServer = true,
            ApiServerAddresses = ["192.0.2.1"],
            Monitoring = new AllowedClient { Ports = [NetworkPolicyPortText.Parse("http")] },
        };
        var closed = Shop.With([All(options)]);
        Assert.Equal("TCP 53 UDP 53", closed.Ports("shop/web", "kube-system/coredns"));
        Assert.Equal("TCP 53 UDP 53", closed.Ports("shop/web", "192.0.2.53"));
        Assert.Equal("TCP 443,6443", closed.Ports("shop/web", "192.0.2.1"));
        Assert.Equal("None", closed.Ports("monitoring/prometheus-0", "shop/web"));

        // Egress of the monitoring is closed too; only what is not of the system is closed at all.
        closed = Shop.With([All(options with { Direction = DenyDirection.Ingress })]);
        Assert.Equal("TCP 8080", closed.Ports("monitoring/prometheus-0", "shop/web"));
        Assert.Equal("None", closed.Ports("shop/api", "shop/web"));
    }

    [Fact]
    public void A_NetworkPolicy_that_isolates_a_pod_decides_instead()
    {
        var closed = Given.Cluster(
            [.. Manifests, Given.Policy("podSelector: {matchLabels: {app: web}}\npolicyTypes: [Ingress]\ningress: [{ports: [{port: 80}]}]", "shop/web")])
            .With([All(Cluster with { Direction = DenyDirection.Ingress })]);
        Assert.Equal("TCP 80", closed.Ports("other/client", "shop/web"));
        Assert.Equal("None", closed.Ports("other/client", "shop/api"));
    }

    [Fact]
    public void Namespaces_that_are_named_and_pods_that_are_selected_are_closed_alone()
    {
        var deny = new ClusterDefaultDeny(Cluster with { PodSelector = LabelSelectorText.Parse("app=web") }, Shop.Snapshot);
        var closed = Shop.With([deny.For(["shop"])!]);
        Assert.Equal("None", closed.Ports("other/client", "shop/web"));
        Assert.Equal("All", closed.Ports("other/client", "shop/api"));
    }

    [Theory]
    [InlineData(DenyPolicyKind.ClusterNetworkPolicy, "default-deny", "Baseline", 1000)]
    [InlineData(DenyPolicyKind.BaselineAdminNetworkPolicy, "default", null, null)]
    public void What_is_written_reads_back_without_an_error(DenyPolicyKind kind, string name, string? tier, int? priority)
    {
        var policy = All(new DefaultDenyOptions { As = kind, AllowDns = true, IngressController = new AllowedClient() });
        Assert.Equal((name, tier, priority), (policy.Name, policy.Tier, policy.Priority));
        var again = Support.Cluster.Of(YamlManifestWriter.Write(CanonicalManifest.Of(AdminPolicyManifest.Of(policy))));
        Assert.Empty(again.Errors);
        Assert.Equal(AdminPolicyManifest.Of(policy), AdminPolicyManifest.Of((AdminPolicy)Assert.Single(again.Snapshot.PolicyObjects)));
    }

    [Fact]
    public void The_same_namespace_cannot_be_said()
    {
        var deny = new ClusterDefaultDeny(Cluster with { AllowSameNamespace = true }, Shop.Snapshot);
        Assert.Null(deny.ForAll());
        Assert.Contains(deny.Problems, static problem => problem is { Id: DiagnosticId.Unselectable, Severity: DiagnosticSeverity.Error });
    }

    [Fact]
    public void A_baseline_policy_of_another_name_is_refused()
    {
        var deny = new ClusterDefaultDeny(Baseline with { Name = "mine" }, Shop.Snapshot);
        Assert.Null(deny.ForAll());
        Assert.Equal("metadata.name", Assert.Single(deny.Problems, static problem => problem.Severity == DiagnosticSeverity.Error).FieldPath);
    }

    [Fact]
    public void A_policy_that_would_be_replaced_is_told_unless_it_says_the_same()
    {
        var made = All(Baseline);
        Assert.DoesNotContain(Problems(Shop.With([made]).Snapshot), static problem => problem.Id == DiagnosticId.ReplacesPolicy);
        Assert.Contains(Problems(Shop.With([made with { Egress = null }]).Snapshot), static problem => problem.Id == DiagnosticId.ReplacesPolicy);

        static IReadOnlyList<Diagnostic> Problems(ClusterSnapshot cluster)
        {
            var deny = new ClusterDefaultDeny(Baseline, cluster);
            deny.ForAll();
            return deny.Problems;
        }
    }

    [Fact]
    public void That_few_plugins_enforce_the_kind_is_said()
    {
        var deny = new ClusterDefaultDeny(Cluster, Shop.Snapshot);
        deny.ForAll();
        Assert.Contains(deny.Problems, static problem =>
            problem.Id == DiagnosticId.PoliciesNotEnforced && problem.Message.Contains("ClusterNetworkPolicy", StringComparison.Ordinal));
    }

    [Fact]
    public void A_controller_on_its_nodes_network_needs_no_exception()
    {
        var cluster = Given.Cluster([.. Manifests,
            Given.Pod("ingress-nginx/controller", "app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller", "hostNetwork: true")]);
        var deny = new ClusterDefaultDeny(Cluster with { IngressController = new AllowedClient(), Direction = DenyDirection.Ingress }, cluster.Snapshot);
        var policy = deny.ForAll();
        Assert.DoesNotContain(deny.Problems, static problem => problem.Severity == DiagnosticSeverity.Error);
        Assert.Equal(["default-deny"], policy!.Ingress!.Select(static rule => rule.Name));
        Assert.Equal("All", cluster.With([policy]).Ports("ingress-nginx/controller", "shop/web"));
    }

    private static string Address(int number) => $"podIPs: [{{ip: 10.0.0.{number}}}]";

    private static AdminPolicy All(DefaultDenyOptions options)
    {
        var deny = new ClusterDefaultDeny(options, Shop.Snapshot);
        var policy = deny.ForAll();
        Assert.DoesNotContain(deny.Problems, static problem => problem.Severity == DiagnosticSeverity.Error);
        return Assert.IsType<AdminPolicy>(policy);
    }
}
