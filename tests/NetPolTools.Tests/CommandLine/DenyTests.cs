using NetPolTools.Kubectl;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol deny</c>: what it writes, and its exit codes.</summary>
public class DenyTests
{
    [Fact]
    public void Deny_writes_policies_that_read_back()
    {
        var run = Netpol.Run(null, "deny", "shop", "--allow-dns", "--allow-same-namespace");
        Assert.Equal((ExitCode.Answered, ""), (run.ExitCode, run.Errors));
        var policies = Cluster.Of(run.Output);
        Assert.Empty(policies.Diagnostics);
        Assert.Equal(["default-deny", "allow-dns", "allow-same-namespace"], policies.Snapshot.NetworkPolicies.Select(static policy => policy.Name));
    }

    [Fact]
    public void Every_option_finds_its_way_into_a_policy()
    {
        var run = Netpol.Run(
            null, "deny", "shop", "--name", "strict", "-l", "app=web", "--single-policy", "--dns-provider", "NodeLocal", "--dns-address", "192.0.2.53",
            "--ingress-controller-namespace", "edge", "--ingress-controller-selector", "app=proxy", "--ingress-controller-port", "8080",
            "--monitoring-namespace", "metrics", "--monitoring-selector", "app=prom", "--monitoring-port", "9090-9099",
            "--api-server-address", "192.0.2.10", "--api-server-port", "7443");
        Assert.Equal((ExitCode.Answered, ""), (run.ExitCode, run.Errors));
        var policy = Assert.Single(Cluster.Of(run.Output).Snapshot.NetworkPolicies);
        Assert.Equal(("strict", "app=web"), (policy.Name, policy.PodSelector.ToString()));
        Assert.All(
            ["169.254.20.10/32", "192.0.2.53/32", "192.0.2.10/32", "port: 7443", "edge", "app: proxy", "port: 8080", "metrics", "app: prom", "endPort: 9099"],
            text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--direction", "ingress", "--allow-dns")]
    [InlineData("--direction", "ingress", "--dns-address", "192.0.2.1")]
    [InlineData("--direction", "ingress", "--api-server-port", "443")]
    [InlineData("--direction", "egress", "--allow-monitoring")]
    [InlineData("--direction", "egress", "--ingress-controller-port", "80")]
    [InlineData("--as", "ClusterNetworkPolicy", "--single-policy")]
    public void What_would_change_nothing_beside_another_option_is_refused(params string[] options)
    {
        var run = Netpol.Run(null, ["deny", "shop", .. options]);
        Assert.Equal((ExitCode.NotAnswered, ""), (run.ExitCode, run.Output));
        Assert.Matches("^error: (Egress|Ingress) stays open, so there is nothing|^error: A ClusterNetworkPolicy is a single policy", run.Errors);
    }

    [Theory]
    [InlineData("ClusterNetworkPolicy", "default-deny")]
    [InlineData("BaselineAdminNetworkPolicy", "default")]
    public void One_policy_of_the_baseline_tier_closes_the_whole_cluster(string kind, string name)
    {
        var run = Netpol.Run(null, "deny", "-f", Netpol.ThreeTier, "--as", kind, "--allow-dns", "--direction", "egress");
        Assert.Equal(ExitCode.Answered, run.ExitCode);
        Assert.Contains($"Few network plugins enforce a {kind}", run.Errors, StringComparison.Ordinal);
        var written = Cluster.Of(run.Output);
        Assert.Empty(written.Errors);
        Assert.Equal($"{kind} {name}", Assert.Single(written.Snapshot.PolicyObjects).ToString());

        var simulated = Netpol.Run(null, "deny", "-f", Netpol.ThreeTier, "--as", kind, "--allow-dns", "--simulate");
        Assert.Equal(ExitCode.Differs, simulated.ExitCode);
        Assert.Contains($"+{kind} {name}", simulated.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--priority", "5")]
    [InlineData("--as", "ClusterNetworkPolicy", "--priority", "1001")]
    [InlineData("--as", "BaselineAdminNetworkPolicy", "--priority", "5")]
    public void A_priority_is_that_of_a_ClusterNetworkPolicy(params string[] options)
    {
        var run = Netpol.Run(null, ["deny", "shop", .. options]);
        Assert.Equal(ExitCode.NotAnswered, run.ExitCode);
        Assert.Contains("--priority is a number, 0-1000, and goes with --as ClusterNetworkPolicy.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_writes_may_be_piped_into_a_comparison_with_the_cluster()
    {
        var run = Netpol.Run(Netpol.Run(null, "deny", "shop", "--allow-dns").Output, "diff", Netpol.ThreeTier, "-", "--apply");
        Assert.Equal((ExitCode.Differs, ""), (run.ExitCode, run.Errors));
        Assert.Matches("Closed +shop/web.Deployment. +anywhere outside +All +None +.*shop/default-deny", run.Output);
    }

    [Fact]
    public void Policies_alone_are_compared_as_applied_with_a_warning()
    {
        var policies = Netpol.Run(null, "deny", "shop", "--allow-dns").Output;
        var run = Netpol.Run(policies, "diff", Netpol.ThreeTier, "-");
        Assert.Equal(Netpol.Run(policies, "diff", Netpol.ThreeTier, "-", "--apply").Output, run.Output);
        Assert.StartsWith("warning: The second input holds policies", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Simulate_prints_the_difference_and_exits_with_4()
    {
        var run = Netpol.Run(null, "deny", "-f", Netpol.ThreeTier, "--allow-dns", "--simulate");
        Assert.Equal(ExitCode.Differs, run.ExitCode);
        Assert.Matches("Closed +shop/web.Deployment. +anywhere outside", run.Output);
    }

    [Theory]
    [InlineData("deny")]
    [InlineData("deny", "Shop")]
    [InlineData("deny", "shop", "--allow-api-server")]
    [InlineData("deny", "shop", "--simulate")]
    [InlineData("deny", "shop", "--monitoring-port", "80,81")]
    [InlineData("deny", "shop", "-l", "=")]
    [InlineData("deny", "shop", "--no-such-option")]
    public void What_cannot_be_written_exits_with_2_and_writes_nothing(params string[] arguments)
    {
        var run = Netpol.Run(null, arguments);
        Assert.Equal((ExitCode.NotAnswered, ""), (run.ExitCode, run.Output));
        Assert.NotEqual("", run.Errors);
    }
}
