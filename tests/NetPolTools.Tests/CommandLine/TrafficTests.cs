using NetPolTools.Kubectl;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol traffic</c>.</summary>
public sealed class TrafficTests
{
    private const string ClosedDb = """
        {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: db, namespace: shop}, spec: {podSelector: {matchLabels: {tier: database}}}}
        """;

    private static string Flows => Path.Combine(Repository.Root, "tests", "flows", "hubble.jsonl");

    /// <summary>Where there is no cluster, what its flows are of is not there either; that would be told of each of them.</summary>
    [Theory]
    [InlineData("traffic")]
    [InlineData("check", "--intents")]
    [InlineData("check", "--init", "--intents")]
    public void An_input_that_cannot_be_read_is_all_that_is_told(string command, params string[] options)
    {
        using var folder = new ManifestFolder();
        string[] intents = options.Length > 0 ? [folder.Write("intents.yaml", "intents: [web -> api]")] : [];
        var none = Path.Combine(folder.Path, "none.yaml");
        var run = Netpol.Run(null, [command, none, "--flows", Flows, .. options, .. intents]);
        Assert.Equal((ExitCode.NotAnswered, ""), (run.ExitCode, run.Output));
        Assert.Contains(none, Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_stays_as_it_is_is_counted_and_told_with_all()
    {
        var (code, output, errors) = Netpol.Run(null, "traffic", Netpol.ThreeTier, "--flows", Flows);
        Assert.Equal(0, code);
        Assert.Equal("Of 4 seen connections, 0 would break, 0 cannot be told, 0 would open, and 4 stay as they are.\n", output);
        Assert.Contains("1 of replies, 1 of other protocols than TCP, UDP and SCTP, 1 from a pod's own node", errors, StringComparison.Ordinal);
        var all = Netpol.Run(null, "traffic", Netpol.ThreeTier, "--flows", Flows, "--all").Output;
        Assert.Contains("stays         shop/web[Deployment]  shop/api[Deployment]  TCP 5000\n", all, StringComparison.Ordinal);
        Assert.Contains("stays denied  shop/web[Deployment]  shop/db[Deployment]   TCP 3306\n", all, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_that_breaks_traffic_is_told_with_the_policies_that_do_it_and_an_exit_code()
    {
        using var folder = new ManifestFolder();
        var change = folder.Write("db.yaml", ClosedDb);
        var run = Netpol.Run(null, "traffic", Netpol.ThreeTier, "--flows", Flows, "--change", change, "--apply");
        Assert.True(run.ExitCode == 3, run.ToString());
        Assert.StartsWith("OUTCOME  SOURCE                DESTINATION          PORTS\nbreaks   shop/api[Deployment]  shop/db[Deployment]  TCP 3306\n",
            run.Output, StringComparison.Ordinal);
        Assert.Contains($"ingress: shop/db ({change}:1:1) isolates shop/db, and no rule allows it", run.Output, StringComparison.Ordinal);
        var flow = Assert.Single(Netpol.Run(null, "traffic", Netpol.ThreeTier, "--flows", Flows, "--change", change, "--apply", "-o", "json").Json
            .GetProperty("flows").EnumerateArray());
        Assert.Equal(("Breaks", "Allowed", "Denied"), (Text("outcome"), Text("before"), Text("after")));

        string? Text(string name) => flow.GetProperty(name).GetString();
    }

    [Fact]
    public void What_was_denied_and_is_allowed_opens()
    {
        using var folder = new ManifestFolder();
        var change = folder.Write("db.yaml", ClosedDb.Replace("}}}}", "}}, ingress: [{}]}}", StringComparison.Ordinal));
        var (code, output, _) = Netpol.Run(null, "traffic", Netpol.ThreeTier, "--flows", Flows, "--change", change, "--apply", "-o", "csv");
        Assert.Equal(0, code);
        Assert.Contains("Opens,shop,web,Deployment,shop,db,Deployment,TCP 3306,true,Denied,Allowed,,\n", output, StringComparison.Ordinal);
    }

    /// <summary>A rule of a tier that denies is told with its tier and its place.</summary>
    [Fact]
    public void A_rule_of_a_tier_is_named_with_its_tier()
    {
        using var folder = new ManifestFolder();
        var change = folder.Write("cluster.yaml", """
            apiVersion: policy.networking.k8s.io/v1alpha2
            kind: ClusterNetworkPolicy
            metadata: {name: no-db}
            spec:
              tier: Admin
              priority: 1
              subject: {namespaces: {}}
              egress: [{action: Deny, to: [{namespaces: {}}]}]
            """);
        var run = Netpol.Run(null, "traffic", Netpol.ThreeTier, "--flows", Flows, "--change", change, "--apply");
        Assert.Contains("egress: Admin tier: ClusterNetworkPolicy no-db spec.egress[0] ", run.Output, StringComparison.Ordinal);
        Assert.Equal(3, run.ExitCode);
    }

    [Fact]
    public void Allowed_connections_that_nobody_was_seen_to_use_are_listed()
    {
        var (code, output, _) = Netpol.Run(null, "traffic", Netpol.ThreeTier, "--flows", Flows, "--unused", "-o", "csv");
        Assert.Equal(0, code);
        Assert.Contains("shop,api,Deployment,shop,web,Deployment,TCP 80,Allowed,\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("shop,web,Deployment,shop,api,Deployment", output, StringComparison.Ordinal);
        Assert.DoesNotContain("shop,api,Deployment,shop,db,Deployment", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_of_pods_that_are_not_there_are_told_and_counted()
    {
        using var folder = new ManifestFolder();
        var flows = folder.Write("flows.jsonl", File.ReadAllText(Flows) + """
            {"source":{"namespace":"shop","name":"gone","kind":"Deployment"},"destination":{"namespace":"shop","name":"db","kind":"Deployment"},"ports":"TCP 1"}
            """);
        var (code, _, errors) = Netpol.Run(null, "traffic", Netpol.ThreeTier, "--flows", flows);
        Assert.Equal(1, code);
        Assert.Contains("The snapshot holds no shop/gone[Deployment]", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Traffic_of_what_the_change_takes_away_is_told_and_counted()
    {
        using var folder = new ManifestFolder();
        var next = folder.Write("next.yaml",
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {selector: {matchLabels: {a: b}}, "
                + "template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c}]}}}}");
        var errors = Netpol.Run(null, "traffic", Netpol.ThreeTier, "--flows", Flows, "--change", next).Errors;
        Assert.Contains("Of 4 seen connections, 3 have an end that --change does not hold, and nothing is said of them: shop/api[Deployment], ",
            errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--flows", "/nowhere/flows.jsonl")]
    [InlineData("--flows", "-")]
    [InlineData("--flows", "-", "--change", "-")]
    [InlineData("--flows", "-", "--apply")]
    [InlineData("--flows", "-", "--unused", "--all")]
    public void What_has_no_answer_is_refused(params string[] arguments)
    {
        var (code, output, errors) = Netpol.Run(null, ["traffic", Netpol.ThreeTier, .. arguments]);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.NotEmpty(errors);
    }
}
