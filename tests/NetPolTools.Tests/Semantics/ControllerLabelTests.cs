using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Labels that stand on no template, since controllers give them to the pods they make.</summary>
public class ControllerLabelTests
{
    private const string Job = """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: migrate}
        spec: {template: {metadata: {labels: {app: migrate}}, spec: {}}}
        """;

    private static readonly string Db = Given.Pod("db", "app: db");

    private static readonly string[] Identities =
    [
        "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db}, spec: {replicas: 3, template: {metadata: {labels: {app: db}}, spec: {}}}}",
        Given.Pod("cli", "app: cli"),
        Given.Policy("podSelector: {matchLabels: {app: db}}\npolicyTypes: [Ingress]", "deny"),
        Given.Policy("""
            podSelector: {matchLabels: {statefulset.kubernetes.io/pod-name: db-0}}
            ingress: [{from: [{podSelector: {matchLabels: {app: cli}}}], ports: [{port: 5432}]}]
            """, "primary"),
        Given.Policy("podSelector: {matchLabels: {apps.kubernetes.io/pod-index: \"1\"}}\ningress: [{ports: [{port: 9999}]}]", "second"),
    ];

    [Theory]
    [InlineData("job-name")]
    [InlineData("batch.kubernetes.io/job-name")]
    public void Pods_of_a_Job_have_its_name(string key) => Assert.Equal("TCP 5432", Given.Cluster(
        Job, Db, Given.Policy(
            $"podSelector: {{matchLabels: {{app: db}}}}\ningress: [{{from: [{{podSelector: {{matchLabels: {{{key}: migrate}}}}}}], ports: [{{port: 5432}}]}}]"))
        .Ports("migrate", "db"));

    [Fact]
    public void A_Job_with_a_selector_of_its_own_gives_none() => Assert.Equal("None", Given.Cluster(
        Job.Replace("spec: {template", "spec: {manualSelector: true, template", StringComparison.Ordinal),
        Db,
        Given.Policy("podSelector: {matchLabels: {app: db}}\ningress: [{from: [{podSelector: {matchLabels: {job-name: migrate}}}]}]")).Ports("migrate", "db"));

    [Theory]
    [InlineData("db-0", "TCP 5432")]
    [InlineData("db-1", "TCP 9999")]
    [InlineData("db-2", "None")]
    public void Pods_of_a_StatefulSet_stand_apart_where_policies_tell_them_apart(string pod, string ports)
    {
        var cluster = Given.Cluster(Identities);
        Assert.Empty(cluster.Diagnostics);
        Assert.Equal(ports, cluster.Ports("cli", pod, GroupBy.Workload));
    }

    [Fact]
    public void They_are_one_workload_where_policies_do_not() =>
        Assert.Equal("None", Given.Cluster(Identities[..3]).Ports("cli", "sts/db", GroupBy.Workload));

    [Fact]
    public void Their_numbers_begin_where_the_StatefulSet_says()
    {
        var first = Identities[0].Replace("replicas: 3", "replicas: 2, ordinals: {start: 5}", StringComparison.Ordinal);
        var policy = Identities[3].Replace("db-0", "db-5", StringComparison.Ordinal);
        var sources = Given.Cluster(first, Identities[1], policy).List(new ConnectionQuery { To = [EndpointPattern.Parse("cli")] })
            .Select(static line => line.Source.Name);
        Assert.Equal(["db-5", "db-6"], sources.OfType<string>());
    }

    [Theory]
    [InlineData("Deployment", "pod-template-hash")]
    [InlineData("DaemonSet", "controller-revision-hash")]
    public void A_policy_by_a_label_whose_value_nobody_knows_yet_is_told(string kind, string key)
    {
        var policy = Given.Policy($"podSelector: {{matchLabels: {{{key}: 5d4f}}}}");
        var warning = Assert.Single(Given.Cluster(Given.Workload(kind, "web", "app: web"), policy).Diagnostics);
        Assert.Equal(DiagnosticId.UnknownPodLabels, warning.Id);
        Assert.Contains(key, warning.Message, StringComparison.Ordinal);
        Assert.Empty(Given.Cluster(Given.Pod("web", "app: web"), policy).Diagnostics);
    }

    [Fact]
    public void Pods_of_a_finished_Job_are_not_listed() => Assert.Empty(Given.Cluster(
        "{apiVersion: batch/v1, kind: Job, metadata: {name: done}, spec: {template: {spec: {}}}, status: {conditions: [{type: Complete, status: 'True'}]}}")
        .List(new ConnectionQuery { IncludeDenied = true }));
}
