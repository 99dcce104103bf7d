using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Where other programs make policies do something else than they say: Istio's ambient mode, and namespaces that stand for nodes.</summary>
public class DisguiseTests
{
    private const string Rule = "{from: [{podSelector: {}}], ports: [{port: 8080}]}";

    private static readonly string Srv = Given.Pod("lab/srv", "app: srv");

    [Theory]
    [InlineData("istio.io/dataplane-mode: ambient", "app: srv", true)]
    [InlineData("", "app: srv, istio.io/dataplane-mode: ambient", true)]
    [InlineData("istio.io/dataplane-mode: ambient", "app: srv, istio.io/dataplane-mode: none", false)]
    [InlineData("", "app: srv", false)]
    public void A_policy_that_names_ports_for_pods_of_the_mesh_is_told(string ofNamespace, string ofPod, bool isTold) =>
        Assert.Equal(isTold, IsTold(Rule, "", Given.Namespace("lab", ofNamespace), Given.Pod("lab/srv", ofPod)));

    [Theory]
    [InlineData("{ports: [{port: 8080}, {port: 15008}]}", false)]
    [InlineData("{ports: [{port: 8080}]}, {ports: [{port: 15000, endPort: 15010}]}", false)]
    [InlineData("{ports: [{port: 8080}]}, {ports: [{protocol: TCP}]}", false)]
    [InlineData("{ports: [{port: 15008, protocol: UDP}]}", true)]
    [InlineData("{ports: [{port: http}]}", true)]
    [InlineData("{from: [{podSelector: {}}]}", false)]
    [InlineData("", false)]
    public void What_lets_the_mesh_through_is_not(string rules, bool isTold) =>
        Assert.Equal(isTold, IsTold(rules, "", Given.Namespace("lab", "istio.io/dataplane-mode: ambient"), Srv));

    [Fact]
    public void Egress_is_looked_at_too() => Assert.True(IsTold(
        "", "policyTypes: [Egress]\negress: [{ports: [{port: 53, protocol: UDP}]}]", Given.Namespace("lab", "istio.io/dataplane-mode: ambient"), Srv));

    [Fact]
    public void The_warning_names_policies_and_port()
    {
        var told = Assert.Single(Given.Cluster(Given.Namespace("lab", "istio.io/dataplane-mode: ambient"), Srv, Policy(Rule, "")).Diagnostics);
        Assert.Equal((DiagnosticId.AmbientMesh, DiagnosticSeverity.Warning), (told.Id, told.Severity));
        Assert.StartsWith("NetworkPolicy lab/p names ports for pods in Istio's ambient mode, and not TCP 15008.", told.Message, StringComparison.Ordinal);
        Assert.True(told.Location is { IsKnown: true, Line: > 0 });
    }

    [Fact]
    public void A_namespace_that_stands_for_nodes_is_told()
    {
        var cluster = Given.Cluster(
            Given.Namespace("lab"), Srv, Policy("{from: [{namespaceSelector: {matchLabels: {policy-group.network.openshift.io/host-network: \"\"}}}]}", ""));
        var told = Assert.Single(cluster.Diagnostics);
        Assert.Equal((DiagnosticId.HostNetworkNamespace, DiagnosticSeverity.Warning), (told.Id, told.Severity));
        Assert.StartsWith("NetworkPolicy lab/p selects namespaces by policy-group.network.openshift.io/host-network.", told.Message, StringComparison.Ordinal);
    }

    private static bool IsTold(string ingress, string more, params string[] manifests) =>
        Given.Cluster([.. manifests, Given.Namespace("default"), Policy(ingress, more)]).Diagnostics.Any(static told => told.Id == DiagnosticId.AmbientMesh);

    private static string Policy(string ingress, string more) =>
        Given.Policy($"podSelector: {{matchLabels: {{app: srv}}}}\ningress: [{ingress}]\n{more}".TrimEnd(), "lab/p");
}
