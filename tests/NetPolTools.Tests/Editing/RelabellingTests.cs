using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Editing;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Saving;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Editing;

public sealed class RelabellingTests
{
    private const string Shop = """
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: red}}}
        ---
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {template: {metadata: {labels: {app: web}}}}}
        ---
        {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-5d9, namespace: shop, ownerReferences: [{kind: Deployment, name: web, controller: true}]},
         spec: {template: {metadata: {labels: {app: web, pod-template-hash: 5d9}}}}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: web-5d9-a, namespace: shop, labels: {app: web, pod-template-hash: 5d9},
         ownerReferences: [{kind: ReplicaSet, name: web-5d9, controller: true}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: web-5d9-b, namespace: shop, labels: {app: web, pod-template-hash: 5d9},
         ownerReferences: [{kind: ReplicaSet, name: web-5d9, controller: true}]}}
        ---
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: idle, namespace: shop}, spec: {template: {metadata: {labels: {app: idle}}}}}
        """;

    [Fact]
    public void The_name_of_a_workload_means_its_pods_and_its_template()
    {
        var edited = Edit("shop/web", "app=api");
        Assert.All(edited.Pods, static pod => Assert.Equal("app=api,pod-template-hash=5d9", pod.Metadata.Labels.ToString()));
        Assert.Equal("app=api", edited.Workloads.Single(static workload => workload.Name == "web").TemplateLabels.ToString());
        Assert.Equal("app=idle", edited.Workloads.Single(static workload => workload.Name == "idle").TemplateLabels.ToString());
    }

    [Fact]
    public void The_name_of_a_pod_means_that_pod_alone()
    {
        var edited = Edit("shop/web-5d9-a", "app-");
        Assert.Equal(["pod-template-hash=5d9", "app=web,pod-template-hash=5d9"], edited.Pods.Select(static pod => pod.Metadata.Labels.ToString()));
        Assert.Equal("app=web", edited.Workloads.Single(static workload => workload.Name == "web").TemplateLabels.ToString());
    }

    [Fact]
    public void A_selector_means_the_pods_and_the_templates_without_pods_that_it_selects()
    {
        var edited = Edit("app in (web,idle)", "zone=a");
        Assert.All(edited.Pods, static pod => Assert.True(pod.Metadata.Labels.TryGet("zone", out _)));
        Assert.Equal("app=idle,zone=a", edited.Workloads.Single(static workload => workload.Name == "idle").TemplateLabels.ToString());
    }

    [Fact]
    public void What_the_reading_found_stays()
    {
        var broken = Cluster.Of(
            Shop + "\n---\n{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: wrong, namespace: shop}, spec: {podSelector: {}, from: "
            + "[]}}").Snapshot;
        var edited = new EditQuestion { Workloads = [EndpointPattern.Parse("shop/web")], Labels = [LabelChange.Parse("a=b")] }.Ask(
            broken, QuestionWords.Plain).Value!;
        Assert.Equal(DiagnosticId.UnknownField, Assert.Single(edited.ReadingDiagnostics).Id);
    }

    [Fact]
    public void A_change_that_is_taken_back_changes_nothing() => Always.Holds(RandomClusterGenerator.Clusters, 60, static cluster =>
    {
        var before = Saved.Read(Saved.Text(cluster.Snapshot));
        if (!before.HoldsPods)
            return;
        var there = Ask(before, "*/*", "made-up=x");
        var back = Ask(there, "*/*", "made-up-");
        Assert.Equal(Saved.Text(before), Saved.Text(back));
        Saved.AssertSameAnswers(before, back);
    });

    /// <summary>Setting the labels of a pod is the same as writing the pod with them.</summary>
    [Fact]
    public void Labels_that_are_set_count_as_those_that_are_written() => Always.Holds(RandomClusterGenerator.Clusters, 60, static cluster =>
    {
        var written = new ClusterSnapshotBuilder();
        foreach (var made in cluster.Objects)
        {
            written.Add(made switch
            {
                Pod pod => pod with { Metadata = pod.Metadata with { Labels = pod.Metadata.Labels.With("app", "a") } },
                Workload workload => workload with { TemplateLabels = workload.TemplateLabels.With("app", "a") },
                _ => made,
            });
        }

        Saved.AssertSameAnswers(written.Build(), Ask(cluster.Snapshot, "*/*", "app=a"));
    });

    [Theory]
    [InlineData("app=web", "app", "web")]
    [InlineData(" app = web ", "app", "web")]
    [InlineData("app=", "app", "")]
    [InlineData("a.b/c=d", "a.b/c", "d")]
    [InlineData("app-", "app", null)]
    public void Changes_are_written_as_kubectl_label_takes_them(string text, string key, string? value) =>
        Assert.Equal(new LabelChange(key, value), LabelChange.Parse(text));

    [Theory]
    [InlineData("app")]
    [InlineData("=web")]
    [InlineData("-")]
    [InlineData("app=a b")]
    [InlineData("a/b/c=d")]
    public void What_the_API_server_would_refuse_is_refused(string text) => Assert.Throws<FormatException>(() => LabelChange.Parse(text));

    private static ClusterSnapshot Edit(string pattern, string label) => Ask(Cluster.Of(Shop).Snapshot, pattern, label);

    private static ClusterSnapshot Ask(ClusterSnapshot cluster, string pattern, string label)
    {
        var answer = new EditQuestion { Workloads = [EndpointPattern.Parse(pattern)], Labels = [LabelChange.Parse(label)] }.Ask(cluster, QuestionWords.Plain);
        Assert.Empty(answer.Diagnostics);
        return answer.Value!;
    }
}
