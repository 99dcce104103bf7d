using NetPolTools.Listing;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Difference;

/// <summary>What workloads that are applied to a cluster make of the pods that run there.</summary>
public sealed class RolloutTests
{
    private static readonly string[] Running =
    [
        Given.Workload("Deployment", "web", "app: web, canary: v2"),
        Given.Replica("web-5d9f-x", "web-5d9f", "app: web, canary: v2, pod-template-hash: 5d9f"),
        Given.Pod("db", "app: db"),
        Given.Policy("podSelector: {matchLabels: {app: db}}\ningress: [{from: [{podSelector: {matchLabels: {role: client}}}]}]", "db"),
    ];

    private static readonly ConnectionQuery ToDatabase = new() { From = [EndpointPattern.Parse("web")], To = [EndpointPattern.Parse("db")] };

    [Fact]
    public void A_new_label_of_a_template_reaches_the_pods_that_run()
    {
        var before = Given.Cluster(Running);
        var after = before.With(Given.Cluster(Given.Workload("Deployment", "web", "app: web, role: client")).Snapshot.Objects());
        Assert.Equal(["web -> db: None -> All"], Compared.Changes(before, after, ToDatabase));
    }

    [Fact]
    public void What_the_old_template_gave_is_gone_and_what_controllers_gave_stays()
    {
        var after = Given.Cluster(Running).With(Given.Cluster(Given.Workload("Deployment", "web", "app: web, role: client")).Snapshot.Objects());
        var pod = after.Snapshot.Pods.Single(static pod => pod.Name == "web-5d9f-x");
        Assert.Equal("app=web,pod-template-hash=5d9f,role=client", pod.Metadata.Labels.ToString());
    }

    [Fact]
    public void A_workload_that_is_applied_unchanged_changes_nothing()
    {
        var before = Given.Cluster(Running);
        var after = before.With(Given.Cluster(Given.Workload("Deployment", "web", "app: web, canary: v2")).Snapshot.Objects());
        Assert.Empty(Compared.Changes(before, after));
        Assert.Equal(before.Snapshot.Pods.Select(static pod => pod.Metadata.Labels), after.Snapshot.Pods.Select(static pod => pod.Metadata.Labels));
    }
}
