using NetPolTools.Kubectl;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol test</c>: one question, answered by the exit code.</summary>
public class TestTests
{
    [Theory]
    [InlineData("shop/api", "shop/db", "3306", ExitCode.Answered, "shop/api may reach shop/db: TCP 3306\n")]
    [InlineData("shop/web", "shop/db", "3306", ExitCode.NotReachable, "shop/web may not reach shop/db\n")]
    [InlineData("shop/*", "db", "3306", ExitCode.Answered, "shop/* may reach db: TCP 3306\n")]
    [InlineData("203.0.113.7", "web", "80", ExitCode.Answered, "203.0.113.7 may reach web: TCP 80\n")]
    [InlineData("nobody", "shop/db", "80", ExitCode.NotAnswered, "")]
    [InlineData("*", "shop/db", "80", ExitCode.NotAnswered, "")]
    public void It_says_whether_one_may_reach_the_other(string from, string to, string port, int code, string output)
    {
        var tested = Netpol.Run(null, "test", Netpol.ThreeTier, "--from", from, "--to", to, "--port", port, "--protocol", "tcp");
        Assert.Equal((code, output), (tested.ExitCode, tested.Output));
    }

    [Fact]
    public void A_name_that_matches_several_workloads_is_told_with_them()
    {
        var tested = Netpol.Run(null, "test", Netpol.ThreeTier, "--from", "*b", "--to", "api");
        Assert.Equal(ExitCode.NotAnswered, tested.ExitCode);
        Assert.Contains("Deployment shop/db, Deployment shop/web", tested.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--from", "web")]
    [InlineData("--from", "web", "--from", "api", "--to", "db")]
    public void It_needs_one_source_and_one_destination(params string[] ends) =>
        Assert.Equal(ExitCode.NotAnswered, Netpol.Run(null, ["test", Netpol.ThreeTier, .. ends]).ExitCode);

    [Theory]
    [InlineData("shop", "web", "api", ExitCode.Answered)]
    [InlineData("dev", "web", "shop/api", ExitCode.NotReachable)]
    [InlineData("shop", "app=web", "deploy/api", ExitCode.Answered)]
    [InlineData("dev", "web", "api", ExitCode.NotAnswered)]
    [InlineData(null, "web", "api", ExitCode.NotAnswered)]
    public void Names_without_a_namespace_are_looked_for_where_the_question_stands(string? ns, string from, string to, int code)
    {
        string[] namespaces = ns is null ? [] : ["-n", ns];
        var tested = Netpol.Run(
            Support.Given.Pod("dev/web", "app: web"), ["test", Netpol.ThreeTier, "-", "--from", from, "--to", to, "--port", "5000", .. namespaces]);
        Assert.Equal(code, tested.ExitCode);
    }

    [Fact]
    public void A_namespace_that_nothing_is_in_is_an_error()
    {
        var tested = Netpol.Run(null, "test", Netpol.ThreeTier, "--from", "web", "--to", "api", "-n", "shopp");
        Assert.Equal((ExitCode.NotAnswered, "", "error: There is no namespace shopp in the input. Did you mean shop?\n"),
            (tested.ExitCode, tested.Output, tested.Errors));
    }

    [Fact]
    public void It_tells_the_reasons_when_asked() => Assert.Contains(
        "would match if the pod had tier=backend", Netpol.Run(null, "test", Netpol.ThreeTier, "--from", "web", "--to", "db", "--explain").Output,
            StringComparison.Ordinal);

    [Fact]
    public void Bad_input_outweighs_the_answer()
    {
        var broken = Support.Repository.Example("broken", "both-selectors-as-lists.yaml");
        Assert.Equal(ExitCode.AnsweredWithBadInput, Netpol.Run(null, "test", Netpol.ThreeTier, broken, "--from", "web", "--to", "db").ExitCode);
    }
}
