using NetPolTools.Asking;
using NetPolTools.Listing;
using NetPolTools.Reading;
using NetPolTools.Sets;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Asking;

/// <summary>One question of two ends that are named exactly.</summary>
public sealed class ReachabilityQuestionTests
{
    private static readonly Cluster Shop = Given.Cluster(
        Given.Workload("Deployment", "shop/web", "app: web"),
        Given.Workload("Deployment", "shop/db", "app: db"),
        Given.Workload("Deployment", "dev/web", "app: web"),
        Given.Policy("podSelector: {matchLabels: {app: db}}\ningress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 3306}]}]", "shop/db"));

    [Theory]
    [InlineData("shop/web", "shop/db", 3306, true)]
    [InlineData("shop/web", "shop/db", 80, false)]
    [InlineData("dev/web", "db", 3306, false)]
    [InlineData("deploy/db", "dev/web", 80, true)]
    [InlineData("shop/*", "shop/db", 3306, true)]
    [InlineData("dev/*", "shop/db", 3306, false)]
    [InlineData("app=web", "shop/db", 3306, true)]
    [InlineData("10.0.0.0/8", "shop/db", 3306, false)]
    [InlineData("shop/db", "192.168.5.10", 443, true)]
    public void It_is_answered_by_what_the_policies_allow(string from, string to, int port, bool expected)
    {
        var answer = Ask(Shop, from, to, PortSet.Of(Protocol.TCP, port), out var problems);
        Assert.Empty(problems);
        Assert.Equal(expected, answer!.IsAllowed);
    }

    [Fact]
    public void A_name_that_matches_nothing_is_an_error_and_no_answer()
    {
        Assert.Null(Ask(Shop, "nobody", "shop/db", PortSet.All, out var problems));
        Assert.Equal(DiagnosticId.NoMatch, Assert.Single(problems).Id);
    }

    [Fact]
    public void A_name_that_matches_several_workloads_is_an_error_that_names_them()
    {
        Assert.Null(Ask(Shop, "web", "shop/db", PortSet.All, out var problems));
        var problem = Assert.Single(problems);
        Assert.Equal(DiagnosticId.AmbiguousName, problem.Id);
        Assert.Contains("Deployment dev/web, Deployment shop/web", problem.Message);
    }

    [Fact]
    public void Between_two_ends_outside_there_is_no_answer()
    {
        Assert.Null(Ask(Shop, "1.1.1.1", "8.8.8.8", PortSet.All, out var problems));
        Assert.Single(problems);
    }

    [Fact]
    public void A_pod_reaches_itself_but_two_replicas_need_rules()
    {
        var deny = Given.Policy("podSelector: {}");
        Assert.True(Ask(Given.Cluster(Given.Pod("one"), deny), "one", "one", PortSet.All, out _)!.IsAllowed);
        Assert.False(Ask(Given.Cluster(Given.Workload("Deployment", "many"), deny), "many", "many", PortSet.All, out _)!.IsAllowed);
    }

    [Fact]
    public void That_pods_reach_themselves_is_no_answer_to_whether_they_reach_each_other()
    {
        var cluster = Given.Cluster(
            Given.Pod("a/p1", "app: one"),
            Given.Pod("a/p2"),
            Given.Policy("podSelector: {}", "a/deny"),
            Given.Policy("podSelector: {matchLabels: {app: one}}\ningress: [{ports: [{port: 80}], from: [{podSelector: {matchLabels: {app: none}}}]}]", "a/other"));
        Assert.False(Ask(cluster, "a/*", "a/*", PortSet.All, out _)!.IsAllowed);
        Assert.True(Ask(cluster, "a/p1", "a/p1", PortSet.All, out _)!.IsAllowed);
    }

    [Fact]
    public void Pods_alone_go_by_the_Deployment_that_made_their_ReplicaSet()
    {
        var cluster = Given.Cluster(
            Given.Replica("db-5d4f-x", "db-5d4f", "app: db, pod-template-hash: 5d4f"),
            Given.Replica("db-77aa-y", "db-77aa", "app: db, pod-template-hash: 77aa"),
            Given.Pod("web"));
        Assert.True(Ask(cluster, "web", "db", PortSet.All, out _)!.IsAllowed);
        Assert.True(Ask(cluster, "web", "deploy/db", PortSet.All, out _)!.IsAllowed);
    }

    [Fact]
    public void A_pods_own_node_reaches_it_and_another_does_not()
    {
        var cluster = Given.Cluster(
            Given.Pod("one", status: "podIP: 10.0.0.1, hostIP: 192.168.0.1"), Given.Pod("two", status: "podIP: 10.0.0.2, hostIP: 192.168.0.2"), Given.Policy("podSelector: {}"));
        Assert.True(Ask(cluster, "192.168.0.1", "one", PortSet.All, out _)!.IsAllowed);
        Assert.False(Ask(cluster, "192.168.0.1", "two", PortSet.All, out _)!.IsAllowed);
    }

    [Fact]
    public void An_address_that_a_pod_has_is_that_pod()
    {
        var cluster = Given.Cluster(
            Given.Pod("one", "app: one", status: "podIP: 10.0.0.1"),
            Given.Pod("two", status: "podIP: 10.0.0.2"),
            Given.Policy("podSelector: {}\ningress: [{from: [{podSelector: {matchLabels: {app: one}}}]}]"));
        Assert.True(Ask(cluster, "10.0.0.1", "two", PortSet.All, out _)!.IsAllowed);
        Assert.False(Ask(cluster, "10.0.0.3", "two", PortSet.All, out _)!.IsAllowed);
    }

    [Fact]
    public void It_agrees_with_the_oracle_on_random_clusters() =>
        Always.Holds(RandomClusterGenerator.Clusters, 200, random =>
        {
            var cluster = NetPolTools.Reachability.ReachabilityMap.Compile(random.Snapshot);
            var samples = Samples.Of(random.Snapshot);
            var oracle = new Oracle.Oracle(random.Snapshot, true);
            var pods = OracleEndpoint.InCluster(random.Snapshot).Where(static end => end.Name.EndsWith("[Pod]", StringComparison.Ordinal)).ToArray();
            foreach (var (source, destination) in from a in pods from b in pods where a != b select (a, b))
            {
                var answer = oracle.Ask(source, destination);
                foreach (var (protocol, port) in samples.Ports.Take(6))
                {
                    var asked = ReachabilityQuestion.Ask(cluster, Named(source), Named(destination), PortSet.Of(protocol, port), out _);
                    Assert.Equal(answer.Allows(protocol, port), asked!.IsAllowed);
                }
            }
        });

    private static EndpointPattern Named(OracleEndpoint pod) => EndpointPattern.Parse(pod.Name[..^"[Pod]".Length]);

    private static ReachabilityAnswer? Ask(Cluster cluster, string from, string to, PortSet ports, out IReadOnlyList<Diagnostic> problems)
    {
        var answer = ReachabilityQuestion.Ask(cluster.Map, EndpointPattern.Parse(from), EndpointPattern.Parse(to), ports, out var found);
        problems = [.. found.Select(static problem => problem.Problem)];
        return answer;
    }
}
