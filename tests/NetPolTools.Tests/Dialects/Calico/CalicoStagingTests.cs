using NetPolTools.Asking;
using NetPolTools.Dialects;
using NetPolTools.Kubectl;
using NetPolTools.Listing;
using NetPolTools.Snapshot;
using NetPolTools.Tests.CommandLine;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Dialects.Calico;

/// <summary>Staged policies have no effect, and a preview takes each for the policy of its name.</summary>
public sealed class CalicoStagingTests
{
    private const string AllowA = "selector: app == 'b', types: [Ingress], ingress: [{action: Allow, source: {selector: app == 'a'}}]";
    private const string DenyAll = "selector: app == 'b', types: [Ingress]";

    private static readonly string Sample = Repository.Manifests("calico");

    private static readonly string[] Pods =
        [Given.Pod("shop/a", "app: a", "", "podIPs: [{ip: 10.0.0.1}]"), Given.Pod("shop/b", "app: b", "", "podIPs: [{ip: 10.0.0.2}]")];

    [Fact]
    public void A_snapshot_without_staged_policies_stays_the_same_one()
    {
        var snapshot = Snapshot(Policy("NetworkPolicy", "p", AllowA));
        Assert.Same(snapshot, AllDialects.WithStaged(snapshot));
    }

    [Fact]
    public void A_staged_policy_is_added_where_there_is_none_of_its_name() => Assert.Equal(
        ("Allowed", "Denied"), Both(Policy("StagedNetworkPolicy", "p", DenyAll)));

    [Fact]
    public void A_staged_policy_takes_the_place_of_the_enforced_one_of_its_name()
    {
        Assert.Equal(("Allowed", "Denied"), Both(Policy("NetworkPolicy", "p", AllowA), Policy("StagedNetworkPolicy", "p", DenyAll)));
        Assert.Equal(("Allowed", "Allowed"), Both(Policy("NetworkPolicy", "p", AllowA), Policy("StagedNetworkPolicy", "q", DenyAll)));
    }

    [Fact]
    public void The_name_of_the_default_tier_may_stand_before_a_name() => Assert.Equal(
        ("Allowed", "Denied"), Both(Policy("NetworkPolicy", "default.p", AllowA), Policy("StagedNetworkPolicy", "p", DenyAll)));

    [Fact]
    public void Delete_takes_the_enforced_policy_away() => Assert.Equal(
        ("Denied", "Allowed"), Both(Policy("NetworkPolicy", "p", DenyAll), Policy("StagedNetworkPolicy", "p", "stagedAction: Delete")));

    /// <summary>Calico gives its agents every staged policy but those that delete (libcalico-go, stagednetworkpolicyprocessor.go).</summary>
    [Theory]
    [InlineData("Set")]
    [InlineData("Learn")]
    [InlineData("Ignore")]
    public void Every_other_action_is_that_of_a_policy(string action) => Assert.Equal(
        ("Allowed", "Denied"), Both(Policy("StagedNetworkPolicy", "p", $"stagedAction: {action}, {DenyAll}")));

    [Fact]
    public void Global_policies_are_of_a_kind_of_their_own()
    {
        Assert.Equal(("Allowed", "Denied"), Both(Global("GlobalNetworkPolicy", AllowA), Global("StagedGlobalNetworkPolicy", DenyAll)));
        Assert.Equal(("Allowed", "Allowed"), Both(Global("GlobalNetworkPolicy", AllowA), Policy("StagedNetworkPolicy", "p", DenyAll)));
    }

    [Fact]
    public void A_staged_policy_of_Kubernetes_takes_the_place_of_the_NetworkPolicy()
    {
        var enforced = Given.Policy("{podSelector: {matchLabels: {app: b}}, ingress: [{from: [{podSelector: {matchLabels: {app: a}}}]}]}", "shop/p");
        const string kind = "StagedKubernetesNetworkPolicy";
        Assert.Equal(("Allowed", "Denied"), Both(enforced, Policy(kind, "p", "podSelector: {matchLabels: {app: b}}")));
        Assert.Equal(("Allowed", "Allowed"), Both(enforced, Policy(kind, "other", "podSelector: {matchLabels: {app: b}}")));
        Assert.Equal(("Allowed", "Denied"), Both(Policy(kind, "p", "podSelector: {matchLabels: {app: b}}")));
        var closed = Given.Policy("{podSelector: {matchLabels: {app: b}}}", "shop/p");
        Assert.Equal(("Denied", "Allowed"), Both(closed, Policy(kind, "p", "stagedAction: Delete")));
    }

    [Fact]
    public void Where_nothing_is_staged_that_is_said()
    {
        var cluster = new ClusterEvaluator(Snapshot(Policy("NetworkPolicy", "p", AllowA)));
        var answer = new ReachQuestion(new ConnectionQuery()) { Assumptions = new Assumptions { IncludesStaged = true } }.Ask(cluster, QuestionWords.Plain);
        Assert.Contains(answer.AllDiagnostics(), static told => told.Message.Contains("holds no staged policies", StringComparison.Ordinal));
        answer = new ReachQuestion(new ConnectionQuery()).Ask(cluster, QuestionWords.Plain);
        Assert.DoesNotContain(answer.AllDiagnostics(), static told => told.Message.Contains("staged", StringComparison.Ordinal));
    }

    [Fact]
    public void The_preview_and_the_answer_without_do_not_mix()
    {
        var cluster = new ClusterEvaluator(Snapshot(Policy("StagedNetworkPolicy", "p", DenyAll)));
        Assert.Equal(("Allowed", "Denied", "Allowed"), (Ask(cluster, false), Ask(cluster, true), Ask(cluster, false)));
    }

    [Fact]
    public void One_command_tells_what_staged_policies_would_cut()
    {
        var run = Netpol.Run(null, "diff", "--staged", Sample);
        Assert.Equal(ExitCode.Differs, run.ExitCode);
        Assert.Matches(@"Closed +shop/web\[Pod\] +shop/db\[Pod\] +TCP 5432 +None +-CalicoNetworkPolicy shop/db \+StagedNetworkPolicy shop/db", run.Output);
        Assert.Matches(@"Opened +anywhere outside +shop/api\[Pod\] +None +All +-shop/api", run.Output);
        Assert.DoesNotMatch("shop/api.Pod. +shop/db", run.Output);
    }

    [Fact]
    public void Staged_policies_are_compared_with_the_cluster_that_they_are_for()
    {
        var (policies, staged) = (Path.Combine(Sample, "policies.yaml"), Path.Combine(Sample, "staged.yaml"));
        var manifests = File.ReadAllText(Path.Combine(Sample, "application.yaml")) + "\n" + File.ReadAllText(policies);
        var run = Netpol.Run(manifests, "diff", "--staged", "-", staged);
        Assert.Equal(ExitCode.Differs, run.ExitCode);
        Assert.Matches("Closed +shop/web", run.Output);
        Assert.Equal(ExitCode.Answered, Netpol.Run(manifests, "diff", "-", staged, "--apply").ExitCode);
    }

    [Fact]
    public void Every_question_of_the_plugin_can_be_asked_of_the_preview()
    {
        string[] test = ["test", Sample, "--from", "shop/web", "--to", "shop/db", "--port", "5432"];
        Assert.Equal(ExitCode.Answered, Netpol.Run(null, test).ExitCode);
        Assert.NotEqual(ExitCode.Answered, Netpol.Run(null, [.. test, "--staged"]).ExitCode);
        string[] reach = ["reach", Sample, "--to", "shop/db", "--explain", "--denied", "--from", "shop/web"];
        Assert.Contains("calicoNetworkPolicy shop/db", Netpol.Run(null, reach).Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("stagedNetworkPolicy shop/db", Netpol.Run(null, [.. reach, "--staged"]).Output, StringComparison.OrdinalIgnoreCase);
        string[] isolation = ["isolation", Sample];
        Assert.Matches("shop/api.*ingress isolated", Netpol.Run(null, isolation).Output);
        Assert.Matches("shop/api.*wide open", Netpol.Run(null, [.. isolation, "--staged"]).Output);
    }

    [Fact]
    public void Diff_of_one_input_needs_staged() => Assert.Equal(ExitCode.NotAnswered, Netpol.Run(null, "diff", Sample).ExitCode);

    private static (string Without, string With) Both(params string[] policies)
    {
        var cluster = new ClusterEvaluator(Snapshot(policies));
        return (Ask(cluster, false), Ask(cluster, true));
    }

    private static string Ask(ClusterEvaluator cluster, bool includesStaged)
    {
        var query = new ConnectionQuery { From = [EndpointPattern.Parse("shop/a")], To = [EndpointPattern.Parse("shop/b")] };
        var answer = new ReachQuestion(query) { Assumptions = new Assumptions { IncludesStaged = includesStaged } }.Ask(cluster, QuestionWords.Plain);
        return answer.Value!.List().Any() ? "Allowed" : "Denied";
    }

    private static ClusterSnapshot Snapshot(params string[] policies) => Given.Cluster([.. Pods, .. policies]).Snapshot;

    private static string Policy(string kind, string name, string spec) =>
        $"{{apiVersion: projectcalico.org/v3, kind: {kind}, metadata: {{name: {name}, namespace: shop}}, spec: {{{spec}}}}}";

    private static string Global(string kind, string spec) =>
        $"{{apiVersion: projectcalico.org/v3, kind: {kind}, metadata: {{name: p}}, spec: {{{spec}}}}}";
}
