using NetPolTools.Cni;
using NetPolTools.Diagnostics;
using NetPolTools.Policies;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Cni;

/// <summary>Which plugin enforces which kind of the admin tiers, and what is said where one does not.</summary>
public sealed class AdminTierEnforcementTests
{
    private const string ClusterPolicy = """
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: new}
        spec: {tier: Admin, priority: 500, subject: {namespaces: {}}, egress: [{action: Deny, to: [{namespaces: {}}]}]}
        """;

    private const string AdminPolicy = """
        apiVersion: policy.networking.k8s.io/v1alpha1
        kind: AdminNetworkPolicy
        metadata: {name: old}
        spec: {priority: 500, subject: {namespaces: {}}, egress: [{action: Deny, to: [{namespaces: {}}]}]}
        """;

    [Theory]
    [InlineData("Calico@3.30", "ClusterNetworkPolicy new")]
    [InlineData("Calico@3.32", "AdminNetworkPolicy old")]
    [InlineData("Cilium@1.19", "AdminNetworkPolicy old, ClusterNetworkPolicy new")]
    [InlineData("OVN-Kubernetes", "AdminNetworkPolicy old, ClusterNetworkPolicy new")]
    [InlineData("kube-router", "AdminNetworkPolicy old, ClusterNetworkPolicy new")]
    public void What_a_plugin_does_not_enforce_takes_no_part_and_is_told(string plugin, string without)
    {
        var evaluation = Evaluate(plugin);
        Assert.Equal(without, string.Join(", ", evaluation.Options.NotEnforced.Select(static reference => reference.ToString()).Order(StringComparer.Ordinal)));
        Assert.Contains(evaluation.Diagnostics, static told =>
            told.Id == DiagnosticId.PoliciesNotEnforced && told.Message.Contains("left out of the answer", StringComparison.Ordinal));
    }

    [Fact]
    public void Priorities_that_a_plugin_does_not_know_take_no_part()
    {
        var told = Evaluate("OVN-Kubernetes").Diagnostics.Single(static diagnostic => diagnostic.Object?.Name == "old");
        Assert.Contains("priorities up to 99", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void On_no_plugin_that_is_known_they_are_evaluated_with_a_word()
    {
        var evaluation = CniEvaluation.Of(Given.Cluster(ClusterPolicy).Snapshot, CniChoice.Detected, ipBlockIgnoresPods: false);
        Assert.Empty(evaluation.Options.NotEnforced);
        Assert.Contains("evaluated", Assert.Single(evaluation.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void On_one_that_does_all_that_policies_say_there_is_nothing_to_say() =>
        Assert.Empty(CniEvaluation.Of(Given.Cluster(ClusterPolicy).Snapshot, CniChoice.Enforcing, ipBlockIgnoresPods: false).Diagnostics);

    [Theory]
    [InlineData("Calico@3.32", "Calico")]
    [InlineData("Cilium@1.20", "Cilium")]
    [InlineData("Antrea", "Kubernetes")]
    public void The_engine_says_among_which_tiers_they_stand(string plugin, string layout) => Assert.Equal(layout, Evaluate(plugin).Options.Layout.Name);

    [Fact]
    public void Where_an_engine_breaks_ties_equal_priorities_are_decided() =>
        Assert.True(EngineLayout.Calico.BreaksTiesByName && !EngineLayout.Kubernetes.BreaksTiesByName);

    private static CniEvaluation Evaluate(string plugin) =>
        CniEvaluation.Of(Given.Cluster(ClusterPolicy, AdminPolicy).Snapshot, CniChoice.Parse(plugin), ipBlockIgnoresPods: false);
}
