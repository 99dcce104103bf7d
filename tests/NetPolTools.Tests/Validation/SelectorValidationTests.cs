using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Validation;

/// <summary>Selectors that the API server refuses, wherever they stand.</summary>
public class SelectorValidationTests
{
    [Theory]
    [InlineData("In")]
    [InlineData("NotIn")]
    public void In_and_NotIn_need_values(string @operator)
    {
        Marked.IsRefused(
            "spec.podSelector.matchExpressions[0].values",
            $"podSelector: {{matchExpressions: [{{key: app, operator: {@operator}, ▸values: []}}]}}",
            @operator,
            "at least one value");
        Marked.IsAccepted($"podSelector: {{matchExpressions: [{{key: app, operator: {@operator}, values: ['']}}]}}");
    }

    [Fact]
    public void Values_that_are_absent_are_shown_at_the_requirement() => Marked.IsRefused(
        "spec.podSelector.matchExpressions[0].values", "podSelector: {matchExpressions: [▸{key: app, operator: In}]}", "at least one value");

    [Theory]
    [InlineData("Exists")]
    [InlineData("DoesNotExist")]
    public void Exists_and_DoesNotExist_forbid_values(string @operator)
    {
        Marked.IsRefused(
            "spec.podSelector.matchExpressions[0].values",
            $"podSelector: {{matchExpressions: [{{key: app, operator: {@operator}, ▸values: [web]}}]}}",
            @operator,
            "use In or NotIn");
        Marked.IsAccepted($"podSelector: {{matchExpressions: [{{key: app, operator: {@operator}, values: []}}]}}");
        Marked.IsAccepted($"podSelector: {{matchExpressions: [{{key: app, operator: {@operator}}}]}}");
    }

    [Theory]
    [InlineData("in")]
    [InlineData("IN")]
    [InlineData("exists")]
    [InlineData("Equals")]
    [InlineData("''")]
    public void Operators_are_case_sensitive_and_there_are_four(string @operator) => Marked.IsRefused(
        "spec.podSelector.matchExpressions[0].operator",
        $"podSelector: {{matchExpressions: [{{key: app, ▸operator: {@operator}, values: [web]}}]}}",
        "expected In, NotIn, Exists or DoesNotExist");

    [Fact]
    public void An_operator_is_required() => Marked.IsRefused(
        "spec.podSelector.matchExpressions[1].operator",
        "podSelector: {matchExpressions: [{key: a, operator: Exists}, ▸{key: app}]}",
        "expected In, NotIn, Exists or DoesNotExist");

    [Fact]
    public void A_key_is_required() => Marked.IsRefused(
        "spec.podSelector.matchExpressions[0].key", "podSelector: {matchExpressions: [▸{operator: Exists}]}", "must have a name");

    [Fact]
    public void Selectors_of_peers_are_checked_with_their_own_paths()
    {
        Marked.IsRefused(
            "spec.ingress[1].from[0].podSelector.matchExpressions[0].operator",
            "ingress: [{}, {from: [{podSelector: {matchExpressions: [{key: a, ▸operator: Is}]}}]}]",
            "'Is'");
        Marked.IsRefused(
            "spec.egress[0].to[1].namespaceSelector.matchLabels",
            "egress: [{to: [{podSelector: {}}, {namespaceSelector: {matchLabels: {▸team: a b}}}]}]",
            "'a b'");
    }

    [Theory]
    [InlineData("podSelector: {}")]
    [InlineData("podSelector: {matchLabels: {}, matchExpressions: []}")]
    [InlineData("ingress: [{from: [{podSelector: {}}, {namespaceSelector: {}}, {podSelector: {}, namespaceSelector: {}}]}]")]
    public void Empty_selectors_are_fine(string spec) => Marked.IsAccepted(spec);

    [Fact]
    public void One_requirement_may_have_several_mistakes()
    {
        var cluster = Given.Cluster(Given.Policy("podSelector: {matchExpressions: [{key: a b, operator: In}]}"));
        Assert.Equal(
            ["spec.podSelector.matchExpressions[0].values", "spec.podSelector.matchExpressions[0].key"],
            cluster.Diagnostics.Select(static d => d.FieldPath));
    }
}
