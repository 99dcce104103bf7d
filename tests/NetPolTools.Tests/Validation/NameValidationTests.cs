using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Validation;

/// <summary>Names and labels that the API server refuses.</summary>
public class NameValidationTests
{
    private static readonly string Characters63 = new('a', 63);

    [Theory]
    [InlineData("policy")]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("my.policy-1.v2")]
    public void A_name_is_a_DNS_1123_subdomain(string name) => Assert.Null(NameRules.CheckSubdomain(name));

    [Theory]
    [InlineData("Policy")]
    [InlineData("my_policy")]
    [InlineData("-policy")]
    [InlineData("policy-")]
    [InlineData("my..policy")]
    [InlineData(".policy")]
    [InlineData("pölicy")]
    public void Anything_else_is_refused_as_a_name(string name) => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.InvalidValue,
        "metadata.name",
        $"""
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          ▸name: {name}
        """,
        $"'{name}'",
        "lower case letters, digits");

    [Fact]
    public void A_name_has_at_most_253_characters()
    {
        Assert.Null(NameRules.CheckSubdomain(new string('a', 253)));
        Assert.Contains("254", NameRules.CheckSubdomain(new string('a', 254)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("my.shop")]
    [InlineData("Shop")]
    public void A_namespace_is_a_DNS_1123_label(string ns) => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.InvalidValue,
        "metadata.namespace",
        $"""
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: policy
          ▸namespace: {ns}
        """,
        $"'{ns}'");

    [Theory]
    [InlineData("app")]
    [InlineData("App_1.x-y")]
    [InlineData("kubernetes.io/metadata.name")]
    [InlineData("a/b")]
    public void A_label_key_is_a_qualified_name(string key) => Assert.Null(NameRules.CheckLabelKey(key));

    [Theory]
    [InlineData("-app", "begin and end with a letter or digit")]
    [InlineData("app-", "begin and end with a letter or digit")]
    [InlineData("a b", "begin and end with a letter or digit")]
    [InlineData("a/b/c", "one '/' only")]
    [InlineData("/name", "empty prefix")]
    [InlineData("Example.com/name", "prefix before the '/'")]
    [InlineData("example.com/", "must have a name")]
    public void Anything_else_is_refused_as_a_label_key(string key, string words)
    {
        Marked.IsRefused("spec.podSelector.matchLabels", $"podSelector:\n  matchLabels:\n    good: x\n    ▸{key}: x", $"'{key}'", words);
        Marked.IsRefused(
            "spec.podSelector.matchExpressions[0].key", $"podSelector: {{matchExpressions: [{{▸key: '{key}', operator: Exists}}]}}", $"'{key}'", words);
    }

    [Fact]
    public void The_name_in_a_label_key_has_at_most_63_characters()
    {
        Assert.Null(NameRules.CheckLabelKey("example.com/" + Characters63));
        Assert.Contains("64", NameRules.CheckLabelKey("example.com/a" + Characters63), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("''")]
    [InlineData("a")]
    [InlineData("A_b.c-9")]
    public void A_label_value_may_be_empty(string value) => Marked.IsAccepted($"podSelector: {{matchLabels: {{app: {value}}}}}");

    [Theory]
    [InlineData("-web")]
    [InlineData("web.")]
    [InlineData("my web")]
    [InlineData("web/1")]
    [InlineData("wéb")]
    public void Anything_else_is_refused_as_a_label_value(string value)
    {
        Marked.IsRefused("spec.podSelector.matchLabels", $"podSelector: {{matchLabels: {{▸app: '{value}'}}}}", $"'{value}'", "'app'");
        Marked.IsRefused(
            "spec.podSelector.matchExpressions[0].values[1]",
            $"podSelector: {{matchExpressions: [{{key: app, operator: NotIn, values: [good, ▸'{value}']}}]}}",
            $"'{value}'");
    }

    [Fact]
    public void A_label_value_has_at_most_63_characters()
    {
        Marked.IsAccepted($"podSelector: {{matchLabels: {{app: {Characters63}}}}}");
        Marked.IsRefused("spec.podSelector.matchLabels", $"podSelector: {{matchLabels: {{▸app: a{Characters63}}}}}", "64 characters", "at most 63");
    }

    [Fact]
    public void The_labels_of_the_policy_itself_are_checked_too() => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.InvalidValue,
        "metadata.labels",
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: policy
          labels:
            app: web
            ▸owner: a team
        """,
        "'a team'");

    [Fact]
    public void A_generateName_may_end_with_the_hyphen_that_the_generated_part_follows()
    {
        const string Generated = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {generateName: deny-}\nspec: {podSelector: {}}";
        var cluster = Given.Cluster(Generated, Generated);
        Assert.Empty(cluster.Diagnostics);
        Assert.Equal(2, cluster.Snapshot.NetworkPolicies.Count);
    }

    [Theory]
    [InlineData("deny--")]
    [InlineData("a")]
    [InlineData("my.policy-")]
    public void A_generateName_is_the_beginning_of_a_name(string generateName) => Assert.Null(NameRules.CheckGenerateName(generateName));

    [Theory]
    [InlineData("A-")]
    [InlineData("-")]
    [InlineData("-a")]
    [InlineData("a.")]
    [InlineData("a_")]
    public void What_no_name_can_begin_with_is_refused_where_it_stands(string generateName) => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.InvalidValue,
        "metadata.generateName",
        $"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  ▸generateName: '{generateName}'\nspec: {{podSelector: {{}}}}",
        $"'{generateName}'");

    [Fact]
    public void A_policy_without_a_name_is_told_its_other_mistakes_too()
    {
        var cluster = Given.Cluster("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {}\nspec: {policyTypes: [Both]}");
        Assert.Equal(["metadata.name", "spec.policyTypes[0]"], cluster.Diagnostics.Select(static found => found.FieldPath));
        Assert.Empty(cluster.Snapshot.NetworkPolicies);
    }
}
