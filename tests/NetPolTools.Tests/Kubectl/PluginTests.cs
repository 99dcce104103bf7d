using System.Diagnostics;
using NetPolTools.Kubectl;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Kubectl;

/// <summary>The plugin as a process: what it prints where, and its exit codes.</summary>
public class PluginTests
{
    private static readonly string ThreeTier = Repository.Manifests("three-tier");
    private static readonly string ThreeTierNext = Repository.Manifests("three-tier-next");

    [Fact]
    public void Diff_of_the_same_says_so_and_exits_with_0()
    {
        var (code, output, error) = Run("diff", ThreeTier, ThreeTier);
        Assert.Equal((ExitCode.Answered, ""), (code, output));
        Assert.Contains("No difference", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_of_others_exits_with_4_and_names_the_policies()
    {
        var (code, output, _) = Run("diff", ThreeTier, ThreeTierNext);
        Assert.Equal(ExitCode.Differs, code);
        Assert.Matches("Closed +shop/api.Deployment. +shop/web.Deployment. +TCP 80 +None +~shop/web", output);
        Assert.Matches("Added +shop/cache", output);
    }

    [Fact]
    public void Bad_input_outweighs_a_difference()
    {
        var (code, output, error) = Run("diff", ThreeTier, Repository.Manifests("*"));
        Assert.Equal(ExitCode.AnsweredWithBadInput, code);
        Assert.Contains("Added", output, StringComparison.Ordinal);
        Assert.Contains("error:", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_against_nothing_is_not_answered() => Assert.Equal(ExitCode.NotAnswered, Run("diff", ThreeTier, ThreeTier + "-missing").Code);

    [Theory]
    [InlineData("diff", "-", "-")]
    [InlineData("diff", "one")]
    [InlineData("reach", ".", "--port", "http")]
    public void Wrong_arguments_are_not_answered(params string[] arguments) => Assert.Equal(ExitCode.NotAnswered, Run(arguments).Code);

    [Fact]
    public void Help_is_an_answer() => Assert.Equal(ExitCode.Answered, Run("diff", "--help").Code);

    [Fact]
    public void Diff_in_Markdown_begins_with_the_counts()
    {
        var (_, output, _) = Run("diff", ThreeTier, ThreeTierNext, "-o", "markdown");
        Assert.StartsWith("### Network policies: 2 connections opened, 4 connections closed, 1 connection changed, 1 workload added\n", output, StringComparison.Ordinal);
        Assert.Contains("| shop/web[Deployment] | shop/api[Deployment] | TCP 5000 | TCP 5000,9090 | `~shop/api` |\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_in_JSON_and_CSV_holds_every_change()
    {
        var json = System.Text.Json.JsonDocument.Parse(Run("diff", ThreeTier, ThreeTierNext, "-o", "json").Output).RootElement;
        Assert.Equal(7, json.GetProperty("changes").GetArrayLength());
        Assert.Equal(1, json.GetProperty("ends").GetArrayLength());
        Assert.Equal(3, json.GetProperty("policies").GetArrayLength());
        var lines = Run("diff", ThreeTier, ThreeTierNext, "-o", "csv").Output.TrimEnd('\n').Split('\n');
        Assert.Equal(1 + 1 + 7, lines.Length);
        Assert.Equal("Added,shop,cache,Deployment,,,,,,,,,,,", lines[1]);
    }

    [Fact]
    public void Isolation_has_a_line_for_each_workload()
    {
        var (code, output, _) = Run("isolation", ThreeTier);
        Assert.Equal(ExitCode.Answered, code);
        Assert.Matches("shop/db.Deployment. +1 workload +nothing +ingress isolated, egress denied +db default-deny-ingress", output);
    }

    [Fact]
    public void Isolation_by_namespace_tells_default_denies() =>
        Assert.Contains("shop,3,0,3,1,true,default-deny-ingress,false,,", Run("isolation", ThreeTier, "--by", "namespace", "-o", "csv").Output, StringComparison.Ordinal);

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(ExitCode).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
