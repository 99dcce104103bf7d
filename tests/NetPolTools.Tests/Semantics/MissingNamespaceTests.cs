using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>People leave the Namespace objects out; then nobody knows what selectors of their labels match.</summary>
public class MissingNamespaceTests
{
    private const string Note = "depends on labels of namespaces prod, stage, which the input does not hold";

    private static readonly string Client = Given.Pod("stage/cli");
    private static readonly string Server = Given.Pod("prod/srv", "app: srv");

    [Theory]
    [InlineData("matchLabels: {env: stage}")]
    [InlineData("matchExpressions: [{key: env, operator: NotIn, values: [dev]}]")]
    [InlineData("matchExpressions: [{key: restricted, operator: DoesNotExist}]")]
    public void Namespaces_whose_labels_a_policy_asks_for_are_named_and_answers_that_depend_on_them_are_marked(string selector)
    {
        var cluster = Given.Cluster(
            Client, Server, Given.Policy($"podSelector: {{}}\ningress: [{{from: [{{namespaceSelector: {{{selector}}}}}], ports: [{{port: 80}}]}}]", "prod/p"));
        var warning = Assert.Single(cluster.Diagnostics);
        Assert.Equal((DiagnosticId.UnknownNamespaceLabels, DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
        Assert.Contains("prod, stage", warning.Message, StringComparison.Ordinal);
        Assert.Contains("kubectl get namespaces", warning.Message, StringComparison.Ordinal);
        Assert.Equal(DiagnosticId.UnknownNamespaceLabels, Assert.Single(Ask(cluster, "cli", "srv").Doubts).Id);
        Assert.Contains(Note, Line(cluster, "cli", "srv").Notes);
    }

    [Fact]
    public void An_answer_that_holds_whatever_the_labels_are_is_not_doubted()
    {
        var cluster = Given.Cluster(
            Client,
            Server,
            Given.Policy("podSelector: {}\ningress: [{from: [{namespaceSelector: {matchLabels: {env: stage}}}], ports: [{port: 80}]}]", "prod/p"),
            Given.Policy("podSelector: {}\ningress: [{ports: [{port: 80}]}]", "prod/q"));
        Assert.Empty(Ask(cluster, "cli", "srv").Doubts);
        Assert.Empty(Ask(cluster, "srv", "cli").Doubts);
        Assert.Empty(Line(cluster, "cli", "srv").Notes);
    }

    [Fact]
    public void A_selector_of_pods_that_does_not_match_settles_it() => Assert.Empty(Ask(
        Given.Cluster(Client, Server, Given.Policy(
            "podSelector: {}\ningress: [{from: [{namespaceSelector: {matchLabels: {env: stage}}, podSelector: {matchLabels: {app: web}}}]}]", "prod/p")),
        "cli",
        "srv").Doubts);

    [Theory]
    [InlineData("{}")]
    [InlineData("{matchLabels: {kubernetes.io/metadata.name: stage}}")]
    public void Names_of_namespaces_are_known_without_their_objects(string selector)
    {
        var cluster = Given.Cluster(Client, Server, Given.Policy($"podSelector: {{}}\ningress: [{{from: [{{namespaceSelector: {selector}}}]}}]", "prod/p"));
        Assert.Empty(cluster.Diagnostics);
        Assert.Equal("All", cluster.Ports("cli", "srv"));
    }

    [Fact]
    public void With_the_objects_there_is_nothing_to_say() => Assert.Empty(Given.Cluster(
        Client,
        Server,
        Given.Namespace("stage", "env: stage"),
        Given.Namespace("prod"),
        Given.Policy("podSelector: {}\ningress: [{from: [{namespaceSelector: {matchLabels: {env: stage}}}]}]", "prod/p")).Diagnostics);

    private static ReachabilityAnswer Ask(Cluster cluster, string from, string to) =>
        ReachabilityQuestion.Ask(cluster.Map, EndpointPattern.Parse(from), EndpointPattern.Parse(to), PortSet.All, out _)!;

    private static Connection Line(Cluster cluster, string from, string to) => Assert.Single(cluster.List(new ConnectionQuery
    {
        From = [EndpointPattern.Parse(from)],
        To = [EndpointPattern.Parse(to)],
        IncludeDenied = true,
    }));
}
