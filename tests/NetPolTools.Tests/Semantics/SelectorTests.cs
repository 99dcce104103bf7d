using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Which pods a podSelector picks: here always as the subjects of a policy that denies ingress.</summary>
public class SelectorTests
{
    [Theory]
    [InlineData("podSelector: {}")]
    [InlineData("podSelector: null")]
    [InlineData("podSelector:")]
    [InlineData("policyTypes: [Ingress]")]
    [InlineData("podSelector: {matchLabels: {}}")]
    [InlineData("podSelector: {matchLabels: null, matchExpressions: []}")]
    public void PodSelector_empty_or_absent_selects_every_pod_of_the_policys_namespace(string spec)
    {
        Assert.True(IsSelected(spec, ""));
        Assert.True(IsSelected(spec, "app: web"));
    }

    [Fact]
    public void PodSelector_never_selects_pods_of_another_namespace()
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/web", "app: web"), Given.Pod("lab/web", "app: web"), Given.Policy("podSelector: {matchLabels: {app: web}}", "shop/policy"));
        Assert.Equal("None", cluster.Ports("192.0.2.1", "shop/web"));
        Assert.Equal("All", cluster.Ports("192.0.2.1", "lab/web"));
    }

    [Fact]
    public void All_matchLabels_must_match()
    {
        const string Spec = "podSelector: {matchLabels: {app: web, tier: front}}";
        Assert.True(IsSelected(Spec, "app: web, tier: front"));
        Assert.True(IsSelected(Spec, "app: web, tier: front, more: than-asked"));
        Assert.False(IsSelected(Spec, "app: web"));
        Assert.False(IsSelected(Spec, "app: web, tier: back"));
    }

    [Fact]
    public void MatchLabels_and_matchExpressions_are_both_needed()
    {
        const string Spec = "podSelector: {matchLabels: {app: web}, matchExpressions: [{key: tier, operator: Exists}]}";
        Assert.True(IsSelected(Spec, "app: web, tier: front"));
        Assert.False(IsSelected(Spec, "app: web"));
        Assert.False(IsSelected(Spec, "tier: front"));
    }

    [Fact]
    public void All_matchExpressions_must_hold()
    {
        const string Spec = "podSelector: {matchExpressions: [{key: app, operator: In, values: [web]}, {key: tier, operator: DoesNotExist}]}";
        Assert.True(IsSelected(Spec, "app: web"));
        Assert.False(IsSelected(Spec, "app: web, tier: front"));
    }

    [Fact]
    public void A_matchLabels_value_of_empty_string_matches_only_a_present_and_empty_label()
    {
        const string Spec = "podSelector: {matchLabels: {canary: \"\"}}";
        Assert.True(IsSelected(Spec, "canary: \"\""));
        Assert.False(IsSelected(Spec, ""));
        Assert.False(IsSelected(Spec, "canary: \"true\""));
    }

    [Fact]
    public void A_matchLabels_value_of_null_is_the_empty_string()
    {
        const string Spec = "podSelector: {matchLabels: {canary: }}";
        Assert.True(IsSelected(Spec, "canary: \"\""));
        Assert.False(IsSelected(Spec, ""));
    }

    [Fact]
    public void Label_keys_and_values_that_differ_only_in_case_differ()
    {
        const string Spec = "podSelector: {matchLabels: {app: web}}";
        Assert.False(IsSelected(Spec, "App: web"));
        Assert.False(IsSelected(Spec, "app: Web"));
        Assert.True(IsSelected(Spec, "App: Web, app: web"));
    }

    [Fact]
    public void In_matches_any_of_its_values_and_no_absent_key()
    {
        const string Spec = "podSelector: {matchExpressions: [{key: app, operator: In, values: [web, api]}]}";
        Assert.True(IsSelected(Spec, "app: web"));
        Assert.True(IsSelected(Spec, "app: api"));
        Assert.False(IsSelected(Spec, "app: db"));
        Assert.False(IsSelected(Spec, ""));
    }

    [Fact]
    public void NotIn_matches_other_values()
    {
        const string Spec = "podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web, api]}]}";
        Assert.True(IsSelected(Spec, "app: db"));
        Assert.False(IsSelected(Spec, "app: web"));
        Assert.False(IsSelected(Spec, "app: api"));
    }

    [Fact]
    public void NotIn_matches_a_pod_that_lacks_the_key() =>
        Assert.True(IsSelected("podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}", "tier: front"));

    [Fact]
    public void Exists_matches_any_value_of_a_present_key()
    {
        const string Spec = "podSelector: {matchExpressions: [{key: app, operator: Exists}]}";
        Assert.True(IsSelected(Spec, "app: web"));
        Assert.True(IsSelected(Spec, "app: \"\""));
        Assert.False(IsSelected(Spec, "tier: front"));
    }

    [Fact]
    public void DoesNotExist_matches_a_pod_that_lacks_the_key()
    {
        const string Spec = "podSelector: {matchExpressions: [{key: app, operator: DoesNotExist}]}";
        Assert.True(IsSelected(Spec, "tier: front"));
        Assert.False(IsSelected(Spec, "app: web"));
        Assert.False(IsSelected(Spec, "app: \"\""));
    }

    [Fact]
    public void A_label_called_everything_is_a_label_like_others()
    {
        var cluster = Given.Cluster(
            Given.Pod("web", "app: web"),
            Given.Policy("ingress: [{ports: [{port: 80}]}]", "all"),
            Given.Policy("podSelector: {matchExpressions: [{key: everything, operator: Exists}]}\ningress: [{ports: [{port: 443}]}]", "some"));
        Assert.Equal("TCP 80", cluster.Ports("192.0.2.1", "web"));
    }

    private static bool IsSelected(string spec, string labels) =>
        Given.Cluster(Given.Pod("pod", labels), Given.Policy(spec)).Ports("192.0.2.1", "pod") == "None";
}
