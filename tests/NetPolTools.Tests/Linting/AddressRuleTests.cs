using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Linting;

/// <summary>NP032 to NP038: what blocks of addresses hold.</summary>
public sealed class AddressRuleTests
{
    private static readonly string Web = Given.Pod("shop/web", "app: web");

    private static readonly string Node = """
        {apiVersion: v1, kind: Node, metadata: {name: one}, spec: {podCIDR: 10.244.0.0/24}, status: {addresses: [{type: InternalIP, address: 10.0.0.4}]}}
        """;

    private static readonly string DenyMetadata = """
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: metadata}
        spec: {tier: Admin, priority: 1, subject: {namespaces: {}}, egress: [{action: Deny, to: [{networks: [169.254.0.0/16]}]}]}
        """;

    [Theory]
    [InlineData("0.0.0.0/0", "", "169.254.169.254 (AWS, Azure, Google Cloud and others) and 100.100.100.200 (Alibaba Cloud) and 168.63.129.16 (Azure)")]
    [InlineData("0.0.0.0/0, except: [169.254.169.254/32]", "", null)]
    [InlineData("0.0.0.0/0", ", ports: [{port: 443}]", null)]
    [InlineData("0.0.0.0/0", ", ports: [{port: 80, endPort: 443}]", "169.254.169.254")]
    [InlineData("'::/0'", "", "fd00:ec2::254 (AWS)")]
    [InlineData("'fd00::/8'", "", null)]
    [InlineData("'fd00:ec2::/64'", "", "fd00:ec2::254 (AWS)")]
    [InlineData("'::/0', except: ['fd00:ec2::/32']", "", null)]
    [InlineData("128.0.0.0/1", "", "169.254.169.254")]
    [InlineData("0.0.0.0/1", "", null)]
    [InlineData("100.64.0.0/10", "", null)]
    [InlineData("100.100.100.200/32", "", "100.100.100.200")]
    public void A_metadata_service_in_a_block(string block, string ports, string? named)
    {
        var message = Lints.Of("NP032", Web, To(block, ports)).SingleOrDefault()?.Message;
        Assert.Equal(named is null, message is null);
        Assert.Contains(named ?? "", message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_administrator_denies_is_not_reachable()
    {
        Assert.Single(Lints.Of("NP032", Web, To("169.254.0.0/16")));
        Assert.Empty(Lints.Of("NP032", Web, To("169.254.0.0/16"), DenyMetadata));
        Assert.Empty(Lints.Of("NP032", To("169.254.0.0/16"), DenyMetadata));
    }

    [Theory]
    [InlineData("cilium.io/v2", "CiliumNetworkPolicy", "endpointSelector: {}, egress: [{toCIDR: [169.254.0.0/16]}]", "spec.egress[0].toCIDR[0]")]
    [InlineData("cilium.io/v2", "CiliumNetworkPolicy", "endpointSelector: {}, egress: [{toCIDRSet: [{cidr: 0.0.0.0/0, except: [169.254.0.0/16]}]}]", null)]
    [InlineData(
        "projectcalico.org/v3",
        "NetworkPolicy",
        "types: [Egress], egress: [{action: Allow, destination: {nets: [169.254.0.0/16]}}]",
        "spec.egress[0].destination")]
    [InlineData("projectcalico.org/v3", "NetworkPolicy", "types: [Egress], egress: [{action: Deny, destination: {nets: [169.254.0.0/16]}}]", null)]
    public void Policies_of_engines_open_addresses_too(string apiVersion, string kind, string spec, string? path)
    {
        var policy = $"{{apiVersion: {apiVersion}, kind: {kind}, metadata: {{name: web, namespace: shop}}, spec: {{{spec}}}}}";
        Assert.Equal(path, Lints.Of("NP032", Web, policy).SingleOrDefault()?.FieldPath);
    }

    [Fact]
    public void The_node_of_the_pod_itself_is_no_other_node()
    {
        Assert.Single(Lints.Of("NP034", Node, Web, To("10.0.0.0/16")));
        Assert.Empty(Lints.Of("NP034", Node, Given.Pod("shop/web", "app: web", "nodeName: one"), To("10.0.0.0/16")));
        Assert.Empty(Lints.Of("NP034", Node, Web, To("10.0.0.0/16", ", ports: [{port: 443}]")));
    }

    [Fact]
    public void Cilium_lets_blocks_match_neither_pods_nor_nodes()
    {
        var cilium = """
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: cilium, namespace: kube-system}
            spec: {template: {metadata: {labels: {k8s-app: cilium}}, spec: {hostNetwork: true, containers: [{name: cilium-agent, image: 'cilium/cilium:v1.17.0'}]}}}
            status: {desiredNumberScheduled: 1, numberReady: 1}
            """;
        Assert.Single(Lints.Of("NP036", Node, Web, To("0.0.0.0/0")));
        Assert.Empty(Lints.Of("NP036", Node, Web, To("0.0.0.0/0"), cilium));
        Assert.Empty(Lints.Of("NP034", Node, Web, To("10.0.0.0/16"), cilium));
    }

    [Fact]
    public void The_suggestion_takes_out_private_networks_that_hold_the_cluster() =>
        Assert.Equal("except: ['10.0.0.0/8']", Lints.Of("NP036", Node, Web, To("0.0.0.0/0")).Single().Corrections[0].Text);

    [Theory]
    [InlineData("automountServiceAccountToken: false", "", true)]
    [InlineData("", "automountServiceAccountToken: false", true)]
    [InlineData("automountServiceAccountToken: true", "automountServiceAccountToken: false", false)]
    [InlineData("", "", false)]
    public void A_token_is_mounted_as_the_pod_or_else_its_account_says(string pod, string account, bool speaks)
    {
        var robot = $"{{apiVersion: v1, kind: ServiceAccount, metadata: {{name: robot, namespace: shop}}{(account.Length == 0 ? "" : ", " + account)}}}";
        var web = Given.Pod("shop/web", "app: web", $"serviceAccountName: robot{(pod.Length == 0 ? "" : ", " + pod)}");
        Assert.Equal(speaks, Lints.Of("NP033", web, robot, Given.Policy("podSelector: {}\npolicyTypes: [Egress]\negress: [{}]", "shop/web")).Count > 0);
    }

    [Fact]
    public void Where_the_address_of_the_API_server_is_not_known_HTTPS_for_the_internet_is_not_meant() => Assert.Empty(Lints.Of(
        "NP033", Given.Pod("shop/web", "app: web", "automountServiceAccountToken: false"), To("0.0.0.0/0", ", ports: [{port: 443}]")));

    [Theory]
    [InlineData("LoadBalancer", "", "203.0.113.0/24", true)]
    [InlineData("LoadBalancer", "externalTrafficPolicy: Local, ", "203.0.113.0/24", false)]
    [InlineData("ClusterIP", "", "203.0.113.0/24", false)]
    [InlineData("NodePort", "", "0.0.0.0/0", false)]
    public void Behind_a_Service_for_the_outside_addresses_are_those_of_nodes(string type, string more, string block, bool speaks)
    {
        var service = $"{{apiVersion: v1, kind: Service, metadata: {{name: web, namespace: shop}}, spec: {{type: {type}, {more}selector: {{app: web}}, ports: [{{port: 80}}]}}}}";
        var policy = Given.Policy($"podSelector: {{}}\ningress: [{{from: [{{ipBlock: {{cidr: {block}}}}}], ports: [{{port: 80}}]}}]", "shop/web");
        var found = Lints.Of("NP037", Web, service, policy);
        Assert.Equal(speaks, found.Count > 0);
    }

    private static string To(string block, string ports = "") =>
        Given.Policy($"podSelector: {{}}\npolicyTypes: [Egress]\negress: [{{to: [{{ipBlock: {{cidr: {block}}}}}]{ports}}}]", "shop/web");
}
