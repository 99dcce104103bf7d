using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Which pods count: policies are about what runs or may run.</summary>
public class PodLifeTests
{
    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    public void Finished_pods_are_left_out(string phase)
    {
        var cluster = Given.Cluster(Given.Pod("done", status: $"phase: {phase}, podIP: 10.0.0.1"), Given.Pod("running", status: "phase: Running"));
        Assert.DoesNotContain(cluster.List(), static c => c.Source.Name == "done" || c.Destination.Name == "done");
    }

    [Fact]
    public void The_address_of_a_finished_pod_belongs_to_the_outside_again()
    {
        var cluster = Given.Cluster(
            Given.Pod("done", status: "phase: Succeeded, podIP: 10.0.0.1"),
            Given.Pod("heir", "app: heir", status: "phase: Running, podIP: 10.0.0.1"),
            Given.Pod("subject", "app: subject"),
            Given.Policy("podSelector: {matchLabels: {app: subject}}\ningress: [{from: [{podSelector: {matchLabels: {app: heir}}}]}]"));
        Assert.Equal("All", cluster.Ports("10.0.0.1", "subject"));
    }

    [Theory]
    [InlineData("phase: Pending")]
    [InlineData("phase: Unknown")]
    [InlineData("phase: Running, podIP: 10.0.0.1")]
    [InlineData("")]
    public void Pods_that_are_not_finished_count(string status) =>
        Assert.Equal("None", Given.Cluster(Given.Pod("pod", status: status), Given.Policy("")).Ports("192.0.2.1", "pod"));

    [Fact]
    public void Terminating_pods_count()
    {
        var cluster = Given.Cluster(
            "{apiVersion: v1, kind: Pod, metadata: {name: pod, deletionTimestamp: '2024-01-01T00:00:00Z'}, status: {phase: Running}}", Given.Policy(""));
        Assert.Equal("None", cluster.Ports("192.0.2.1", "pod"));
    }

    [Fact]
    public void A_pod_without_an_address_counts_by_its_labels()
    {
        var cluster = Given.Cluster(
            Given.Pod("new", "app: new", status: "phase: Pending, podIP: ''"),
            Given.Pod("subject", "app: subject"),
            Given.Policy("podSelector: {matchLabels: {app: subject}}\ningress: [{from: [{podSelector: {matchLabels: {app: new}}}]}]"));
        Assert.Empty(cluster.Diagnostics);
        Assert.Equal("All", cluster.Ports("new", "subject"));
    }

    [Fact]
    public void A_workload_of_no_replicas_is_a_workload_all_the_same()
    {
        var cluster = Given.Cluster(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: idle}, spec: {replicas: 0, template: {metadata: {labels: {app: idle}}}}}",
            Given.Policy("podSelector: {matchLabels: {app: idle}}\ningress: [{ports: [{port: 80}]}]"));
        Assert.Equal("TCP 80", cluster.Ports("192.0.2.1", "idle"));
    }
}
