using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Validation;

/// <summary>policyTypes, shapes, and what a refused policy means for the answer.</summary>
public class PolicyValidationTests
{
    [Theory]
    [InlineData("[Ingress]")]
    [InlineData("[Egress, Ingress]")]
    [InlineData("[Ingress, Ingress]")]
    [InlineData("[]")]
    [InlineData("null")]
    public void PolicyTypes_may_repeat_and_stand_in_any_order(string types) => Marked.IsAccepted($"policyTypes: {types}");

    [Fact]
    public void PolicyTypes_are_at_most_two_even_if_each_is_right() =>
        Marked.IsRefused("spec.policyTypes", "▸policyTypes: [Ingress, Egress, Ingress]", "at most two");

    [Theory]
    [InlineData("ingress")]
    [InlineData("EGRESS")]
    [InlineData("Both")]
    [InlineData("''")]
    [InlineData("null")]
    public void Each_policy_type_is_Ingress_or_Egress(string type) =>
        Marked.IsRefused("spec.policyTypes[1]", $"policyTypes: [Ingress, ▸{type}]", "expected Ingress or Egress, with exactly this case");

    [Theory]
    [InlineData("spec.policyTypes", "policyTypes: ▸Ingress", "the string \"Ingress\"", "a list: [Ingress]")]
    [InlineData("spec.podSelector", "podSelector: ▸web", "the string \"web\"", "a selector: a map with matchLabels or matchExpressions, or {}")]
    [InlineData("spec.podSelector", "podSelector: ▸[]", "a list", "remove the dash before matchLabels")]
    [InlineData("spec.podSelector.matchLabels", "podSelector: {matchLabels: ▸[app, web]}", "a list", "remove the dashes below matchLabels")]
    [InlineData("spec.podSelector.matchLabels", "podSelector: {matchLabels: ▸web}", "the string \"web\"", "a map of labels")]
    [InlineData("spec.podSelector.matchExpressions", "podSelector: {matchExpressions: ▸{key: a}}", "a map", "each with a dash")]
    [InlineData("spec.podSelector.matchExpressions[0].values", "podSelector: {matchExpressions: [{key: a, operator: In, values: ▸web}]}", "the string",
        "[web, api]")]
    [InlineData("spec.ingress", "ingress: ▸{from: []}", "a map", "'- from: …'")]
    [InlineData("spec.egress", "egress: ▸{to: []}", "a map", "'- to: …'")]
    [InlineData("spec.egress", "egress: ▸true", "the boolean true", "a list of rules")]
    [InlineData("spec.ingress[0]", "ingress: [▸all]", "the string \"all\"", "a map with from and ports")]
    [InlineData("spec.ingress[0].from", "ingress: [{from: ▸{podSelector: {}}}]", "a map", "each with a dash")]
    [InlineData("spec.ingress[0].from[0]", "ingress: [{from: [▸web]}]", "the string \"web\"", "a map with podSelector, namespaceSelector or ipBlock")]
    [InlineData("spec.ingress[0].from[0].ipBlock", "ingress: [{from: [{ipBlock: ▸10.0.0.0/8}]}]", "the string \"10.0.0.0/8\"", "a map with cidr and except")]
    [InlineData("spec.ingress[0].from[0].ipBlock", "ingress: [{from: [{ipBlock: ▸[{cidr: 10.0.0.0/8}]}]}]", "a list", "remove the dashes below ipBlock")]
    [InlineData("spec.ingress[0].from[0].ipBlock.except", "ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: ▸10.0.0.1}}]}]", "the string \"10.0.0.1\"",
        "write except: [10.0.0.1/32]")]
    [InlineData("spec.ingress[0].from[0].ipBlock.except", "ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: ▸10.1.0.0/16}}]}]",
        "the string \"10.1.0.0/16\"", "write except: [10.1.0.0/16]")]
    [InlineData("spec.ingress[0].ports", "ingress: [{ports: ▸80}]", "the number 80", "'- port: 80'")]
    [InlineData("spec.ingress[0].ports", "ingress: [{ports: ▸{port: 80}}]", "a map", "each with a dash")]
    [InlineData("spec.ingress[0].ports[0]", "ingress: [{ports: [▸80]}]", "the number 80", "'- port: 80'")]
    [InlineData("spec.ingress[0].ports[0].port", "ingress: [{ports: [{port: ▸[80]}]}]", "a list", "a port number or a port's name")]
    public void The_wrong_shape_is_an_error_at_the_value_that_says_what_belongs_there(string path, string spec, string found, string expected) =>
        Marked.Gives(DiagnosticSeverity.Error, DiagnosticId.WrongType, path, Given.Policy(spec), "Found " + found, expected);

    [Fact]
    public void A_spec_that_is_no_map_is_an_error() => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.WrongType,
        "spec",
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: policy}
        spec: ▸[]
        """,
        "Found a list",
        "a map with podSelector");

    [Theory]
    [InlineData("")]
    [InlineData("spec:")]
    public void A_NetworkPolicy_without_spec_is_taken_with_a_warning_that_says_what_it_means(string spec)
    {
        var manifest = $$"""
            ▸apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: policy}
            {{spec}}
            """;
        Marked.Gives(DiagnosticSeverity.Warning, DiagnosticId.MissingSpec, "spec", manifest, "selects every pod of the namespace", "allows no ingress");
        Assert.Equal("None", Given.Cluster(Given.Pod("pod"), new Marked(manifest).Text).Ports("192.0.2.1", "pod"));
    }

    [Theory]
    [InlineData("ingress: [{ports: [{port: 0}]}]")]
    [InlineData("podSelector: {app: web}")]
    [InlineData("ingress: web")]
    public void A_refused_policy_takes_no_part_and_its_neighbours_count(string refused)
    {
        var cluster = Given.Cluster(
            Given.Pod("a", "app: a"),
            Given.Pod("b", "app: b"),
            Given.Policy("podSelector: {matchLabels: {app: a}}", "before"),
            Given.Policy(refused, "refused"),
            Given.Policy("podSelector: {matchLabels: {app: a}}\ningress: [{ports: [{port: 80}]}]", "behind"));
        Assert.Equal(["before", "behind"], cluster.Snapshot.NetworkPolicies.Select(static policy => policy.Name));
        Assert.Equal("TCP 80", cluster.Ports("b", "a"));
        Assert.Equal("All", cluster.Ports("a", "b"));
        Assert.Equal("refused", Assert.Single(cluster.Diagnostics).Object?.Name);
    }

    [Fact]
    public void A_diagnostic_reads_as_one_line_with_place_object_field_and_message() => Assert.Equal(
        "input:8:23: error: NetworkPolicy default/policy: spec.ingress[0].ports[0].port: The port 0 must be between 1 and 65535, inclusive.",
        Assert.Single(Given.Cluster(Given.Policy("ingress: [{ports: [{port: 0}]}]")).Diagnostics).ToString());
}
