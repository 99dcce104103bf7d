using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>What decides traffic too and is not evaluated is said, so that an answer about NetworkPolicies alone does not look like the whole.</summary>
public class NotEvaluatedTests
{
    /// <summary>A kind that comes to be evaluated leaves this list.</summary>
    [Theory]
    [InlineData("crd.antrea.io/v1beta1", "ClusterNetworkPolicy")]
    [InlineData("k8s.ovn.org/v1", "EgressFirewall")]
    [InlineData("k8s.ovn.org/v1", "UserDefinedNetwork")]
    [InlineData("security.istio.io/v1", "AuthorizationPolicy")]
    [InlineData("security.istio.io/v1beta1", "PeerAuthentication")]
    [InlineData("policy.linkerd.io/v1beta3", "Server")]
    [InlineData("policy.linkerd.io/v1alpha1", "EgressNetwork")]
    [InlineData("nsx.vmware.com/v1alpha1", "SecurityPolicy")]
    [InlineData("kuma.io/v1alpha1", "MeshPassthrough")]
    [InlineData("k8s.cni.cncf.io/v1beta1", "MultiNetworkPolicy")]
    [InlineData("example.com/v1", "TenantNetworkPolicy")]
    public void Policies_of_other_systems_give_one_warning_and_a_doubtful_answer(string apiVersion, string kind)
    {
        var cluster = Given.Cluster(Given.Pod("cli"), Given.Pod("srv"), Of(apiVersion, kind, "first"), Of(apiVersion, kind, "second"));
        var answer = ReachabilityQuestion.Ask(cluster.Map, EndpointPattern.Parse("cli"), EndpointPattern.Parse("srv"), PortSet.All, out _)!;
        var told = Assert.Single(cluster.Snapshot.NotEvaluated);
        Assert.Equal((apiVersion, kind, UnevaluatedRole.Policy, 2), (told.ApiVersion, told.Kind, told.Role, told.Count));
        var warning = Assert.Single(cluster.Diagnostics);
        Assert.Equal((DiagnosticId.NotEvaluated, DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
        Assert.Contains($"2 {kind} ({apiVersion}): ", warning.Message, StringComparison.Ordinal);
        Assert.Contains("about NetworkPolicies alone", warning.Message, StringComparison.Ordinal);
        Assert.Equal(DiagnosticId.NotEvaluated, Assert.Single(answer.Doubts).Id);
    }

    [Theory]
    [InlineData(1, "1 FQDNNetworkPolicy (networking.gke.io/v1alpha3): default/p1. It may decide traffic too and is not evaluated: the answer is about "
        + "NetworkPolicies "
        + "alone.")]
    [InlineData(2, "2 FQDNNetworkPolicy (networking.gke.io/v1alpha3): default/p1, default/p2. They may decide traffic too and are not evaluated: the "
        + "answer is about "
        + "NetworkPolicies alone.")]
    public void One_and_several_have_sentences_of_their_own(int count, string message) => Assert.Equal(
        message, Assert.Single(
            Given.Cluster([.. Enumerable.Range(1, count)
                .Select(static i => Of("networking.gke.io/v1alpha3", "FQDNNetworkPolicy", $"p{i}"))]).Diagnostics).Message);

    [Fact]
    public void Only_the_first_few_are_named() => Assert.Contains(
        "5 FQDNNetworkPolicy (networking.gke.io/v1alpha3): default/p1, default/p2, default/p3 and 2 more.",
        Assert.Single(Given.Cluster(
            [.. Enumerable.Range(1, 5).Select(static i => Of("networking.gke.io/v1alpha3", "FQDNNetworkPolicy", $"p{i}"))]).Diagnostics).Message,
        StringComparison.Ordinal);

    [Fact]
    public void What_leads_traffic_in_is_told_and_casts_no_doubt_on_policies()
    {
        var cluster = Given.Cluster(Given.Pod("cli"), Given.Pod("srv"), Of("gateway.networking.k8s.io/v1alpha2", "TCPRoute", "db"));
        Assert.Contains("It leads traffic to pods and is not evaluated: the answer lacks what comes in through it", Assert.Single(cluster.Diagnostics).Message,
            StringComparison.Ordinal);
        Assert.Empty(ReachabilityQuestion.Ask(cluster.Map, EndpointPattern.Parse("cli"), EndpointPattern.Parse("srv"), PortSet.All, out _)!.Doubts);
    }

    [Fact]
    public void An_unknown_kind_with_a_pod_template_is_said_not_to_be_modelled()
    {
        var cluster = Given.Cluster(Given.Pod("other"), CloneSet("web"));
        var told = Assert.Single(cluster.Snapshot.NotEvaluated);
        Assert.Equal(("CloneSet", UnevaluatedRole.Workload), (told.Kind, told.Role));
        Assert.Contains("not modelled", Assert.Single(cluster.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_pods_in_the_input_make_up_for_it()
    {
        var pod = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web-x1, ownerReferences: [{kind: CloneSet, name: web, controller: true}]}
            """;
        Assert.Empty(Given.Cluster(pod, CloneSet("web")).Diagnostics);
    }

    [Fact]
    public void The_warning_outlives_being_applied_and_put_together()
    {
        var cluster = Given.Cluster(Given.Pod("srv"), Of("networking.gke.io/v1alpha3", "FQDNNetworkPolicy", "p"));
        Assert.Single(cluster.Snapshot.With([]).NotEvaluated);
        var builder = new Snapshot.ClusterSnapshotBuilder();
        builder.AddAll(cluster.Snapshot);
        Assert.Single(builder.Build().Diagnostics);
    }

    private static string Of(string apiVersion, string kind, string name) => $$"""{apiVersion: {{apiVersion}}, kind: {{kind}}, metadata: {name: {{name}} }, spec: {} }""";

    private static string CloneSet(string name) => $$"""
        apiVersion: apps.kruise.io/v1alpha1
        kind: CloneSet
        metadata: {name: {{name}}}
        spec: {template: {metadata: {labels: {app: web} }, spec: {containers: [{name: c}]} } }
        """;
}
