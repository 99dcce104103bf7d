using NetPolTools.Listing;

namespace NetPolTools.Asking;

/// <summary>Who can reach whom, on which ports?</summary>
/// <param name="Query">Which connections, and how they are grouped.</param>
public sealed record ReachQuestion(ConnectionQuery Query)
{
    public Assumptions Assumptions { get; init; } = new();

    /// <param name="cluster">Asked about.</param>
    /// <param name="words">How the face names the parts of the question.</param>
    /// <param name="cancellation">Ends the evaluation; the list has a cancellation of its own.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Answer<ConnectionList> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Findings.Of(words, (QuestionPart.Input, cluster.Snapshot));
        if (findings.ArePreventing)
            return findings.GiveNone<ConnectionList>();
        cluster = NewPods.AddTo(cluster, Query.From.Concat(Query.To), findings);
        var assumptions = Assumptions.ToAskAbout(Query.Ports);
        findings.Add(cluster.Evaluate(assumptions).Diagnostics);
        findings.Add(cluster.FindingsOfStaged(assumptions));
        findings.AddUnknownNamespaces(Query.Namespaces);
        findings.AddPortNames(Query.PortNames, Query.To);
        if (findings.ArePreventing)
            return findings.GiveNone<ConnectionList>();
        var map = cluster.Map(assumptions, cancellation);
        var lister = new ConnectionLister(map, Query, cluster.EntrancesOf(map));
        findings.AddUnmatched(QuestionPart.From, Query.From, lister.FromWithoutMatch);
        findings.AddUnmatched(QuestionPart.To, Query.To, lister.ToWithoutMatch, lister.ToLeadingNowhere.Count());
        findings.AddPolicies(map);
        findings.Add(lister.Diagnostics);
        return findings.Give(() => new ConnectionList(map, lister));
    }
}
