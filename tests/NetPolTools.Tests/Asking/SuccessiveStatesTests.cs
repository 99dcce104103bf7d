using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Listing;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Asking;

/// <summary>A question that is watched says all that the plain question says.</summary>
public class SuccessiveStatesTests
{
    private const string OfGke = "{apiVersion: networking.gke.io/v1alpha3, kind: FQDNNetworkPolicy, metadata: {name: p}, spec: {} }";

    private static readonly string ByLabel = Given.Policy("podSelector: {}\ningress: [{from: [{namespaceSelector: {matchLabels: {env: stage}}}]}]");

    [Theory]
    [InlineData(DiagnosticId.NotEvaluated, "a")]
    [InlineData(DiagnosticId.UnknownNamespaceLabels, "a")]
    [InlineData(DiagnosticId.NoInput, "a")]
    [InlineData(DiagnosticId.NoMatch, "nobody")]
    [InlineData(DiagnosticId.UnknownPodAddress, "a")]
    public void What_the_plain_question_says_is_told(DiagnosticId id, string source)
    {
        var cluster = id switch
        {
            DiagnosticId.NotEvaluated => Given.Cluster(Given.Pod("a"), OfGke),
            DiagnosticId.UnknownNamespaceLabels => Given.Cluster(Given.Pod("a"), ByLabel),
            DiagnosticId.NoInput => Given.Cluster(Given.Namespace("default")),
            DiagnosticId.UnknownPodAddress =>
                Given.Cluster(Given.Pod("a"), Given.Policy("podSelector: {}\ningress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]")),
            _ => Given.Cluster(Given.Pod("a")),
        };
        var question = Of(source);
        var plain = question.Ask(new ClusterEvaluator(cluster.Snapshot), QuestionWords.Plain).Diagnostics.Select(static told => told.Diagnostic).ToArray();
        var watched = Tell(new SuccessiveStates(question, QuestionWords.Plain), cluster);
        Assert.Contains(plain, told => told.Id == id);
        Assert.Equal(plain.Select(static told => (told.Id, told.Message)), watched.Select(static told => (told.Id, told.Message)));
        Assert.All(watched, static told => Assert.Equal(DiagnosticSeverity.Warning, told.Severity));
    }

    [Fact]
    public void It_is_told_once_and_again_where_it_is_back()
    {
        var states = new SuccessiveStates(Of("late"), QuestionWords.Plain);
        var (without, with) = (Given.Cluster(Given.Pod("a")), Given.Cluster(Given.Pod("a"), Given.Pod("late")));
        Assert.Equal([1, 0, 0, 1], new[] { without, without, with, without }.Select(state => Tell(states, state).Count));
    }

    [Fact]
    public void What_no_state_can_answer_is_an_error_and_the_end()
    {
        var states = new SuccessiveStates(new ReachQuestion(new ConnectionQuery { PortNames = ["http"] }), QuestionWords.Plain);
        var told = Assert.Single(Tell(states, Given.Cluster(Given.Pod("a"))));
        Assert.Equal((DiagnosticId.InvalidValue, DiagnosticSeverity.Error, true), (told.Id, told.Severity, states.IsRefused));
    }

    /// <summary>Also of an end that is known by a name alone, and where the first policy of a plugin's own comes while a cluster is watched.</summary>
    [Theory]
    [InlineData(
        "b",
        "{apiVersion: projectcalico.org/v3, kind: NetworkPolicy, metadata: {name: p, namespace: default}, spec: {types: [Egress], egress: [{action: Deny}]}}")]
    [InlineData(
        "kube-apiserver",
        "{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: p, namespace: default}, "
            + "spec: {endpointSelector: {}, egressDeny: [{toEntities: [kube-apiserver]}]}}")]
    public void A_policy_of_a_plugin_that_comes_closes_what_it_closes(string destination, string policy)
    {
        var states = new SuccessiveStates(new ReachQuestion(new ConnectionQuery()) { Assumptions = new Assumptions() }, QuestionWords.Plain);
        string[] pods = [Given.Pod("a"), Given.Pod("b")];
        Assert.Null(states.Next(Given.Cluster(pods).Snapshot, static _ => { }, CancellationToken.None));
        var changes = states.Next(Given.Cluster([.. pods, policy]).Snapshot, static _ => { }, CancellationToken.None)!.List();
        Assert.Contains(changes, change => change.Kind == ChangeKind.Closed && change.Source.Name == "a" && change.Destination.Name == destination);
    }

    private static ReachQuestion Of(string source) => new(new ConnectionQuery { From = [EndpointPattern.Parse(source)] });

    private static List<Diagnostic> Tell(SuccessiveStates states, Cluster cluster)
    {
        var told = new List<Diagnostic>();
        states.Next(cluster.Snapshot, told.Add, CancellationToken.None);
        return told;
    }
}
