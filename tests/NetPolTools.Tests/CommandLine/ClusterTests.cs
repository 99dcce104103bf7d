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
        var live = Netpol.RunWithKubectl(kubectl.Program, [.. question, "--context", "prod", "--kubeconfig", "/tmp/config"]);
        Assert.Equal((expected.ExitCode, expected.Output), (live.ExitCode, live.Output));
        Assert.All(kubectl.Calls, static call => Assert.EndsWith(" --context=prod --kubeconfig=/tmp/config", call, StringComparison.Ordinal));
    }

    [UnixFact]
    public void Diff_applies_manifests_to_a_cluster()
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        var expected = Netpol.Run(null, "diff", Repository.Manifests("three-tier.json"), ThreeTierNext, "--apply");
        var live = Netpol.RunWithKubectl(kubectl.Program, "diff", "--context", "prod", ThreeTierNext);
        Assert.Equal(ExitCode.Differs, live.ExitCode);
        Assert.Equal(expected.Output, live.Output);
        var replaced = Netpol.RunWithKubectl(kubectl.Program, "diff", "--context", "prod", ThreeTierNext, "--apply=false");
        Assert.Equal(Netpol.Run(null, "diff", Repository.Manifests("three-tier.json"), ThreeTierNext).Output, replaced.Output);
    }

    [UnixTheory]
    [InlineData("table", "Closed  shop/api[Deployment]  shop/db[Deployment]   TCP 3306  None")]
    [InlineData("csv", "Closed,shop,api,Deployment,shop,db,Deployment,TCP 3306,None,None,TCP 3306,Kept,Kept,-shop/db,")]
    [InlineData("json", """{"change":"Closed","source":{"namespace":"shop","name":"api","kind":"Deployment"}""")]
    public void Watching_prints_what_changes_until_the_cluster_may_no_longer_be_read(string format, string line)
    {
        using var kubectl = WatchedFor("sleep 3; echo 'Error from server (Forbidden): networkpolicies is forbidden' >&2; exit 1");
        var run = Netpol.RunWithKubectl(kubectl.Program, "reach", "--context", "prod", "--watch", "-o", format);
        Assert.Equal(ExitCode.NotAnswered, run.ExitCode);
        Assert.Contains(run.OutputLines, printed => printed.StartsWith(line, StringComparison.Ordinal));
        Assert.Contains("Watching context prod; Ctrl+C ends it.", run.ErrorLines);
        Assert.Contains(run.ErrorLines, static error => error.Contains("error: You may not watch networkpolicies.networking.k8s.io", StringComparison.Ordinal));
    }

    [UnixTheory]
    [InlineData("warning: --from nobody matches nothing", "--from", "nobody")]
    [InlineData("warning: There is no namespace nowhere", "-n", "nowhere")]
    [InlineData("error: 'http' is the name of a port", "--port", "http")]
    public void Watching_says_what_the_plain_question_says(string told, params string[] arguments)
    {
        using var kubectl = WatchedFor("sleep 1; echo 'Error from server (Forbidden): networkpolicies is forbidden' >&2; exit 1");
        var run = Netpol.RunWithKubectl(kubectl.Program, ["reach", "--context", "prod", "--watch", .. arguments]);
        Assert.Equal(ExitCode.NotAnswered, run.ExitCode);
        Assert.Single(run.ErrorLines, line => line.StartsWith(told, StringComparison.Ordinal));
    }

    [Fact]
    public void Watching_needs_a_cluster_and_tells_of_changes_alone()
    {
        Assert.Contains("--watch follows a cluster: it needs --context.", Netpol.Reach(Netpol.ThreeTier, "--watch").ErrorLines);
        var run = Netpol.Reach("--context", "prod", "--watch", "--denied");
        Assert.Equal(ExitCode.NotAnswered, run.ExitCode);
        Assert.Contains(run.ErrorLines, static error => error.Contains("--denied and --explain have no place there", StringComparison.Ordinal));
    }

    [UnixTheory]
    [InlineData("reach")]
    [InlineData("isolation")]
    [InlineData("test", "--from", "api", "--to", "db")]
    [InlineData("diff", "-")]
    public void A_namespace_that_the_cluster_does_not_have_is_an_error(params string[] question)
    {
        using var kubectl = FakeKubectl.ServingThreeTier();
        string[] live = [.. question.Select(static word => word == "-" ? ThreeTierNext : word), "--context", "prod"];
        Assert.NotEmpty(Netpol.RunWithKubectl(kubectl.Program, [.. live, "-n", "shop"]).Output);
        var run = Netpol.RunWithKubectl(kubectl.Program, [.. live, "-n", "other"]);
        Assert.Equal((ExitCode.NotAnswered, ""), (run.ExitCode, run.Output));
        Assert.Contains("error: There is no namespace other in the input.", run.ErrorLines);
    }

    [UnixFact]
    public void A_cluster_without_pods_is_an_error_though_something_else_is_said_of_it()
    {
        using var kubectl = FakeKubectl.ServingNamespaces("default", "kube-system");
        kubectl.Forbid("/api/v1/nodes", "nodes");
        var run = Netpol.RunWithKubectl(kubectl.Program, "reach", "--context", "prod");
        Assert.Equal(ExitCode.NotAnswered, run.ExitCode);
        Assert.Contains(run.ErrorLines, static error => error.StartsWith("error: The input holds no pod and no workload", StringComparison.Ordinal));
    }

    [UnixFact]
    public void Deny_closes_all_namespaces_of_a_cluster_but_those_of_the_system()
    {
        using var kubectl = FakeKubectl.ServingNamespaces("default", "kube-system", "shop");
        var run = Netpol.RunWithKubectl(kubectl.Program, "deny", "--context", "prod", "--direction", "ingress");
        Assert.Equal((ExitCode.Answered, ""), (run.ExitCode, run.Errors));
        Assert.Equal(["default", "shop"], Cluster.Of(run.Output).Snapshot.NetworkPolicies.Select(static policy => policy.Metadata.Namespace));
        var narrowed = Netpol.RunWithKubectl(kubectl.Program, "deny", "--context", "prod", "--direction", "ingress", "-n", "shop");
        Assert.Equal(Netpol.RunWithKubectl(kubectl.Program, "deny", "shop", "--context", "prod", "--direction", "ingress").Output, narrowed.Output);
        Assert.Single(Cluster.Of(narrowed.Output).Snapshot.NetworkPolicies);
    }

    [UnixTheory]
    [InlineData("No namespace is named, and the input holds none but system namespaces.", "kube-system", "kube-public")]
    [InlineData("No namespace is named, and the input holds none.")]
    public void Deny_of_a_cluster_that_has_nothing_to_close_is_an_error(string expected, params string[] namespaces)
    {
        using var kubectl = FakeKubectl.ServingNamespaces(namespaces);
        var run = Netpol.RunWithKubectl(kubectl.Program, "deny", "--context", "prod");
        Assert.Equal((ExitCode.NotAnswered, ""), (run.ExitCode, run.Output));
        Assert.Contains("error: " + expected, run.ErrorLines);
    }

    [UnixFact]
    public void Nothing_is_simulated_on_a_cluster_without_pods()
    {
        using var kubectl = FakeKubectl.ServingNamespaces("default");
        var run = Netpol.RunWithKubectl(kubectl.Program, "deny", "--context", "prod", "--simulate");
        Assert.Equal((ExitCode.NotAnswered, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("error: There is nothing to simulate against", run.Errors, StringComparison.Ordinal);
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
        var run = Netpol.RunWithKubectl(kubectl.Program, [.. question, "--context", "prod"]);
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
    [InlineData("not both", "deny", "shop", "-n", "shop")]
    [InlineData("'sh*' is not the name of a namespace", "reach", ".", "-n", "sh*")]
    public void What_is_asked_about_is_named_once(string expected, params string[] arguments)
    {
        var run = Netpol.Run(null, arguments);
        Assert.Equal(ExitCode.NotAnswered, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
    }

    /// <summary>The three-tier application, of which the database's policy is deleted as soon as it is watched.</summary>
    /// <param name="then">What the kubectl that watches policies does then.</param>
    internal static FakeKubectl WatchedFor(string then)
    {
        const string Policies = "/apis/networking.k8s.io/v1/networkpolicies";
        var kubectl = FakeKubectl.ServingThreeTier();
        kubectl.Run(FakeKubectl.Changes(Policies), $$"""
            echo '{"type":"DELETED","object":{"kind":"NetworkPolicy","apiVersion":"networking.k8s.io/v1","metadata":{"namespace":"shop","name":"db"},"spec":{} } }'
            {{then}}
            """);
        return kubectl;
    }

    [Theory]
    [InlineData("with --context there are none", "reach", "--context", "prod", "--include", "*.yaml")]
    [InlineData("with --context there are none", "isolation", "--context", "prod", "--exclude", "*.yaml")]
    [InlineData("with --context there are none", "test", "--context", "prod", "--exclude", "*.yaml", "--from", "a", "--to", "b")]
    [InlineData("none is given", "deny", "shop", "--include", "*.yaml")]
    [InlineData("--timeout is for a cluster", "reach", ".", "--timeout", "3")]
    [InlineData("--timeout is for a cluster", "diff", ".", ".", "--timeout", "3")]
    [InlineData("--kubeconfig needs --context", "cni", ".", "--kubeconfig", "x")]
    public void An_option_that_would_change_nothing_is_refused(string expected, params string[] arguments)
    {
        var run = Netpol.Run(null, arguments);
        Assert.Equal((ExitCode.NotAnswered, ""), (run.ExitCode, run.Output));
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
    }
}
