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
