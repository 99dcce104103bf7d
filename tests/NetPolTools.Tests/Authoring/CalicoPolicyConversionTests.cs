using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Authoring;
using NetPolTools.Authoring.VendorPolicies;
using NetPolTools.Cni;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Dialects.Calico;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Authoring;

public sealed class CalicoPolicyConversionTests
{
    private static readonly CniChoice OnCalico = CniChoice.Parse("calico");

    [Fact]
    public void Converted_policies_decide_the_same_in_every_cluster() => Always.Holds(Clusters, 60, static cluster =>
    {
        var conversion = Converted(cluster.Snapshot);
        Assert.True(conversion.Problems.Count == 0, string.Join("\n", conversion.Problems));
        Assert.Equal(cluster.Snapshot.NetworkPolicies.Count, conversion.Policies.Count);
        Assert.All(conversion.Policies.Cast<CalicoPolicy>(), static policy => Assert.Empty(CalicoRules.Check(policy)));
        var converted = cluster.Snapshot.Without(conversion.Replaced).With(conversion.Policies);
        Assert.Empty(converted.NetworkPolicies);
        var changes = SameAnswers.Changes(cluster.Snapshot, converted, OnCalico, 3, default);
        Assert.True(changes.Count == 0, string.Join("\n", changes));
    });

    /// <summary>
    /// Of a pod without an address Calico's blocks leave open whether they cover it, and those of NetworkPolicies do not; nor do these know what two pods with
    /// addresses of other families have in common.
    /// </summary>
    private static Gen<RandomCluster> Clusters =>
        from cluster in RandomClusterGenerator.Cluster()
        from family in Gen.Elements(AddressFamilyKind.IPv4, AddressFamilyKind.IPv6)
        select new RandomCluster([.. cluster.Objects.Where(static found => found is not Workload).Select((found, i) => found switch
        {
            Pod pod => pod with { Addresses = Of(family, pod.Addresses, i), HostAddresses = Of(family, pod.HostAddresses, 100 + i) },
            Node node => node with { Addresses = Of(family, node.Addresses, i) },
            _ => found,
        })]);

    private static IReadOnlyList<NetAddress> Of(AddressFamilyKind family, IReadOnlyList<NetAddress> addresses, int number) =>
    [
        addresses.Append(NetAddress.Parse(family == AddressFamilyKind.IPv4 ? $"203.0.113.{number}" : $"2001:db8:1::{number}"))
            .First(address => address.Family == family),
    ];

    [Fact]
    public void What_is_converted_is_written_in_the_words_of_Calico()
    {
        var cluster = Snapshot("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: web.v1, namespace: shop, labels: {team: a}}
            spec:
              podSelector:
                matchLabels: {app: web}
                matchExpressions: [{key: tier, operator: NotIn, values: [old, gone]}, {key: canary, operator: DoesNotExist}]
              policyTypes: [Ingress, Egress]
              ingress:
              - from: [{podSelector: {matchLabels: {app: api}}}, {namespaceSelector: {}}]
                ports: [{port: 80}, {port: 8000, endPort: 8100}, {protocol: UDP}, {protocol: UDP, port: 53}]
              - {}
              egress:
              - to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {namespaceSelector: {matchLabels: {team: a}}, podSelector: {}}]
                ports: [{port: http}]
            """);
        var conversion = Converted(cluster);
        Assert.True(conversion.Problems.Count == 0, string.Join("\n", conversion.Problems));
        var made = Assert.IsType<CalicoPolicy>(Assert.Single(conversion.Policies));
        Assert.Equal(
            """
            apiVersion: projectcalico.org/v3
            kind: NetworkPolicy
            metadata:
              name: web-v1
              namespace: shop
              labels:
                team: a
            spec:
              order: 1000
              selector: app == "web" && tier not in {"gone", "old"} && !has(canary)
              types:
              - Ingress
              - Egress
              ingress:
              - action: Allow
                protocol: TCP
                source:
                  selector: projectcalico.org/orchestrator == "k8s" && app == "api"
                destination:
                  ports:
                  - 80
                  - 8000:8100
              - action: Allow
                protocol: UDP
                source:
                  selector: projectcalico.org/orchestrator == "k8s" && app == "api"
              - action: Allow
                protocol: TCP
                source:
                  selector: projectcalico.org/orchestrator == "k8s"
                  namespaceSelector: all()
                destination:
                  ports:
                  - 80
                  - 8000:8100
              - action: Allow
                protocol: UDP
                source:
                  selector: projectcalico.org/orchestrator == "k8s"
                  namespaceSelector: all()
              - action: Allow
              egress:
              - action: Allow
                protocol: TCP
                destination:
                  nets:
                  - 10.0.0.0/8
                  notNets:
                  - 10.1.0.0/16
                  ports:
                  - http
              - action: Allow
                protocol: TCP
                destination:
                  selector: projectcalico.org/orchestrator == "k8s"
                  namespaceSelector: team == "a"
                  ports:
                  - http
            """.ReplaceLineEndings("\n"),
            Yaml(made).Replace("---\n", "", StringComparison.Ordinal).TrimEnd());
    }

    [Fact]
    public void A_policy_that_the_cluster_has_already_is_not_made_again()
    {
        var conversion = Converted(Snapshot("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: web, namespace: shop}
            spec: {podSelector: {}}
            ---
            apiVersion: projectcalico.org/v3
            kind: NetworkPolicy
            metadata: {name: web, namespace: shop}
            spec: {selector: all(), types: [Ingress]}
            """));
        Assert.Empty(conversion.Policies);
        Assert.Contains("has another CalicoNetworkPolicy shop/web already", Assert.Single(conversion.Problems).Message, StringComparison.Ordinal);
    }

    private const string FromApi = "source: {selector: \"projectcalico.org/orchestrator == 'k8s' && app == 'api'\"}";

    private const string FromApiAnywhere =
        "source: {namespaceSelector: all(), selector: \"projectcalico.org/orchestrator == 'k8s' && app == 'api'\"}";

    /// <summary>Each nearly says the same.</summary>
    [Theory]
    [InlineData("app == 'web'", FromApi, "ports: [80]", true)]
    [InlineData("app == 'web' || app == 'api'", FromApi, "ports: [80]", false)]
    [InlineData("has(app)", FromApi, "ports: [80]", false)]
    [InlineData("app == 'web'", "source: {selector: \"app == 'api'\"}", "ports: [80]", false)]
    [InlineData("app == 'web'", FromApiAnywhere, "ports: [80]", false)]
    [InlineData("app == 'web'", FromApi, "ports: [80, 81]", false)]
    [InlineData("app == 'web'", "source: {selector: \"projectcalico.org/orchestrator == 'k8s' && app != 'another'\"}", "ports: [80]", false)]
    public void What_does_not_decide_the_same_is_refused_with_the_difference(string selector, string source, string ports, bool isSame)
    {
        var cluster = Snapshot("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: web, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: web}}
              ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 80}]}]
            """);
        var made = Snapshot($$"""
            apiVersion: projectcalico.org/v3
            kind: NetworkPolicy
            metadata: {name: web, namespace: shop}
            spec:
              selector: "{{selector.Replace("\"", "\\\"", StringComparison.Ordinal)}}"
              order: 1000
              types: [Ingress]
              ingress:
              - action: Allow
                protocol: TCP
                {{source}}
                destination:
                  {{ports}}
            """).PolicyObjects.Single();
        var conversion = VendorPolicyConversion.Of(cluster, static _ => true, new Fixed(made), OnCalico, default);
        Assert.Equal(isSame ? 1 : 0, conversion.Policies.Count);
        if (!isSame)
        {
            var problem = Assert.Single(conversion.Problems);
            Assert.Equal(DiagnosticId.NotConverted, problem.Id);
            Assert.Contains("would not decide the same: ", problem.Message, StringComparison.Ordinal);
        }
    }

    private static PolicyConversion Converted(ClusterSnapshot cluster) =>
        VendorPolicyConversion.Of(cluster, static _ => true, new CalicoApi(), OnCalico, default);

    private static ClusterSnapshot Snapshot(string manifests) => Given.Cluster(manifests).Snapshot;

    private static string Yaml(PolicyObject policy) => YamlManifestWriter.Write(CanonicalManifest.Of(PolicyManifests.Of(policy)!));

    /// <summary>An API with one answer, right or wrong.</summary>
    private sealed class Fixed(PolicyObject answer) : IVendorApi
    {
        public string Engine => "calico";

        public PolicyObject Write(NetworkPolicy policy) => answer;

        public IEnumerable<PolicyObject> LooksLike(string ns, LabelSet labels) => new CalicoApi().LooksLike(ns, labels);
    }
}
