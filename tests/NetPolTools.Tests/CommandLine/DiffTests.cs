using System.Text.Json;
using NetPolTools.Kubectl;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol diff</c>: what it prints where, and its exit codes.</summary>
public class DiffTests
{
    private static readonly string ThreeTier = Repository.Manifests("three-tier");
    private static readonly string ThreeTierNext = Repository.Manifests("three-tier-next");

    [Fact]
    public void Diff_of_the_same_says_so_and_exits_with_0()
    {
        var (code, output, error) = Netpol.Run(null, "diff", ThreeTier, ThreeTier);
        Assert.Equal((ExitCode.Answered, ""), (code, output));
        Assert.Contains("No difference", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_of_others_exits_with_4_and_names_the_policies()
    {
        var (code, output, _) = Netpol.Run(null, "diff", ThreeTier, ThreeTierNext);
        Assert.Equal(ExitCode.Differs, code);
        Assert.Matches("Closed +shop/api.Deployment. +shop/web.Deployment. +TCP 80 +None +~shop/web", output);
        Assert.Matches("Added +shop/cache", output);
    }

    [Fact]
    public void Bad_input_outweighs_a_difference()
    {
        var (code, output, error) = Netpol.Run(null, "diff", ThreeTier, Repository.Manifests("*"));
        Assert.Equal(ExitCode.AnsweredWithBadInput, code);
        Assert.Contains("Added", output, StringComparison.Ordinal);
        Assert.Contains("error:", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_against_nothing_is_not_answered() =>
        Assert.Equal(ExitCode.NotAnswered, Netpol.Run(null, "diff", ThreeTier, ThreeTier + "-missing").ExitCode);

    [Fact]
    public void A_side_that_holds_nobody_is_named()
    {
        var run = Netpol.Run(Given.Policy("podSelector: {}", "shop/p"), "diff", "-", ThreeTier);
        Assert.Equal((ExitCode.NotAnswered, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("error: REFERENCE holds no pod and no workload, only a NetworkPolicy", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("diff", "-", "-")]
    [InlineData("diff", "one")]
    [InlineData("reach", ".", "--port", "http")]
    public void Wrong_arguments_are_not_answered(params string[] arguments) => Assert.Equal(ExitCode.NotAnswered, Netpol.Run(null, arguments).ExitCode);

    private const string CidrGroup = """
        {apiVersion: cilium.io/v2, kind: CiliumCIDRGroup, metadata: {name: partners}, spec: {externalCIDRs: [203.0.113.0/24, 192.0.2.0/24]}}
        ---
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: db, namespace: data}
        spec: {endpointSelector: {matchLabels: {app: db}}, ingress: [{fromCIDRSet: [{cidrGroupRef: partners}]}]}
        """;

    /// <summary>A set of addresses that is another makes a policy mean something else whose text is the same.</summary>
    [Theory]
    [InlineData(SetsOfAddresses.NetworkSet, "203.0.113.0/24", "203.0.113.0/25", "~GlobalNetworkSet partners", "without 203.0.113.0/24, with 203.0.113.0/25")]
    [InlineData(SetsOfAddresses.NetworkSet, "role: partner}", "role: former}", "~GlobalNetworkSet partners", "label role=partner -> role=former")]
    [InlineData(SetsOfAddresses.NetworkSet, "role: other}", "role: partner}", "~GlobalNetworkSet other", "label role=other -> role=partner")]
    [InlineData(CidrGroup, "203.0.113.0/24, ", "", "~CiliumCIDRGroup partners", "without 203.0.113.0/24")]
    [InlineData(CidrGroup, "name: partners}", "name: former}", "-CiliumCIDRGroup partners", null)]
    [InlineData(SetsOfAddresses.NetworkSet, "spec: {selector: app == 'db', ", "spec: {order: 7, selector: app == 'db', ", "~CalicoNetworkPolicy data/db", null)]
    public void A_set_of_addresses_is_named_and_not_the_policy_that_names_it(string objects, string was, string becomes, string policy, string? details)
    {
        using var folder = new ManifestFolder();
        var before = folder.Write("before.yaml", SetsOfAddresses.Database + objects);
        var after = folder.Write("after.yaml", SetsOfAddresses.Database + objects.Replace(was, becomes, StringComparison.Ordinal));
        var json = Netpol.Run(null, "diff", before, after, "-o", "json").Json;
        var named = Assert.Single(json.GetProperty("policies").EnumerateArray());
        Assert.Equal(
            details is null ? [] : details.Split(", "),
            named.TryGetProperty("details", out var told) ? told.EnumerateArray().Select(static text => text.GetString()) : []);
        foreach (var change in json.GetProperty("changes").EnumerateArray())
        {
            Assert.Equal([policy], change.GetProperty("policies").EnumerateArray().Select(static text => text.GetString()));
            if (details is not null)
                Assert.Contains($"{policy[1..]}: {details}", change.GetProperty("notes").EnumerateArray().Select(static text => text.GetString()));
        }

        if (!becomes.StartsWith("spec", StringComparison.Ordinal))
            Assert.NotEmpty(json.GetProperty("changes").EnumerateArray());
    }

    [Fact]
    public void A_policy_that_changed_with_its_set_is_named_beside_it()
    {
        using var folder = new ManifestFolder();
        var before = folder.Write("before.yaml", SetsOfAddresses.Database + SetsOfAddresses.NetworkSet);
        var after = folder.Write("after.yaml", SetsOfAddresses.Database + SetsOfAddresses.NetworkSet
            .Replace("203.0.113.0/24", "203.0.113.0/25", StringComparison.Ordinal)
            .Replace("action: Allow,", "action: Allow, protocol: TCP,", StringComparison.Ordinal));
        var changes = Netpol.Run(null, "diff", before, after, "-o", "json").Json.GetProperty("changes").EnumerateArray().ToArray();
        Assert.NotEmpty(changes);
        Assert.All(changes, static change => Assert.Equal(["~GlobalNetworkSet partners", "~CalicoNetworkPolicy data/db"],
            change.GetProperty("policies").EnumerateArray().Select(static text => text.GetString())));
    }

    /// <summary>What is read once for both sides must be told of both.</summary>
    [Fact]
    public void A_mistake_is_told_of_both_files_that_hold_it()
    {
        using var folder = new ManifestFolder();
        var manifest = Given.Pod("web", "app: web") + "\n---\n" + Given.Policy("podSelector: {matchLabels: {app: web}}\ningres: []", "web");
        var (before, after) = (folder.Write("before.yaml", manifest), folder.Write("after.yaml", manifest));
        var run = Netpol.Run(null, "diff", before, after);
        Assert.Contains(run.ErrorLines, line => line.Contains("before.yaml", StringComparison.Ordinal));
        Assert.Contains(run.ErrorLines, line => line.Contains("after.yaml", StringComparison.Ordinal));
    }

    /// <summary>Without a mistake, the second of two equal files is not read: what the first one says of itself counts for both.</summary>
    [Theory]
    [InlineData("after.yaml", "")]
    [InlineData("after.yml", "")]
    [InlineData("after.yaml", "# another file\n")]
    public void Files_that_hold_the_same_make_no_difference(string name, string more)
    {
        using var folder = new ManifestFolder();
        var manifest = Given.Pod("web", "app: web") + "\n---\n" + Given.Policy("podSelector: {matchLabels: {app: web}}", "web") + "\n";
        var (code, output, error) = Netpol.Run(null, "diff", folder.Write("before.yaml", manifest), folder.Write(name, manifest + more));
        Assert.Equal((ExitCode.Answered, ""), (code, output));
        Assert.Contains("No difference", error, StringComparison.Ordinal);
    }

    /// <summary>The same bytes are something else where a file is said to be JSON.</summary>
    [Fact]
    public void A_file_with_another_extension_is_read_for_itself()
    {
        using var folder = new ManifestFolder();
        var manifest = Given.Pod("web", "app: web");
        var run = Netpol.Run(null, "diff", folder.Write("before.yaml", manifest), folder.Write("after.json", manifest));
        Assert.Equal(ExitCode.NotAnswered, run.ExitCode);
        Assert.Contains(run.ErrorLines, static line => line.Contains("after.json:1:1", StringComparison.Ordinal));
    }

    [Fact]
    public void Help_is_an_answer() => Assert.Equal(ExitCode.Answered, Netpol.Run(null, "diff", "--help").ExitCode);

    [Fact]
    public void Diff_in_Markdown_begins_with_the_counts()
    {
        var (_, output, _) = Netpol.Run(null, "diff", ThreeTier, ThreeTierNext, "-o", "markdown");
        Assert.StartsWith("### Network policies: 2 connections opened, 4 connections closed, 1 connection changed, 1 workload added\n", output,
            StringComparison.Ordinal);
        Assert.Contains("| shop/web[Deployment] | shop/api[Deployment] | TCP 5000 | TCP 5000,9090 | `~shop/api` |\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_in_JSON_and_CSV_holds_every_change()
    {
        var json = JsonDocument.Parse(Netpol.Run(null, "diff", ThreeTier, ThreeTierNext, "-o", "json").Output).RootElement;
        Assert.Equal(7, json.GetProperty("changes").GetArrayLength());
        Assert.Equal(1, json.GetProperty("ends").GetArrayLength());
        Assert.Equal(3, json.GetProperty("policies").GetArrayLength());
        var lines = Netpol.Run(null, "diff", ThreeTier, ThreeTierNext, "-o", "csv").Output.TrimEnd('\n').Split('\n');
        Assert.Equal(1 + 1 + 7, lines.Length);
        Assert.Equal("Added,shop,cache,Deployment,,,,,,,,,,,", lines[1]);
    }
}
