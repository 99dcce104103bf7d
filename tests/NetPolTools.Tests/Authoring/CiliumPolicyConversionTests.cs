using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Authoring;
using NetPolTools.Authoring.VendorPolicies;
using NetPolTools.Cni;
using NetPolTools.Dialects;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Objects;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;
using NetPolTools.Validation;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Authoring;

/// <summary>NetworkPolicies as CiliumNetworkPolicies.</summary>
public sealed class CiliumPolicyConversionTests
{
    private static readonly CniChoice OnCilium = CniChoice.Parse("cilium");

    [Fact]
    public void Converted_policies_decide_the_same_in_every_cluster() => Always.Holds(Clusters, 40, static cluster =>
    {
        var conversion = Converted(cluster.Snapshot);
        Assert.True(conversion.Problems.Count == 0, string.Join("\n", conversion.Problems));
        Assert.Equal(cluster.Snapshot.NetworkPolicies.Count, conversion.Policies.Count);
        var converted = cluster.Snapshot.Without(conversion.Replaced).With(conversion.Policies);
        Assert.Empty(converted.NetworkPolicies);
        var changes = SameAnswers.Changes(cluster.Snapshot, converted, OnCilium, 3, default);
        Assert.True(changes.Count == 0, string.Join("\n", changes));
    });

    /// <summary>With the pods and policies that an API server takes.</summary>
    private static Gen<RandomCluster> Clusters => RandomClusterGenerator.Cluster().Select(static cluster =>
        new RandomCluster([.. cluster.Objects.Where(static found => found is not NetworkPolicy policy || NetworkPolicyRules.Check(policy).Count == 0)]));

    [Fact]
    public void What_is_converted_is_written_in_the_words_of_Cilium()
    {
        var conversion = Converted(Given.Cluster("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: web, namespace: shop, labels: {team: a}}
            spec:
              podSelector:
                matchLabels: {app: web}
                matchExpressions: [{key: canary, operator: DoesNotExist}]
              policyTypes: [Ingress, Egress]
              ingress:
              - from: [{podSelector: {matchLabels: {app: api}}}, {namespaceSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}]
                ports: [{port: 80}, {port: 8000, endPort: 8100}, {protocol: UDP}, {port: http}]
              - {}
              egress:
              - to: [{namespaceSelector: {matchLabels: {team: a}}, podSelector: {}}]
            """).Snapshot);
        Assert.True(conversion.Problems.Count == 0, string.Join("\n", conversion.Problems));
        Assert.Equal(
            """
            apiVersion: cilium.io/v2
            kind: CiliumNetworkPolicy
            metadata:
              name: web
              namespace: shop
              labels:
                team: a
            spec:
              endpointSelector:
                matchLabels:
                  k8s:app: web
                matchExpressions:
                - key: k8s:canary
                  operator: DoesNotExist
              ingress:
              - fromEndpoints:
                - matchLabels:
                    k8s:app: api
                - matchExpressions:
                  - key: k8s:io.kubernetes.pod.namespace
                    operator: Exists
                toPorts:
                - ports:
                  - port: "80"
                    protocol: TCP
                  - port: "8000"
                    endPort: 8100
                    protocol: TCP
                  - port: "0"
                    protocol: UDP
                  - port: http
                    protocol: TCP
              - fromCIDRSet:
                - cidr: 10.0.0.0/8
                  except:
                  - 10.1.0.0/16
                toPorts:
                - ports:
                  - port: "80"
                    protocol: TCP
                  - port: "8000"
                    endPort: 8100
                    protocol: TCP
                  - port: "0"
                    protocol: UDP
                  - port: http
                    protocol: TCP
              - fromEntities:
                - all
              egress:
              - toEndpoints:
                - matchLabels:
                    k8s:io.cilium.k8s.namespace.labels.team: a
            """.ReplaceLineEndings("\n"),
            Yaml(Assert.Single(conversion.Policies)).Replace("---\n", "", StringComparison.Ordinal).TrimEnd());
    }

    [Fact]
    public void A_direction_without_rules_gets_an_entry_that_allows_nothing()
    {
        var made = (CiliumPolicy)Assert.Single(Converted(Given.Cluster(Given.Policy("podSelector: {}\npolicyTypes: [Ingress, Egress]")).Snapshot).Policies);
        Assert.Equal((1, 1), (made.Spec!.Ingress!.Count, made.Spec.Egress!.Count));
        Assert.True(made.Spec.DeniesByDefault(PolicyDirection.Ingress));
    }

    /// <summary>Each nearly says the same.</summary>
    [Theory]
    [InlineData("ingress: [{fromEndpoints: [{matchLabels: {'k8s:app': api}}], toPorts: [{ports: [{port: '80', protocol: TCP}]}]}]", true)]
    [InlineData("ingress: [{fromEndpoints: [{matchLabels: {'k8s:app': api}}], toPorts: [{ports: [{port: '80'}]}]}]", false)]
    [InlineData("ingress: [{fromEndpoints: [{matchExpressions: [{key: 'k8s:app', operator: Exists}]}], toPorts: [{ports: [{port: '80', protocol: TCP}]}]}]", false)]
    [InlineData("ingress: [{fromEndpoints: [{matchLabels: {'k8s:app': api}}]}]", false)]
    [InlineData("enableDefaultDeny: {ingress: false}, ingress: [{fromEndpoints: [{matchLabels: {'k8s:app': api}}]}]", false)]
    [InlineData("ingress: [{fromEntities: [cluster], toPorts: [{ports: [{port: '80', protocol: TCP}]}]}]", false)]
    public void What_does_not_decide_the_same_is_refused_with_the_difference(string sections, bool isSame)
    {
        var cluster = Given.Cluster(Given.Policy("""
            podSelector: {matchLabels: {app: web}}
            ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 80}]}]
            """)).Snapshot;
        var made = Given.Cluster("{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: policy, namespace: default}, "
            + $"spec: {{endpointSelector: {{matchLabels: {{app: web}}}}, {sections}}}}}").Snapshot.PolicyObjects.Single();
        var conversion = VendorPolicyConversion.Of(cluster, static _ => true, new Fixed(made), OnCilium, default);
        Assert.Equal(isSame ? 1 : 0, conversion.Policies.Count);
        if (!isSame)
            Assert.Contains("would not decide the same: ", Assert.Single(conversion.Problems).Message, StringComparison.Ordinal);
    }

    private static PolicyConversion Converted(ClusterSnapshot cluster) =>
        VendorPolicyConversion.Of(cluster, static _ => true, new CiliumApi(), OnCilium, default);

    private static string Yaml(PolicyObject policy) => YamlManifestWriter.Write(CanonicalManifest.Of(PolicyManifests.Of(policy)!));

    /// <summary>An API with one answer, right or wrong.</summary>
    private sealed class Fixed(PolicyObject answer) : IVendorApi
    {
        public string Engine => "cilium";

        public PolicyObject Write(NetworkPolicy policy) => answer;
    }
}
