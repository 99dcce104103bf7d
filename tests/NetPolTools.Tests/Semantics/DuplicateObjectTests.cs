using NetPolTools.Diagnostics;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>The same object twice: a cluster can keep only one.</summary>
public class DuplicateObjectTests
{
    [Fact]
    public void The_later_of_two_policies_of_one_name_wins()
    {
        var cluster = Given.Cluster(
            Given.Pod("pod"), Given.Policy("ingress: [{ports: [{port: 80}]}]"), Given.Policy("ingress: [{ports: [{port: 443}]}]"));
        Assert.Equal("TCP 443", cluster.Ports("192.0.2.1", "pod"));
    }

    [Fact]
    public void The_warning_names_both_places()
    {
        var found = Marked.Gives(
            DiagnosticSeverity.Warning,
            DiagnosticId.DuplicateObject,
            null,
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop}
            ---
            ▸apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop}
            """,
            "input:1:1",
            "this later one is used");
        Assert.Equal("Pod shop/web", found.Object?.ToString());
    }

    [Fact]
    public void The_later_labels_count()
    {
        var cluster = Given.Cluster(
            Given.Pod("web", "app: old"), Given.Pod("web", "app: new"), Given.Policy("podSelector: {matchLabels: {app: new}}"));
        Assert.Equal("None", cluster.Ports("192.0.2.1", "web"));
    }

    [Fact]
    public void Three_times_the_same_object_give_two_warnings() =>
        Assert.Equal(2, Given.Cluster(Given.Pod("web"), Given.Pod("web"), Given.Pod("web")).Diagnostics.Count);

    [Fact]
    public void Of_many_in_one_pair_of_inputs_the_first_are_told_and_the_rest_counted()
    {
        string[] pods = [.. Enumerable.Range(0, 6).Select(static i => Given.Pod($"p{i}"))];
        var told = Given.Cluster([.. pods, .. pods]).Diagnostics;
        Assert.All(told, static warning => Assert.Equal((DiagnosticId.DuplicateObject, DiagnosticSeverity.Warning), (warning.Id, warning.Severity)));
        Assert.Equal(["Pod default/p0", "Pod default/p1", "Pod default/p2", null], told.Select(static warning => warning.Object?.ToString()));
        Assert.Equal("3 more objects stand in the input before in input. A cluster keeps one of each; the later ones are used.", told[^1].Message);
        Assert.True(told[^1].Location.Line > told[^2].Location.Line);
    }

    [Fact]
    public void What_is_applied_replaces_and_is_not_counted()
    {
        string[] pods = [.. Enumerable.Range(0, 6).Select(static i => Given.Pod($"p{i}"))];
        Assert.Empty(Given.Cluster(pods).Snapshot.With(Given.Cluster(pods).Snapshot.Objects()).Diagnostics);
    }

    [Fact]
    public void The_count_stays_where_snapshots_are_put_together()
    {
        string[] pods = [.. Enumerable.Range(0, 5).Select(static i => Given.Pod($"p{i}"))];
        var builder = new ClusterSnapshotBuilder();
        builder.AddAll(Given.Cluster([.. pods, .. pods]).Snapshot);
        Assert.StartsWith("2 more objects stand", builder.Build().Diagnostics[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_policy_of_two_apiVersions_is_one_object()
    {
        var old = Given.Policy("podSelector: {}").Replace("networking.k8s.io/v1", "extensions/v1beta1", StringComparison.Ordinal);
        Assert.Contains(Given.Cluster(old, Given.Policy("podSelector: {}")).Diagnostics, static d => d.Id == DiagnosticId.DuplicateObject);
    }

    [Theory]
    [InlineData("shop/web", "lab/web")]
    [InlineData("shop/web", "shop/api")]
    public void The_same_name_elsewhere_is_another_object(string first, string second) =>
        Assert.Empty(Given.Cluster(Given.Pod(first), Given.Pod(second)).Diagnostics);

    [Fact]
    public void The_same_name_of_another_kind_is_another_object() =>
        Assert.Empty(Given.Cluster(
            Given.Pod("web"), Given.Workload("Deployment", "web"), Given.Workload("StatefulSet", "web"), Given.Policy("podSelector: {}", "web")).Diagnostics);

    [Fact]
    public void A_refused_policy_does_not_replace_a_good_one()
    {
        var cluster = Given.Cluster(Given.Pod("pod"), Given.Policy("ingress: [{ports: [{port: 80}]}]"), Given.Policy("ingress: [{ports: [{port: 0}]}]"));
        Assert.Equal(DiagnosticId.InvalidValue, Assert.Single(cluster.Diagnostics).Id);
        Assert.Equal("TCP 80", cluster.Ports("192.0.2.1", "pod"));
    }
}
