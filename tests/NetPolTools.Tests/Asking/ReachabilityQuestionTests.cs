using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
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

    [Theory]
    [InlineData("pod/web-abc-1")]
    [InlineData("po/web-abc-1")]
    [InlineData("web-abc-1")]
    [InlineData("default/web-abc-1")]
    public void A_pod_of_a_workload_goes_by_its_own_name_too(string name)
    {
        var cluster = Given.Cluster(Given.Replica("web-abc-1", "web-abc"), Given.Replica("web-abc-2", "web-abc"));
        var answer = Ask(cluster, name, "default/web-abc-2", PortSet.All, out var problems);
        Assert.Empty(problems);
        Assert.True(answer!.IsAllowed);
    }

    [Theory]
    [InlineData("web", "db", true)]
    [InlineData("deploy/web", "Deployment/db", true)]
    [InlineData("app=web", "app=db", true)]
    [InlineData("*", "db", true)]
    [InlineData("dev/web", "db", false)]
    [InlineData("*/web", "dev/web", null)]
    [InlineData("web", "dev/*", true)]
    [InlineData("10.0.0.0/8", "db", false)]
    [InlineData("web", "svc/db", true)]
    [InlineData("web", "shop/svc/db", true)]
    public void Within_a_namespace_names_that_say_nothing_of_one_mean_what_is_there(string from, string to, bool? expected)
    {
        var cluster = Given.Cluster(
            Given.Workload("Deployment", "shop/web", "app: web"),
            Given.Workload("Deployment", "shop/db", "app: db"),
            Given.Workload("Deployment", "dev/web", "app: web"),
            Given.Workload("Deployment", "dev/db", "app: db"),
            Given.Policy("podSelector: {matchLabels: {app: db}}\ningress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 3306}]}]",
                "shop/db"),
            Given.Policy("podSelector: {matchLabels: {app: db}}\ningress: [{from: [{podSelector: {}}]}]", "dev/db"),
            Given.Service("shop/db", "selector: {app: db}\nports: [{port: 3306}]"),
            Given.Service("dev/db", "selector: {app: db}\nports: [{port: 3306}]"));
        var ports = PortSet.Of(Protocol.TCP, 3306);
        var answer = AskIn("shop", cluster, from, to, ports, out var problems);
        Assert.Equal(expected, answer?.IsAllowed);
        Assert.Equal(expected is null, problems.Count > 0);
    }

    [Theory]
    [InlineData("deploy/api", "'deploy/api' matches nothing in namespace shop. Did you mean test/api?")]
    [InlineData("svc/api", "'svc/api' names no Service of namespace shop;")]
    [InlineData("dev/api", "'dev/api' matches nothing in the input. Did you mean test/api?")]
    public void What_is_not_in_the_namespace_is_an_error_that_names_it(string to, string expected)
    {
        Assert.Null(AskIn("shop", Given.Cluster(Given.Pod("shop/web"), Given.Pod("test/api")), "web", to, PortSet.All, out var problems));
        Assert.StartsWith(expected, Assert.Single(problems).Message, StringComparison.Ordinal);
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
            Given.Policy("podSelector: {matchLabels: {app: one}}\ningress: [{ports: [{port: 80}], from: [{podSelector: {matchLabels: {app: none}}}]}]",
                "a/other"));
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
            Given.Pod("one", status: "podIP: 10.0.0.1, hostIP: 192.168.0.1"), Given.Pod("two", status: "podIP: 10.0.0.2, hostIP: 192.168.0.2"),
                Given.Policy("podSelector: {}"));
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
    public void Of_several_ends_the_ports_are_those_of_any_of_them() =>
        Always.Holds(RandomClusterGenerator.Clusters, 40, random =>
        {
            var map = NetPolTools.Reachability.ReachabilityMap.Compile(random.Snapshot);
            var names = random.Snapshot.Namespaces.Select(static ns => $"{ns.Name}/*").ToArray();
            foreach (var (one, other) in names.SelectMany(_ => names, static (one, other) => (one, other)).Where(static pair => pair.one != pair.other))
            {
                if (ReachabilityQuestion.Ask(map, EndpointPattern.Parse(one), EndpointPattern.Parse(other), PortSet.All, out _) is not { } answer)
                    continue;
                var ports = Pods(one).SelectMany(_ => Pods(other), (source, destination) =>
                    source >= map.Endpoints.SelectableCount && map.AreOnOneNode(source, destination) && destination < map.Endpoints.SelectableCount
                        ? PortSet.All
                        : map.Between(source, destination));
                Assert.Equal(PortSet.UnionOf([.. ports]), answer.Ports);
            }

            IEnumerable<int> Pods(string ns) =>
                Enumerable.Range(0, map.Endpoints.PodCount).Where(pod => map.Endpoints[pod].Namespace == ns[..^2]);
        });

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

    private static ReachabilityAnswer? Ask(Cluster cluster, string from, string to, PortSet ports, out IReadOnlyList<Diagnostic> problems) =>
        AskIn(null, cluster, from, to, ports, out problems);

    private static ReachabilityAnswer? AskIn(string? ns, Cluster cluster, string from, string to, PortSet ports, out IReadOnlyList<Diagnostic> problems)
    {
        string[] namespaces = ns is null ? [] : [ns];
        var answer = ReachabilityQuestion.Ask(
            cluster.Map, EndpointPattern.Parse(from).In(namespaces), EndpointPattern.Parse(to).In(namespaces), ports, out var found);
        problems = [.. found.Select(static problem => problem.Problem)];
        return answer;
    }
}
