using NetPolTools.Isolation;
using NetPolTools.Reports;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Isolation;

/// <summary>Who is isolated in which direction, by which policies, and how much they allow.</summary>
public class IsolationReportTests
{
    private static readonly string[] Pods = [Given.Pod("web", "app: web"), Given.Pod("api", "app: api"), Given.Pod("db", "app: db")];

    [Fact]
    public void A_pod_that_no_policy_selects_is_wide_open() =>
        AssertLine("Open everything, Open everything: wide open", Of("web", Given.Policy("podSelector: {matchLabels: {app: db}}")));

    [Fact]
    public void Isolated_and_allowed_nothing_is_denied() =>
        AssertLine("Denied nothing, Open everything: ingress denied", Of("db", Given.Policy("podSelector: {}")));

    [Fact]
    public void Denied_both_ways_is_locked_down() =>
        AssertLine("Denied nothing, Denied nothing: locked down", Of("db", Given.Policy("podSelector: {}\npolicyTypes: [Ingress, Egress]")));

    [Fact]
    public void Isolated_by_policies_that_allow_everything_is_open_all_the_same() => AssertLine(
        "Isolated everything, Isolated everything: wide open by policy",
        Of("db", Given.Policy("podSelector: {}\ningress: [{}]\negress: [{}]")));

    [Theory]
    [InlineData("podSelector: {matchLabels: {app: api}}", "1 workload")]
    [InlineData("podSelector: {matchExpressions: [{key: app, operator: In, values: [api, web]}]}", "2 workloads")]
    [InlineData("podSelector: {}", "every workload")]
    [InlineData("podSelector: {matchLabels: {app: nobody}}", "nothing")]
    [InlineData("podSelector: {matchLabels: {app: db}}", "nothing")] // Alone, it is no peer of itself.
    [InlineData("ipBlock: {cidr: 10.0.0.0/8}", "addresses")]
    public void How_much_is_allowed_is_told_in_a_few_words(string peer, string expected) =>
        Assert.Equal(expected, Of("db", Given.Policy($"podSelector: {{matchLabels: {{app: db}}}}\ningress: [{{from: [{{{peer}}}]}}]")).Ingress.Peers);

    [Fact]
    public void Workloads_and_addresses_are_told_together() => Assert.Equal(
        "1 workload, addresses",
        Of("db", Given.Policy("podSelector: {}\ningress: [{from: [{podSelector: {matchLabels: {app: api}}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]")).Ingress.Peers);

    [Fact]
    public void Everyone_on_some_ports_is_not_everything()
    {
        var ingress = Of("db", Given.Policy("podSelector: {}\ningress: [{ports: [{port: 80}]}]")).Ingress;
        Assert.Equal(("everyone", "TCP 80", IsolationState.Isolated), (ingress.Peers, ingress.Ports.ToString(), ingress.State));
    }

    [Fact]
    public void All_policies_that_isolate_are_named_in_order()
    {
        var isolation = Of("db", Given.Policy("podSelector: {}", "zero"),
            Given.Policy("podSelector: {matchLabels: {app: db}}\npolicyTypes: [Ingress, Egress]", "db"));
        Assert.Equal(["db", "zero"], isolation.Ingress.PolicyNames);
        Assert.Equal(["db"], isolation.Egress.PolicyNames);
    }

    [Fact]
    public void A_table_names_the_first_of_many_policies_and_CSV_all()
    {
        string[] policies = [.. Enumerable.Range(0, 12).Select(static i => Given.Policy(
            $"podSelector: {(i % 2 == 0 ? "{}" : "{matchLabels: {app: db}}")}\npolicyTypes: [{(i == 11 ? "Egress" : "Ingress")}]", $"p-{i:00}"))];
        var report = Report(Given.Cluster([.. Pods, .. policies]));
        using StringWriter table = new(), csv = new(), namespaces = new();
        new IsolationTableWriter(table).Write(report.Workloads());
        new IsolationCsvWriter(csv).Write(report.Workloads());
        new IsolationTableWriter(namespaces).Write(report.Namespaces());
        Assert.Contains(
            "locked down     p-00 p-01 p-02 p-03 p-04 p-05 p-06 p-07 p-08 p-09 and 2 more\n", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("p-00 p-02 p-04 p-06 p-08 p-10\n", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("p-00 p-01 p-02 p-03 p-04 p-05 p-06 p-07 p-08 p-09 p-10,", csv.ToString(), StringComparison.Ordinal);
        Assert.Contains("p-00 p-02 p-04 p-06 p-08 p-10\n", namespaces.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostNetwork_pod_is_never_isolated_and_that_is_said()
    {
        var report = Report(Given.Cluster(Given.Pod("agent", "app: db", "hostNetwork: true"), Given.Policy("podSelector: {}\npolicyTypes: [Ingress, Egress]")));
        var isolation = Assert.Single(report.Workloads());
        Assert.True(isolation.IsHostNetwork);
        Assert.Equal((IsolationState.Open, IsolationState.Open, "hostNetwork, never isolated"),
            (isolation.Ingress.State, isolation.Egress.State, isolation.Summary));
        Assert.Equal(1, Assert.Single(report.Namespaces()).HostNetworkWorkloads);
    }

    [Fact]
    public void Pods_of_one_owner_stand_apart_where_a_policy_selects_some_of_them()
    {
        var report = Report(Given.Cluster(
            Given.Replica("web-1", "web", "canary: 'true'"), Given.Replica("web-2", "web"), Given.Policy("podSelector: {matchLabels: {canary: 'true'}}")));
        Assert.Equal(["web-1: ingress denied", "web-2: wide open"], report.Workloads()
            .Select(static isolation => $"{isolation.End.Name}: {isolation.Summary}"));
        var ns = Assert.Single(report.Namespaces());
        Assert.Equal((1, 0), (ns.Workloads, ns.IngressIsolated));
    }

    [Theory]
    [InlineData("podSelector: {}\npolicyTypes: [Ingress, Egress]", "default deny", false)]
    [InlineData("podSelector: {}", "ingress default deny", true)]
    [InlineData("podSelector: {}\npolicyTypes: [Egress]", "egress default deny", true)]
    [InlineData("podSelector: {matchLabels: {app: db}}", "1 of 3 isolated for ingress", true)]
    [InlineData("podSelector: {matchExpressions: [{key: app, operator: Exists}]}", "3 of 3 isolated for ingress", true)] // A new pod may lack the label.
    public void A_default_deny_is_a_policy_that_also_selects_pods_to_come(string spec, string summary, bool isOpen)
    {
        var ns = Assert.Single(Report(Given.Cluster([.. Pods, Given.Policy(spec)])).Namespaces());
        Assert.Equal((summary, isOpen), (ns.Summary, ns.IsOpen));
    }

    [Fact]
    public void A_namespace_without_workloads_is_told_too()
    {
        var ns = Assert.Single(Report(Given.Cluster(Given.Namespace("empty"))).Namespaces());
        Assert.Equal(("empty", 0, "wide open"), (ns.Namespace, ns.Workloads, ns.Summary));
    }

    [Fact]
    public void Only_the_namespaces_asked_about_are_told()
    {
        var cluster = Given.Cluster(Given.Pod("shop/web"), Given.Pod("store/web"), Given.Pod("web"));
        Assert.Equal(["shop", "store"], new IsolationReport(cluster.Snapshot, cluster.Map, ["s*"]).Workloads()
            .Select(static isolation => isolation.End.Namespace));
        Assert.Equal(["shop"], new IsolationReport(cluster.Snapshot, cluster.Map, ["shop"]).Namespaces().Select(static ns => ns.Namespace));
    }

    /// <summary>What comes out is the same for both pods, and by which policies is not.</summary>
    [Theory]
    [InlineData("cilium.io/v2", "CiliumNetworkPolicy", "endpointSelector")]
    [InlineData("networking.k8s.io/v1", "NetworkPolicy", "podSelector")]
    public void Pods_that_come_out_alike_are_told_by_their_own_policies(string api, string kind, string selector)
    {
        string Denies(string app) => $$"""
            { apiVersion: {{api}}, kind: {{kind}}, metadata: { name: deny-{{app}}, namespace: default },
              spec: { {{selector}}: { matchLabels: { app: {{app}} } }, ingress: [{{(selector[0] == 'e' ? "{}" : "")}}] } }
            """;
        string[] above =
        [
            $$"""
            { apiVersion: {{api}}, kind: {{kind}}, metadata: { name: both, namespace: default }, spec: { {{selector}}: { }, ingress: [{ from{{(
                selector[0] == 'e' ? "Entities: [world]" : ": [{ ipBlock: { cidr: 0.0.0.0/0 } }]")}} }] } }
            """,
            """
            { apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: { name: nobody }, spec: { priority: 1,
              subject: { namespaces: { } }, ingress: [{ action: Deny, from: [{ namespaces: { } }] }] } }
            """,
        ];
        foreach (var policy in above)
        {
            var workloads = Report(Given.Cluster([.. Pods, policy, Denies("web"), Denies("api")])).Workloads().ToDictionary(static told => told.End.Name!);
            string[] OwnOf(string pod) =>
            [
                .. workloads[pod].Ingress.PolicyNames.Select(static name => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..])
                    .Where(static name => name.StartsWith("deny", StringComparison.Ordinal)),
            ];
            Assert.Equal(["deny-web"], OwnOf("web"));
            Assert.Equal(["deny-api"], OwnOf("api"));
            Assert.Empty(OwnOf("db"));
        }
    }

    private static WorkloadIsolation Of(string pod, params string[] policies) =>
        Assert.Single(Report(Given.Cluster([.. Pods, .. policies])).Workloads(), isolation => isolation.End.Name == pod);

    private static IsolationReport Report(Cluster cluster) => new(cluster.Snapshot, cluster.Map, []);

    private static void AssertLine(string expected, WorkloadIsolation isolation) => Assert.Equal(
        expected, $"{isolation.Ingress.State} {isolation.Ingress.Peers}, {isolation.Egress.State} {isolation.Egress.Peers}: {isolation.Summary}");
}
