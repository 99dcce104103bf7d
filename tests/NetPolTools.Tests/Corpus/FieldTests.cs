using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Corpus;

/// <summary>Inputs after public reports: what the answer is, and what has to be said of it.</summary>
public sealed class FieldTests
{
    private const string Part = "field";

    /// <summary>Ports from one end to another, of workloads and pods.</summary>
    [CorpusTheory]
    [InlineData("17-workload-kinds", "shop", "legacy", "TCP 8443")]
    [InlineData("17-workload-kinds", "fn", "legacy", "TCP 8443")]
    [InlineData("17-workload-kinds", "nightly", "legacy", "None")]
    [InlineData("17-workload-kinds", "migrate", "legacy", "TCP 8443")]
    [InlineData("18-sts-identity", "cli", "db-0", "TCP 5432")]
    [InlineData("18-sts-identity", "203.0.113.1", "db-1", "TCP 9999")]
    [InlineData("18-sts-identity", "cli", "db-2", "None")]
    [InlineData("23-job-labels", "migrate", "db", "TCP 5432")]
    [InlineData("26-dangling", "cli", "srv", "All")]
    [InlineData("34-ipblock-is-pod", "cli", "srv", "TCP 80")]
    [InlineData("73-ambient", "cli", "srv", "TCP 8080")]
    [InlineData("80-hostnet-hint", "agent", "srv", "None")]
    [InlineData("83-two-dumps", "front", "store", "TCP 5432")]
    [InlineData("live-small", "api-0", "db-0", "All")]
    public void The_ports_are_those_of_the_cluster(string name, string from, string to, string ports) =>
        Assert.Equal(ports, Read(name).Ports(from, to, GroupBy.Workload));

    /// <summary>What is told of the whole input: the ids, each once.</summary>
    [CorpusTheory]
    [InlineData("17-workload-kinds")]
    [InlineData("18-sts-identity")]
    [InlineData("23-job-labels")]
    [InlineData("25-other-policy-kinds", nameof(DiagnosticId.NotEvaluated))]
    [InlineData("56-get-all")]
    [InlineData("61-forgot-ns", nameof(DiagnosticId.UnknownNamespaceLabels))]
    [InlineData("79-kind-slips/01.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/02.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/03.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/04.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/05.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/06.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/07.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/08.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    [InlineData("79-kind-slips/09.yaml", nameof(DiagnosticId.NotEvaluated))]
    [InlineData("79-kind-slips/10.yaml", nameof(DiagnosticId.NotEvaluated))]
    [InlineData("79-kind-slips/11.yaml", nameof(DiagnosticId.NotEvaluated))]
    [InlineData("79-kind-slips/13.yaml", nameof(DiagnosticId.UnknownApiVersion))]
    public void What_there_is_to_know_of_the_input_is_told(string name, params string[] ids) =>
        Assert.Equal(ids, Read(name).Diagnostics.Select(static d => d.Id.ToString()).Distinct());

    [CorpusTheory]
    [InlineData("25-other-policy-kinds", "cli", "srv", nameof(DiagnosticId.NotEvaluated))]
    [InlineData("61-forgot-ns", "cli", "srv", nameof(DiagnosticId.UnknownNamespaceLabels))]
    [InlineData("26-dangling", "cli", "srv")]
    public void An_answer_says_why_it_may_be_wrong(string name, string from, string to, params string[] doubts)
    {
        var answer = new TestQuestion([EndpointPattern.Parse(from)], [EndpointPattern.Parse(to)]).Ask(new ClusterEvaluator(Read(name).Snapshot), QuestionWords.Plain);
        Assert.Equal(doubts, answer.Value!.Doubts.Select(static doubt => doubt.Id.ToString()));
        Assert.Equal(doubts.Length > 0 ? AnswerStatus.AnsweredWithErrors : AnswerStatus.Answered, answer.Status);
    }

    [CorpusTheory]
    [InlineData("24-policies-only")]
    public void About_policies_alone_there_is_no_answer(string name)
    {
        var cluster = new ClusterEvaluator(Read(name).Snapshot);
        var answer = new ReachQuestion(new ConnectionQuery()).Ask(cluster, QuestionWords.Plain);
        Assert.Equal((AnswerStatus.NotAnswered, DiagnosticId.NoInput), (answer.Status, Assert.Single(answer.Diagnostics).Diagnostic.Id));
    }

    [CorpusTheory]
    [InlineData("34-ipblock-is-pod", "10.1.0.8")]
    public void The_address_of_a_pod_is_no_outside_address(string name, string address) =>
        Assert.DoesNotContain(Read(name).List(), line => line.Source.Addresses == address || line.Destination.Addresses == address);

    [CorpusTheory]
    [InlineData("56-get-all", "web", "done", "orphan")]
    public void Nothing_that_has_ended_is_listed(string name, string kept, string ended, string alsoKept)
    {
        var sources = Read(name).List().Select(static line => line.Source.Name).OfType<string>().Distinct().ToArray();
        Assert.Contains(kept, sources);
        Assert.Contains(alsoKept, sources);
        Assert.DoesNotContain(ended, sources);
    }

    private static Cluster Read(string name) => Cluster.OfPaths(CorpusFolder.PathOf([Part, .. name.Split('/')]));
}
