using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Which kinds and versions matter, and what becomes of the others.</summary>
public class KindTests
{
    [Theory]
    [InlineData("apps/v1", "Deployment")]
    [InlineData("apps/v1beta1", "Deployment")]
    [InlineData("apps/v1", "ReplicaSet")]
    [InlineData("apps/v1", "StatefulSet")]
    [InlineData("apps/v1", "DaemonSet")]
    [InlineData("v1", "ReplicationController")]
    [InlineData("argoproj.io/v1alpha1", "Rollout")]
    public void A_workload_has_the_labels_of_its_template(string apiVersion, string kind)
    {
        var cluster = Given.Cluster($$"""
            apiVersion: {{apiVersion}}
            kind: {{kind}}
            metadata: {name: web, labels: {app: not-this} }
            spec: {template: {metadata: {labels: {app: web} }, spec: {} } }
            """);
        Assert.Empty(cluster.Diagnostics);
        var workload = Assert.Single(cluster.Snapshot.Workloads);
        Assert.Equal((kind, "web", "app=web"), (workload.Kind, workload.Name, workload.TemplateLabels.ToString()));
    }

    [Theory]
    [InlineData("batch/v1")]
    [InlineData("batch/v1beta1")]
    public void A_CronJob_keeps_its_template_one_level_deeper(string apiVersion)
    {
        var cluster = Given.Cluster($$"""
            apiVersion: {{apiVersion}}
            kind: CronJob
            metadata: {name: nightly}
            spec: {schedule: '0 3 * * *', jobTemplate: {spec: {template: {metadata: {labels: {app: nightly} } } } } }
            """, Given.Policy("podSelector: {matchLabels: {app: nightly}}"));
        Assert.Equal("None", cluster.Ports("192.0.2.1", "nightly"));
    }

    [Fact]
    public void A_NetworkPolicy_of_extensions_v1beta1_reads_the_same()
    {
        var policy = Given.Policy("ingress: [{ports: [{port: 80}]}]").Replace("networking.k8s.io/v1", "extensions/v1beta1", StringComparison.Ordinal);
        var cluster = Given.Cluster(Given.Pod("pod"), policy);
        Assert.Equal("TCP 80", cluster.Ports("192.0.2.1", "pod"));
        var warning = Assert.Single(cluster.Diagnostics);
        Assert.Equal((DiagnosticId.RemovedApiVersion, DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
        Assert.Contains("since Kubernetes 1.16", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1", "ConfigMap")]
    [InlineData("v1", "Secret")]
    [InlineData("policy/v1", "PodDisruptionBudget")]
    [InlineData("example.com/v1", "Pod")]
    public void Any_other_kind_is_passed_over_quietly_and_counted(string apiVersion, string kind)
    {
        var other = $$"""{apiVersion: {{apiVersion}}, kind: {{kind}}, metadata: {name: x}, spec: [anything], data: {key: 1} }""";
        var cluster = Given.Cluster(other, Given.Pod("pod"), other);
        Assert.Empty(cluster.Diagnostics);
        Assert.Equal([KeyValuePair.Create(kind, 2)], cluster.Snapshot.SkippedKinds);
        Assert.Single(cluster.Snapshot.Pods);
    }

    [Theory]
    [InlineData("networking.k8s.io/v2", "NetworkPolicy", "expected kind NetworkPolicy in networking.k8s.io/v1.")]
    [InlineData("networking.k8s.io/v1beta1", "NetworkPolicy", "expected kind NetworkPolicy in networking.k8s.io/v1.")]
    [InlineData("v1", "NetworkPolicy", "expected kind NetworkPolicy in networking.k8s.io/v1.")]
    [InlineData("apps/v1", "NetworkPolicy", "expected kind NetworkPolicy in networking.k8s.io/v1.")]
    [InlineData("networking.k8s.io/v1", "networkpolicy", "expected kind NetworkPolicy in networking.k8s.io/v1.")]
    [InlineData("v1", "Deployment", "expected kind Deployment in apps/v1.")]
    [InlineData("apps/v1", "Pod", "expected kind Pod in v1.")]
    [InlineData("v2", "Pod", "expected kind Pod in v1.")]
    public void A_known_kind_in_an_unknown_apiVersion_is_an_error_that_names_the_right_one(string apiVersion, string kind, string advice) => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.UnknownApiVersion,
        "apiVersion",
        $$"""
        ▸apiVersion: {{apiVersion}}
        kind: {{kind}}
        metadata: {name: x}
        """,
        $"no {kind} in apiVersion {apiVersion}",
        advice);

    [Theory]
    [InlineData("kind: Pod", "apiVersion is missing beside kind Pod")]
    [InlineData("apiVersion: v1", "kind is missing beside apiVersion v1")]
    [InlineData("metadata: {name: x}", "apiVersion and kind are missing; found metadata")]
    public void A_document_without_apiVersion_or_kind_is_no_object(string manifest, string words) =>
        Marked.Gives(DiagnosticSeverity.Error, DiagnosticId.NotAnObject, null, "▸" + manifest, words, "such as apiVersion: networking.k8s.io/v1");

    [Fact]
    public void An_object_without_a_name_is_an_error() => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.InvalidValue,
        "metadata.name",
        """
        ▸apiVersion: v1
        kind: Pod
        metadata: {namespace: shop}
        """,
        "no name");

    [Fact]
    public void Fields_may_stand_before_the_kind_that_says_what_they_mean()
    {
        var cluster = Given.Cluster("""
            spec: {podSelector: {matchLabels: {app: web}}}
            metadata: {name: policy}
            kind: NetworkPolicy
            apiVersion: networking.k8s.io/v1
            """, Given.Pod("web", "app: web"), Given.Pod("api", "app: api"));
        Assert.Equal("None", cluster.Ports("api", "web"));
        Assert.Equal("All", cluster.Ports("web", "api"));
    }
}
