using NetPolTools.Diagnostics;
using NetPolTools.Explaining;
using NetPolTools.Isolation;
using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Explaining;

/// <summary>Why a policy has no effect: what it lacks to select anyone, and all that a rule lacks to match.</summary>
public class NearMissTests
{
    private static readonly string Srv = Given.Pod("lab/srv", "app.kubernetes.io/name: srv");

    [Fact]
    public void A_policy_that_selects_nobody_for_one_label_is_named_by_the_reasons()
    {
        var cluster = Given.Cluster(Srv, Given.Pod("lab/cli", "app: cli"), Given.Policy("podSelector: {matchLabels: {app: srv}}", "lab/lockdown"));
        Assert.Matches("lab/lockdown \\(input:\\d+:1\\) selects no pod; it would select lab/srv if the pod had app=srv", Explain(cluster, "cli", "srv"));
    }

    [Fact]
    public void So_is_one_in_the_wrong_namespace()
    {
        var cluster = Given.Cluster(Srv, Given.Pod("lab/cli"), Given.Policy("podSelector: {matchLabels: {app.kubernetes.io/name: srv}}", "default/lockdown"));
        Assert.Contains("it would select lab/srv if it were in namespace lab", Explain(cluster, "cli", "srv"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_selects_others_is_no_near_miss()
    {
        var cluster = Given.Cluster(Srv, Given.Pod("lab/cli", "app: cli"), Given.Policy("podSelector: {matchLabels: {app: cli}}", "lab/cli"));
        Assert.DoesNotContain("selects no pod", Explain(cluster, "cli", "srv"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_denied_line_to_a_Service_lacks_the_port_of_the_pod()
    {
        var cluster = Given.Cluster(
            Given.Pod("lab/cli", "app: cli"),
            Given.Pod("lab/web", "app: web", "containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]"),
            """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: lab}
            spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}

            """,
            Given.Policy("podSelector: {matchLabels: {app: web}}\ningress: [{from: [{podSelector: {}}], ports: [{port: 80}]}]", "lab/web"));
        var query = new ConnectionQuery { From = [EndpointPattern.Parse("cli")], To = [EndpointPattern.Parse("svc/web")], IncludeDenied = true };
        var line = Assert.Single(cluster.List(query));
        Assert.Equal((Verdict.Denied, "TCP 8080"), (line.Verdict, line.AskedPorts.ToString()));
        Assert.Contains("would match if the port were in TCP 80", new Explainer(cluster.Map).Explain(line).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Isolation_names_policies_that_select_nobody()
    {
        var cluster = Given.Cluster(
            Srv, Given.Policy("podSelector: {matchLabels: {app: srv}}", "lab/lockdown"), Given.Policy("podSelector: {}", "empty/later"));
        var told = Assert.Single(new IsolationReport(cluster.Snapshot, cluster.Map, []).Diagnostics());
        Assert.Equal((DiagnosticId.SelectsNothing, DiagnosticSeverity.Warning), (told.Id, told.Severity));
        Assert.Contains("lab/lockdown (app=srv)", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_hostNetwork_pod_all_that_lacks_is_told()
    {
        var cluster = Given.Cluster(
            Given.Pod("sys/agent", "app: agent", "hostNetwork: true, nodeName: n1"),
            Given.Pod("lab/srv", "app: srv", "nodeName: n2"),
            Given.Policy("podSelector: {}\ningress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]", "lab/p"));
        Assert.Contains(
            "would match if the source did not use hostNetwork and the pod were in namespace lab and the pod had app=web",
            Explain(cluster, "agent", "srv"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(4, "  and 1 more rule lacks as much or more")]
    [InlineData(6, "  and 3 more rules lack as much or more")]
    public void Of_many_rules_the_nearest_are_told_and_the_others_counted(int count, string? more)
    {
        var rules = string.Join(", ", Enumerable.Range(0, count).Select(static i => $"{{from: [{{podSelector: {{matchLabels: {{x: \"{i}\"}}}}}}]}}"));
        var cluster = Given.Cluster(Srv, Given.Pod("lab/cli"), Given.Policy($"podSelector: {{}}\ningress: [{rules}]", "lab/p"));
        var lines = Explain(cluster, "cli", "srv").Split('\n');
        Assert.Equal(3, lines.Count(static line => line.Contains(" would match if the pod had x=", StringComparison.Ordinal)));
        Assert.Equal(more, lines.FirstOrDefault(static line => line.Contains("more rule", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(3, null)]
    [InlineData(4, "  and 1 more policy that selects no pod lacks one thing")]
    [InlineData(9, "  and 6 more policies that select no pod lack one thing")]
    public void Of_many_policies_that_select_nobody_three_are_told_those_of_the_namespace_first(int count, string? more)
    {
        string[] elsewhere = [.. Enumerable.Range(1, count - 1).Select(static i => Given.Policy("podSelector: {matchLabels: {app: srv}}", $"ns{i}/p"))];
        var cluster = Given.Cluster(
            [Given.Pod("lab/srv", "app: srv"), Given.Pod("lab/cli"), .. elsewhere, Given.Policy("podSelector: {matchLabels: {tier: srv}}", "lab/own")]);
        string[] lines = Array.FindAll(
            Explain(cluster, "cli", "srv").Split('\n'),
            static line => line.Contains("no pod", StringComparison.Ordinal) && !line.Contains("cli", StringComparison.Ordinal));
        Assert.Equal(["lab/own", "ns1/p", "ns2/p"], lines.Take(3).Select(static line => line.TrimStart().Split(' ')[0]));
        Assert.Equal(more, lines.ElementAtOrDefault(3));
    }

    [Fact]
    public void A_pod_of_a_ReplicaSet_is_named_by_its_Deployment() => Assert.Contains(
        "web is isolated",
        Explain(Given.Cluster(Given.Replica("web-7c9d-x", "web-7c9d", "pod-template-hash: 7c9d"), Given.Pod("cli"),
            Given.Policy("podSelector: {matchLabels: {pod-template-hash: 7c9d}}")), "cli", "web-7c9d-x"),
        StringComparison.Ordinal);

    private static string Explain(Cluster cluster, string source, string destination)
    {
        var names = Enumerable.Range(0, cluster.Map.Endpoints.PodCount).ToDictionary(pod => cluster.Map.Endpoints[pod].PodName!);
        return new Explainer(cluster.Map).Explain(names[source], names[destination], PortSet.All).ToString();
    }
}
