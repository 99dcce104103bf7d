using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>A slip in kind or apiVersion is an error: the server knows no such kind, and a policy that is left out leaves pods open.</summary>
public class SlipTests
{
    [Theory]
    [InlineData("networking.k8s.io/v1", "NetworkPolicies")]
    [InlineData("networking.k8s.io/v1", "Networkpolicy")]
    [InlineData("networking.k8s.io/v1", "NetworkPolcy")]
    [InlineData("networking.k8s.io/v1", "NetwrokPolicy")]
    [InlineData("networking.k8s.io/v1", "NetworkPolicys")]
    [InlineData("networking/v1", "NetworkPolicy")]
    [InlineData("networking.k8s.io", "NetworkPolicy")]
    [InlineData("network.k8s.io/v1", "NetworkPolicy")]
    [InlineData("networking.k8s.oi/v1", "NetworkPolicy")]
    [InlineData("networking.k8s.io/V1", "NetworkPolicy")]
    [InlineData("policy/v1", "NetworkPolicy")]
    [InlineData("policy.networking.k8s.io/v1alpha1", "NetworkPolicy")]
    [InlineData("v1", "networkPolicy")]
    public void Nearly_a_NetworkPolicy_is_an_error_with_the_right_spelling(string apiVersion, string kind)
    {
        var cluster = Given.Cluster(Given.Pod("srv"), $$"""{apiVersion: {{apiVersion}}, kind: {{kind}}, metadata: {name: p, namespace: lab}, spec: {podSelector: {} } }""");
        var error = Assert.Single(cluster.Diagnostics);
        Assert.Equal((DiagnosticId.UnknownApiVersion, DiagnosticSeverity.Error), (error.Id, error.Severity));
        Assert.Equal("NetworkPolicy lab/p", error.Object!.ToString());
        Assert.True(error.Location is { IsKnown: true, Line: > 0 });
        Assert.Contains("expected kind NetworkPolicy in networking.k8s.io/v1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apps/v1", "Deploymnet", "Deployment in apps/v1")]
    [InlineData("apps/v1", "StatefullSet", "StatefulSet in apps/v1")]
    [InlineData("v1", "Namespaces", "Namespace in v1")]
    [InlineData("v1", "pod", "Pod in v1")]
    public void So_is_nearly_another_kind_of_Kubernetes(string apiVersion, string kind, string meant) => Assert.Contains(
        $"expected kind {meant}", Assert.Single(Given.Cluster($$"""{apiVersion: {{apiVersion}}, kind: {{kind}}, metadata: {name: x} }""").Errors).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cilium.io/v2", "CiliumNetworkPolcy", "CiliumNetworkPolicy in cilium.io/v2")]
    [InlineData("cilium.io/v2", "CiliumNetworkPolicies", "CiliumNetworkPolicy in cilium.io/v2")]
    [InlineData("cillium.io/v2", "CiliumNetworkPolicy", "CiliumNetworkPolicy in cilium.io/v2")]
    [InlineData("networking.k8s.io/v1", "CiliumNetworkPolicy", "CiliumNetworkPolicy in cilium.io/v2")]
    [InlineData("projectcalico.org/v3", "globalNetworkPolicy", "GlobalNetworkPolicy in projectcalico.org/v3")]
    [InlineData("projectcalico.org/v3", "Networkpolicy", "NetworkPolicy in projectcalico.org/v3")]
    [InlineData("projectcalico/v3", "GlobalNetworkPolicy", "GlobalNetworkPolicy in crd.projectcalico.org/v1")]
    [InlineData("security.istio.io/v1", "AuthorisationPolicy", "AuthorizationPolicy in security.istio.io/v1")]
    [InlineData("policy.linkerd.io/v1alpha1", "AuthorizationPolcy", "AuthorizationPolicy in policy.linkerd.io/v1alpha1")]
    [InlineData("traefik.io/v1alpha1", "IngresRoute", "IngressRoute in traefik.io/v1alpha1")]
    public void So_is_nearly_a_kind_of_another_system(string apiVersion, string kind, string meant)
    {
        var error = Assert.Single(Given.Cluster($$"""{apiVersion: {{apiVersion}}, kind: {{kind}}, metadata: {name: x}, spec: {} }""").Diagnostics);
        Assert.Equal((DiagnosticId.UnknownApiVersion, DiagnosticSeverity.Error), (error.Id, error.Severity));
        Assert.Contains($"There is no {kind} in apiVersion {apiVersion}; expected kind {meant}.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1", "Secret")]
    [InlineData("v1", "Event")]
    [InlineData("v1", "PodTemplate")]
    [InlineData("networking.k8s.io/v1", "IngressClass")]
    [InlineData("apps/v1", "ControllerRevision")]
    [InlineData("policy/v1", "PodDisruptionBudget")]
    [InlineData("argoproj.io/v1alpha1", "Application")]
    [InlineData("serving.knative.dev/v1", "Route")]
    [InlineData("cilium.io/v2", "CiliumEndpoint")]
    [InlineData("projectcalico.org/v3", "GlobalNetworkSet")]
    [InlineData("networking.istio.io/v1", "ServiceEntry")]
    [InlineData("gateway.envoyproxy.io/v1alpha1", "SecurityPolicy")]
    [InlineData("k8s.ovn.org/v1", "EgressIP")]
    public void A_kind_of_its_own_is_none(string apiVersion, string kind) =>
        Assert.Empty(Given.Cluster($$"""{apiVersion: {{apiVersion}}, kind: {{kind}}, metadata: {name: x} }""").Diagnostics);

    [Fact]
    public void An_unknown_field_before_apiVersion_is_told_with_its_place() => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.UnknownField,
        "foo",
        """
        ▸foo: 1
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: g}
        spec: {podSelector: {}}
        """,
        "Unknown field 'foo'");
}
