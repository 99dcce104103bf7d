using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Objects;
using NetPolTools.Tests.Support;
using NetPolTools.Validation;

namespace NetPolTools.Tests.Dialects;

/// <summary>Policies that are objects are checked as those that are read: the same is said of them.</summary>
public sealed class PolicyChecksTests
{
    [Theory]
    [InlineData("apiVersion: networking.k8s.io/v1, kind: NetworkPolicy", "podSelector: {}, policyTypes: [Egress], ingress: [{}]", DiagnosticId.InertRules)]
    [InlineData(
        "apiVersion: networking.k8s.io/v1, kind: NetworkPolicy", "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.5/24}}]}]",
        DiagnosticId.MaskedHostBits)]
    [InlineData("apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy", "endpointSelector: {}, ingress: [{}]", DiagnosticId.InertRules)]
    public void What_reading_warns_of_is_told_of_the_object_too(string type, string spec, DiagnosticId id)
    {
        var snapshot = Cluster.Of($"---\n{{{type}, metadata: {{name: p, namespace: shop}}, spec: {{{spec}}}}}", version: new KubernetesVersion(1, 30)).Snapshot;
        var policy = snapshot.NetworkPolicies.AsEnumerable<KubernetesObject>().Concat(snapshot.PolicyObjects).Single();
        var read = snapshot.ReadingDiagnostics.Where(told => told.Id == id).Select(static told => (told.Id, told.Severity, told.FieldPath, told.Message));
        var checkedAgain = PolicyChecks.Of(policy).Select(static told => (told.Id, told.Severity, told.FieldPath, told.Message));
        Assert.NotEmpty(read);
        Assert.Equal(read, checkedAgain.Where(told => told.Id == id));
    }

    [Fact]
    public void What_a_server_refuses_is_an_error()
    {
        var policy = new NetworkPolicy(ObjectMetadata.Empty with { Name = "p", Namespace = "shop" })
        {
            Ingress = [new NetworkPolicyRule { Ports = [new NetworkPolicyPort { Port = new PortNumberOrName(70000, null) }] }],
        };
        var told = Assert.Single(PolicyChecks.Of(policy));
        Assert.Equal((DiagnosticSeverity.Error, "spec.ingress[0].ports[0].port"), (told.Severity, told.FieldPath));
    }

    [Fact]
    public void Of_what_is_no_policy_nothing_is_said() => Assert.Empty(PolicyChecks.Of(Cluster.Of(Given.Namespace("shop")).Snapshot.Namespaces[0]));
}
