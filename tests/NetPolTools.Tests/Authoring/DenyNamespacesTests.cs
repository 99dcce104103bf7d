using NetPolTools.Authoring.Denying;
using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Authoring;

public sealed class DenyNamespacesTests
{
    private static readonly Cluster Several = Given.Cluster(
        Given.Namespace("shop"), Given.Namespace("shop-test"), Given.Namespace("kube-system"), Given.Namespace("openshift-dns"),
            Given.Namespace("calico-system"));

    [Theory]
    [InlineData("", "shop,shop-test")]
    [InlineData("*", "shop,shop-test")]
    [InlineData("shop*", "shop,shop-test")]
    [InlineData("shop-????", "shop-test")]
    [InlineData("kube-system", "kube-system")]
    [InlineData("shop,kube-system,shop", "kube-system,shop")]
    public void System_namespaces_are_left_out_unless_named(string patterns, string expected)
    {
        Assert.Equal(expected, Pick(patterns, out var problems));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("kube-*", "name those in full")]
    [InlineData("x*", "matches no namespace")]
    public void A_wildcard_that_picks_nothing_is_an_error(string pattern, string words)
    {
        Assert.Equal("", Pick(pattern, out var problems));
        var (named, problem) = Assert.Single(problems);
        Assert.Equal(pattern, named);
        Assert.Equal((DiagnosticId.NoMatch, DiagnosticSeverity.Error), (problem.Id, problem.Severity));
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_the_input_does_not_know_is_taken_and_warned_of()
    {
        Assert.Equal("shpo", Pick("shpo", out var problems));
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(problems).Problem.Severity);
        Assert.Equal("There is no namespace shpo in the input. Did you mean shop?", problems[0].Problem.Message);
    }

    [Fact]
    public void Out_of_a_list_system_namespaces_are_left_out_with_a_warning()
    {
        Assert.Equal(["shop"], DenyNamespaces.Pick([], ["kube-system", "shop"], Several.Snapshot, out var problems));
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(problems).Problem.Severity);
        Assert.Equal(["kube-system"], DenyNamespaces.Pick(["kube-system"], ["kube-system"], Several.Snapshot, out problems));
        Assert.Empty(problems);
        Assert.Empty(DenyNamespaces.Pick([], ["kube-system"], Several.Snapshot, out _));
    }

    [Fact]
    public void Nothing_named_and_no_input_is_an_error()
    {
        Assert.Empty(DenyNamespaces.Pick([], [], Given.Cluster().Snapshot, out var problems));
        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(problems).Problem.Severity);
    }

    private static string Pick(string patterns, out IReadOnlyList<(string? Pattern, Diagnostic Problem)> problems) =>
        string.Join(',', DenyNamespaces.Pick(patterns.Split(',', StringSplitOptions.RemoveEmptyEntries), [], Several.Snapshot, out problems));
}
