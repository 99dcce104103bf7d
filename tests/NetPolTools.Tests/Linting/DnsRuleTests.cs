using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Linting;

/// <summary>NP040, NP041 and NP042: who does not get an answer of the cluster's DNS.</summary>
public sealed class DnsRuleTests
{
    private const string ToDb = "podSelector: {matchLabels: {app: web}}\npolicyTypes: [Egress]\negress: [{to: [{podSelector: {matchLabels: {app: db}}}]}]";

    private static readonly string Dns = Given.Pod("kube-system/coredns", "k8s-app: kube-dns");
    private static readonly string Web = Given.Pod("shop/web", "app: web");

    private static readonly string DnsService = """
        apiVersion: v1
        kind: Service
        metadata: {name: kube-dns, namespace: kube-system}
        spec: {clusterIP: 10.96.0.10, selector: {k8s-app: kube-dns}, ports: [{name: u, port: 53, protocol: UDP}, {name: t, port: 53}]}
        """;

    [Fact]
    public void What_is_suggested_opens_DNS_and_nothing_else()
    {
        var found = 0;
        Always.Holds(RandomClusterGenerator.Clusters, 150, cluster =>
        {
            var before = cluster.Snapshot.With(Cluster.Of(Dns).Snapshot.Pods);
            foreach (var finding in Lints.Of("NP040", before))
            {
                found++;
                var policy = before.NetworkPolicies.Single(policy => policy.Reference == finding.Object);
                var suggested = Cluster.Of($$"""
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {name: web, namespace: shop}
                    spec:
                      policyTypes: [Egress]
                      egress:
                      {{finding.Corrections[0].Text}}
                    """).Snapshot.NetworkPolicies[0].Egress!;
                var after = before.With([policy with { Egress = [.. policy.Egress ?? [], .. suggested] }]);
                AssertOnlyDnsOpens(ReachabilityMap.Compile(before), ReachabilityMap.Compile(after), policy);
                Assert.DoesNotContain(Lints.Of("NP040", after), other => other.Object == finding.Object);
            }
        });
        Assert.True(found > 20, $"Only {found} policies were found that cut pods off from DNS.");
    }

    [Fact]
    public void Pods_that_connect_to_nobody_or_to_addresses_alone_need_no_names()
    {
        Assert.Empty(Lints.Of("NP040", Dns, Web, Given.Policy("podSelector: {}\npolicyTypes: [Egress]", "shop/deny")));
        Assert.Empty(Lints.Of("NP040", Dns, Web, Given.Policy(
            "podSelector: {}\npolicyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: 203.0.113.0/24}}]}]", "shop/block")));
    }

    [Fact]
    public void Pods_with_another_resolver_are_passed_over()
    {
        Assert.Single(Lints.Of("NP040", Dns, Web, Given.Policy(ToDb, "shop/web")));
        Assert.Empty(Lints.Of("NP040", Dns, Given.Pod("shop/web", "app: web", "dnsPolicy: None"), Given.Policy(ToDb, "shop/web")));
        Assert.Empty(Lints.Of("NP040", Dns, Given.Pod("shop/web", "app: web", "dnsPolicy: Default"), Given.Policy(ToDb, "shop/web")));
    }

    [Fact]
    public void Without_pods_that_answer_nothing_is_said() => Assert.Empty(Lints.Of("NP040", Web, Given.Policy(ToDb, "shop/web")));

    [Fact]
    public void Another_policy_may_open_DNS() => Assert.Empty(Lints.Of("NP040", Dns, Web, Given.Policy(ToDb, "shop/web"), Given.Policy(
        "podSelector: {}\npolicyTypes: [Egress]\negress: [{ports: [{protocol: UDP, port: 53}]}]", "shop/dns")));

    [Fact]
    public void Policies_of_administrators_count()
    {
        Assert.Empty(Lints.Of("NP040", Dns, Web, Given.Policy(ToDb, "shop/web"), """
            apiVersion: policy.networking.k8s.io/v1alpha2
            kind: ClusterNetworkPolicy
            metadata: {name: dns}
            spec:
              tier: Admin
              priority: 1
              subject: {namespaces: {}}
              egress:
              - action: Accept
                to: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]
            """));
    }

    [Fact]
    public void A_policy_of_Cilium_cuts_off_as_well()
    {
        var finding = Assert.Single(Lints.Of("NP040", Dns, Web, """
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata: {name: web, namespace: shop}
            spec: {endpointSelector: {matchLabels: {app: web}}, egress: [{toEndpoints: [{matchLabels: {app: db}}]}]}
            """));
        Assert.Equal("CiliumNetworkPolicy", finding.Object!.Kind);
        Assert.Equal("spec.egress[0]", finding.FieldPath);
    }

    [Theory]
    [InlineData("{podSelector: {matchLabels: {k8s-app: kube-dns}}}", "spec.egress[0].to[0]")]
    [InlineData("{ipBlock: {cidr: 10.96.0.10/32}}", "spec.egress[0].to[0]")]
    [InlineData("{ipBlock: {cidr: 8.8.8.8/32}}", null)]
    [InlineData("{ipBlock: {cidr: 169.254.20.10/32}}", null)]
    public void A_rule_for_DNS_that_misses_it(string peer, string? path)
    {
        var found = Lints.Of("NP042", Dns, DnsService, Web, Given.Policy(
            $"podSelector: {{}}\npolicyTypes: [Egress]\negress: [{{to: [{peer}], ports: [{{protocol: UDP, port: 53}}]}}]", "shop/web"));
        Assert.Equal(path, found.SingleOrDefault()?.FieldPath);
    }

    [Fact]
    public void On_OpenShift_the_pods_listen_on_another_port()
    {
        var found = Lints.Of("NP042", Given.Pod("openshift-dns/dns-default", "dns.operator.openshift.io/daemonset-dns: default"), Web, Given.Policy("""
            podSelector: {}
            policyTypes: [Egress]
            egress:
            - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: openshift-dns}}}]
              ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
            """, "shop/web"));
        Assert.Equal("spec.egress[0].ports", Assert.Single(found).FieldPath);
        Assert.Equal("ports: [{protocol: TCP, port: 5353}, {protocol: UDP, port: 5353}]", found[0].Corrections[0].Text);
    }

    [Fact]
    public void With_a_cache_on_each_node_the_address_of_the_Service_is_right()
    {
        var cache = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: node-local-dns, namespace: kube-system}
            spec: {template: {metadata: {labels: {k8s-app: node-local-dns}}, spec: {hostNetwork: true, containers: [{name: c}]}}}
            """;
        var policy = Given.Policy(
            "podSelector: {}\npolicyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: 10.96.0.10/32}}], ports: [{protocol: UDP, port: 53}]}]", "shop/web");
        Assert.Empty(Lints.Of("NP040", Dns, DnsService, cache, Web, policy));
        Assert.Empty(Lints.Of("NP042", Dns, DnsService, cache, Web, policy));
        Assert.NotEmpty(Lints.Of("NP042", Dns, DnsService, Web, policy));
    }

    [Fact]
    public void Where_nobody_answers_in_the_input_a_rule_tells_itself_that_it_is_for_UDP_alone()
    {
        var udp = Given.Policy("podSelector: {}\npolicyTypes: [Egress]\negress: [{to: [{namespaceSelector: {}}], ports: [{protocol: UDP, port: 53}]}]", "shop/web");
        Assert.Equal("spec.egress[0].ports", Assert.Single(Lints.Of("NP041", udp)).FieldPath);
        Assert.Empty(Lints.Of("NP041", udp, Given.Policy("podSelector: {}\npolicyTypes: [Egress]\negress: [{ports: [{port: 53}]}]", "shop/tcp")));
    }

    [Fact]
    public void Some_plugins_see_the_address_of_the_Service()
    {
        var router = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: kube-router, namespace: kube-system}
            spec: {template: {metadata: {labels: {k8s-app: kube-router}}, spec: {hostNetwork: true, containers: [{name: kube-router, image: 'cloudnativelabs/kube-router:v2.1.0', args: [--run-firewall=true]}]}}}
            status: {desiredNumberScheduled: 1, numberReady: 1}
            """;
        var policy = Given.Policy(
            "podSelector: {}\npolicyTypes: [Egress]\negress: [{to: [{ipBlock: {cidr: 10.96.0.10/32}}], ports: [{protocol: UDP, port: 53}]}]", "shop/web");
        Assert.Single(Lints.Of("NP042", Dns, DnsService, Web, policy));
        Assert.Empty(Lints.Of("NP042", Dns, DnsService, Web, policy, router));
    }

    private static void AssertOnlyDnsOpens(ReachabilityMap before, ReachabilityMap after, NetworkPolicy policy)
    {
        Assert.Equal(before.Endpoints.Count, after.Endpoints.Count);
        var ports = PortSet.Of(Protocol.UDP, 53).Union(PortSet.Of(Protocol.TCP, 53));
        for (var source = 0; source < before.Endpoints.Count; source++)
        {
            for (var destination = 0; destination < before.Endpoints.Count; destination++)
            {
                var (was, now) = (before.Between(source, destination), after.Between(source, destination));
                Assert.True(now.Covers(was));
                if (now.Equals(was))
                    continue;
                Assert.True(ports.Covers(now.Except(was)), $"{now} instead of {was}");
                Assert.Equal("kube-system", after.Endpoints[destination].Namespace);
                Assert.Equal(policy.Namespace, after.Endpoints[source].Namespace);
            }
        }
    }
}
