using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Where objects live that do not say it, and the one label that every namespace has.</summary>
public class NamespaceTests
{
    private const string PodWithoutNamespace = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web}}
        """;

    [Fact]
    public void No_namespace_means_default() =>
        Assert.Equal("default", Assert.Single(Given.Cluster(PodWithoutNamespace).Snapshot.Pods).Metadata.Namespace);

    [Fact]
    public void No_namespace_means_the_one_the_user_names_as_with_kubectl_apply_n()
    {
        var cluster = Cluster.Of(Given.Documents(PodWithoutNamespace, Given.Pod("lab/other")), defaultNamespace: "shop");
        Assert.Equal(["shop", "lab"], cluster.Snapshot.Pods.Select(static pod => pod.Metadata.Namespace));
    }

    [Theory]
    [InlineData("namespace: ''")]
    [InlineData("namespace:")]
    public void An_empty_namespace_is_no_namespace(string ns) =>
        Assert.Equal("default", Assert.Single(Given.Cluster($"apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  {ns}").Snapshot.Pods).Metadata.Namespace);

    [Fact]
    public void Policies_and_pods_without_a_namespace_meet_in_the_same_one()
    {
        var policy = Given.Policy("podSelector: {matchLabels: {app: web}}").Replace("  namespace: default\n", "", StringComparison.Ordinal);
        Assert.Equal("None", Cluster.Of(Given.Documents(PodWithoutNamespace, policy), defaultNamespace: "shop").Ports("192.0.2.1", "shop/web"));
    }

    [Fact]
    public void Kinds_that_have_no_namespace_get_none()
    {
        var snapshot = Given.Cluster(Given.Namespace("shop"), "{apiVersion: v1, kind: Node, metadata: {name: n1, namespace: ignored}}").Snapshot;
        Assert.Null(Assert.Single(snapshot.Namespaces).Metadata.Namespace);
        Assert.Null(Assert.Single(snapshot.Nodes).Metadata.Namespace);
    }

    [Theory]
    [InlineData("shop")]
    [InlineData("lab")]
    [InlineData("jobs")]
    [InlineData("rules")]
    public void Every_namespace_carries_its_name_as_a_label_also_one_that_is_only_mentioned(string name)
    {
        var snapshot = Given.Cluster(
            Given.Namespace("shop", "team: a"), Given.Pod("lab/pod"), Given.Workload("Deployment", "jobs/web"), Given.Policy("", "rules/policy")).Snapshot;
        Assert.Equal(["jobs", "lab", "rules", "shop"], snapshot.Namespaces.Select(static ns => ns.Name));
        Assert.True(snapshot.Namespaces.Single(ns => ns.Name == name).Metadata.Labels.TryGet("kubernetes.io/metadata.name", out var value));
        Assert.Equal(name, value);
    }

    [Fact]
    public void A_namespaceSelector_can_name_a_namespace_that_only_a_pod_mentions()
    {
        var cluster = Given.Cluster(Given.Pod("lab/a"), Given.Pod("other/b"), Given.Pod("shop/web"), Given.Policy(
            "ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: lab}}}]}]", "shop/policy"));
        Assert.Equal("All", cluster.Ports("lab/a", "shop/web"));
        Assert.Equal("None", cluster.Ports("other/b", "shop/web"));
    }

    [Fact]
    public void A_namespace_of_the_input_keeps_its_labels_whether_it_stands_before_or_behind_its_pods()
    {
        string[] manifests =
        [
            Given.Namespace("lab", "team: b"),
            Given.Pod("lab/a"),
            Given.Pod("shop/web"),
            Given.Policy("ingress: [{from: [{namespaceSelector: {matchLabels: {team: b}}}]}]", "shop/policy"),
        ];
        Assert.Equal("All", Given.Cluster(manifests).Ports("lab/a", "shop/web"));
        Assert.Equal("All", Given.Cluster([.. manifests.Reverse()]).Ports("lab/a", "shop/web"));
    }
}
