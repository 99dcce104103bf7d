using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Listing;

namespace NetPolTools.Asking;

/// <summary>What does a change open and close?</summary>
/// <param name="Query">Which connections, and how they are grouped.</param>
public sealed record DifferenceQuestion(ConnectionQuery Query)
{
    public Assumptions Assumptions { get; init; } = Assumptions.None;

    /// <summary>
    /// Whether the second input is applied to the first, as kubectl apply would, instead of standing in its place. That is also what happens, with a
    /// warning, where the second holds nothing but policies and the first has the pods.
    /// </summary>
    public bool Apply { get; init; }

    /// <param name="reference">What is.</param>
    /// <param name="difference">What is to be.</param>
    /// <param name="words">How the face names the parts of the question.</param>
    /// <param name="cancellation">Ends the evaluation; the list has a cancellation of its own.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Answer<ReachabilityDifference> Ask(
        ClusterEvaluator reference, ClusterEvaluator difference, QuestionWords words, CancellationToken cancellation = default)
    {
        // Against a side that holds nothing, everything would look added or removed.
        var findings = Findings.Of(words, (QuestionPart.Reference, reference.Snapshot), (QuestionPart.Difference, difference.Snapshot));
        if (findings.ArePreventing)
            return findings.GiveNone<ReachabilityDifference>();
        var areMeant = AppliedPolicies.AreMeant(reference.Snapshot, difference.Snapshot);
        var after = Apply || areMeant ? new ClusterEvaluator(reference.Snapshot.With(difference.Snapshot.Objects())) : difference;
        findings.AddState(QuestionPart.Difference, after.Snapshot);
        if (findings.ArePreventing)
            return findings.GiveNone<ReachabilityDifference>();
        var found = Compare(reference, after, Query, Assumptions, cancellation);
        findings.AddUnknownNamespaces(Query.Namespaces);
        findings.AddPortNames(Query.PortNames, Query.To);
        string[] noSource = [.. found.FromWithoutMatch.Select(static pattern => pattern.ToString())];
        string[] noDestination = [.. found.ToWithoutMatch.Select(static pattern => pattern.ToString())];
        findings.AddUnmatched(QuestionPart.From, noSource);
        findings.AddUnmatched(QuestionPart.To, noDestination);
        findings.Add(found.Diagnostics);
        if (noSource.Length + noDestination.Length > 0 || found.ToLeadingNowhere.Any())
            findings.Prevent();
        if (areMeant && !Apply)
            findings.Add(new Diagnostic(DiagnosticId.PoliciesApplied, DiagnosticSeverity.Warning, AppliedPolicies.Warning), null);
        return findings.Give(() => found);
    }

    /// <summary>Compares two states of a cluster.</summary>
    internal static ReachabilityDifference Compare(
        ClusterEvaluator before, ClusterEvaluator after, ConnectionQuery query, Assumptions assumptions, CancellationToken cancellation)
    {
        assumptions = assumptions.ToAskAbout(query.Ports);
        var (was, becomes) = (Side(before), Side(after));

        // Policies that name ICMP may be in one state alone; both have to be about the same traffic.
        if (was.Map.Traffic.CountsIcmp != becomes.Map.Traffic.CountsIcmp)
        {
            assumptions = assumptions with { CountsIcmp = true };
            (was, becomes) = (Side(before), Side(after));
        }

        return new ReachabilityDifference(was, becomes, query);

        DifferenceSide Side(ClusterEvaluator cluster) => new(cluster.Snapshot, cluster.Map(assumptions, cancellation));
    }
}
