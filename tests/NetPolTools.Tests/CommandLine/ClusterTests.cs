using NetPolTools.Kubectl;
using NetPolTools.Tests.Live;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol … --context</c>: a cluster instead of manifests.</summary>
public sealed class ClusterTests
{
    private static readonly string ThreeTierNext = Repository.Manifests("three-tier-next");

    [UnixTheory]
    [InlineData("reach")]
    [InlineData("isolation")]
    [InlineData("test", "--from", "shop/api", "--to", "shop/db")]
    [InlineData("deny", "shop", "--allow-dns")]
    public void A_cluster_answers_as_its_manifests_do(params string[] question)
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        string[] file = question[0] == "deny" ? ["-f", Repository.Manifests("three-tier.json")] : [Repository.Manifests("three-tier.json")];
        var expected = Netpol.Run(null, [.. question, .. file]);
        var live = Netpol.RunWithKubectl(kubectl.Folder, [.. question, "--context", "prod", "--kubeconfig", "/tmp/config"]);
        Assert.Equal((expected.ExitCode, expected.Output), (live.ExitCode, live.Output));
        Assert.All(kubectl.Calls, static call => Assert.EndsWith(" --context=prod --kubeconfig=/tmp/config", call, StringComparison.Ordinal));
    }

    [UnixFact]
    public void Diff_applies_manifests_to_a_cluster()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        var expected = Netpol.Run(null, "diff", Repository.Manifests("three-tier.json"), ThreeTierNext, "--apply");
        var live = Netpol.RunWithKubectl(kubectl.Folder, "diff", "--context", "prod", ThreeTierNext);
        Assert.Equal(ExitCode.Differs, live.ExitCode);
        Assert.Equal(expected.Output, live.Output);
        var replaced = Netpol.RunWithKubectl(kubectl.Folder, "diff", "--context", "prod", ThreeTierNext, "--apply=false");
        Assert.Equal(Netpol.Run(null, "diff", Repository.Manifests("three-tier.json"), ThreeTierNext).Output, replaced.Output);
    }

    [UnixFact]
    public void The_namespace_of_a_cluster_is_the_one_to_tell_of()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        Assert.NotEmpty(Netpol.RunWithKubectl(kubectl.Folder, "reach", "--context", "prod", "-n", "shop").Output);
        Assert.Empty(Netpol.RunWithKubectl(kubectl.Folder, "reach", "--context", "prod", "-n", "other").Output);
    }

    [UnixTheory]
    [InlineData("reach")]
    [InlineData("deny", "shop")]
    [InlineData("diff", "-")]
    [InlineData("cni")]
    public void A_cluster_that_cannot_be_read_is_no_answer(params string[] question)
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Fail("/apis", "error: context \"prod\" does not exist\n");
        var run = Netpol.RunWithKubectl(kubectl.Folder, [.. question, "--context", "prod"]);
        Assert.Equal(ExitCode.NotAnswered, run.ExitCode);
        Assert.Equal("context prod: error: kubectl says: error: context \"prod\" does not exist", run.ErrorLines[0]);
        Assert.DoesNotContain("kind:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("needs a PATH or --context", "reach")]
    [InlineData("not both", "reach", ".", "--context", "prod")]
    [InlineData("--kubeconfig needs --context", "reach", ".", "--kubeconfig", "x")]
    [InlineData("one path", "diff", "a", "b", "--context", "prod")]
    [InlineData("two inputs", "diff", "a")]
    [InlineData("not both", "deny", "-f", "a", "--context", "prod")]
    public void What_is_asked_about_is_named_once(string expected, params string[] arguments)
    {
        var run = Netpol.Run(null, arguments);
        Assert.Equal(ExitCode.NotAnswered, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
    }
}
