using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>0: answered. 1: answered, and something of the input took no part. 2: not answered. Data on standard output, the rest on standard error.</summary>
public class ExitCodeTests
{
    [Fact]
    public void A_broken_policy_beside_good_ones_makes_1_and_the_answer_is_there()
    {
        var file = Repository.Example("broken", "dedented-labels.yaml");
        var run = Netpol.Reach(file, Netpol.ThreeTier, "-o", "csv");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"{file}:8:8: error: NetworkPolicy default/db-policy: spec.podSelector.role: ", Assert.Single(run.ErrorLines),
            StringComparison.Ordinal);
        Assert.StartsWith("SourceNamespace,", run.OutputLines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("error", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_syntax_error_alone_makes_2_and_is_shown_with_its_place()
    {
        var file = Repository.Example("broken", "port-under-protocol.yaml");
        var run = Netpol.Reach(file);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"{file}:12:17: error: ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_makes_0()
    {
        var run = Netpol.ReachWithInput(Given.Documents(Given.Pod("web"), Given.Pod("web")), "-");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("<stdin>:8:1: warning: Pod default/web: ", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--from", "wbe")]
    [InlineData("--to", "lab/web")]
    [InlineData("--from", "statefulset/web")]
    public void A_name_that_matches_nothing_makes_2_and_is_named(string option, string name)
    {
        var run = Netpol.Reach(Netpol.ThreeTier, option, name);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"error: {option} {name} matches nothing in the input", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reach", "--from")]
    [InlineData("diff", "--to")]
    public void An_answer_to_a_part_of_the_question_is_none(string question, string option)
    {
        string[] paths = question == "diff" ? [Netpol.ThreeTier, Netpol.ThreeTier] : [Netpol.ThreeTier];
        var run = Netpol.Run(null, [question, .. paths, option, "web", option, "wbe"]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"error: {option} wbe matches nothing in the input", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void JSON_is_whole_even_where_there_is_no_answer()
    {
        var run = Netpol.Reach(Netpol.ThreeTier, "--from", "wbe", "-o", "json");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(0, run.Json.GetProperty("connections").GetArrayLength());
        Assert.Equal("NoMatch", Assert.Single(run.Json.GetProperty("diagnostics").EnumerateArray()).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("nowhere.yaml", "no such file or folder")]
    [InlineData("*.nothing", "Nothing matches this wildcard")]
    public void A_path_that_leads_nowhere_makes_2(string path, string words)
    {
        var run = Netpol.Reach(path);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(words, Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_leads_nowhere_beside_a_good_one_makes_1() =>
        Assert.Equal(1, Netpol.Reach("nowhere.yaml", Netpol.ThreeTier).ExitCode);

    [Fact]
    public void An_input_that_holds_no_pod_workload_or_policy_makes_2() =>
        Assert.Equal(2, Netpol.ReachWithInput("apiVersion: v1\nkind: Secret\nmetadata: {name: s}", "-").ExitCode);

    [Theory]
    [InlineData("'0' is not a port", "--port", "0")]
    [InlineData("'90-80' is not a port", "--port", "90-80")]
    [InlineData("'http' is the name of a port, and only ports of Services", "--port", "http")]
    [InlineData("'GRE' is not a protocol", "--protocol", "GRE")]
    [InlineData("'6' is not a protocol", "--protocol", "6")]
    [InlineData("There is no option '--frm'", "--frm", "web")]
    [InlineData("There is no option '-x'", "-x")]
    public void Wrong_arguments_make_2_and_say_what_would_be_right(string words, params string[] arguments)
    {
        var run = Netpol.Reach([Netpol.ThreeTier, .. arguments]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains(words, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void No_path_at_all_makes_2() => Assert.Equal(2, Netpol.Reach().ExitCode);
}
