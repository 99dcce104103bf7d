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

    /// <summary>Whether what is to be has its staged policies in effect, and what is has not: what would they cut?</summary>
    public bool EnforcesStaged { get; init; }

    /// <param name="reference">What is.</param>
    /// <param name="difference">What is to be; the same one where only its staged policies make a difference.</param>
    /// <param name="words">How the face names the parts of the question.</param>
    /// <param name="cancellation">Ends the evaluation; the list has a cancellation of its own.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Answer<ReachabilityDifference> Ask(
        ClusterEvaluator reference, ClusterEvaluator difference, QuestionWords words, CancellationToken cancellation = default) =>
        Ask(reference, difference, ToBe(reference, difference), words, cancellation);

    /// <inheritdoc cref="Ask(ClusterEvaluator, ClusterEvaluator, QuestionWords, CancellationToken)"/>
    /// <param name="after">What <see cref="ToBe"/> gives of both; kept by those who ask more of it.</param>
    internal Answer<ReachabilityDifference> Ask(
        ClusterEvaluator reference, ClusterEvaluator difference, ClusterEvaluator after, QuestionWords words, CancellationToken cancellation)
    {
        var states = ComparedStates.Of(reference, difference, after, Apply, words);
        var findings = states.Findings;
        if (findings.ArePreventing)
            return findings.GiveNone<ReachabilityDifference>();
        var assumedAfter = EnforcesStaged ? Assumptions with { IncludesStaged = true } : Assumptions;
        findings.Add(after.FindingsOfStaged(assumedAfter));
        var ends = Query.From.Concat(Query.To).ToArray();
        var (was, becomes) = (NewPods.AddTo(reference, ends, findings), NewPods.AddTo(after, ends, findings));
        if (findings.ArePreventing)
            return findings.GiveNone<ReachabilityDifference>();
        var found = Compare((was, Assumptions), (becomes, assumedAfter), Query, cancellation);
        findings.AddPolicies(found.Maps);
        findings.AddUnknownNamespaces(Query.Namespaces);
        findings.AddPortNames(Query.PortNames, Query.To);
        string[] noSource = [.. found.FromWithoutMatch.Select(static pattern => pattern.ToString())];
        string[] noDestination = [.. found.ToWithoutMatch.Select(static pattern => pattern.ToString())];
        findings.AddUnmatched(QuestionPart.From, noSource);
        findings.AddUnmatched(QuestionPart.To, noDestination);
        findings.Add(found.Diagnostics);
        if (noSource.Length + noDestination.Length > 0 || found.ToLeadingNowhere.Any())
            findings.Prevent();
        states.TellApplied();
        return findings.Give(() => found);
    }

    /// <summary>What is to be, once what is to be applied is.</summary>
    internal ClusterEvaluator ToBe(ClusterEvaluator reference, ClusterEvaluator difference) =>
        ChangedCluster.ToBe(reference, difference, Apply);

    /// <summary>Compares two states of a cluster under the same assumptions.</summary>
    /// <param name="before">What is.</param>
    /// <param name="after">What is to be.</param>
    /// <param name="query">Which connections.</param>
    /// <param name="assumptions">About both.</param>
    /// <param name="cancellation">Ends the evaluation.</param>
    /// <param name="like">A comparison of what is with something else, with which this one may share; null for none.</param>
    internal static ReachabilityDifference Compare(
        ClusterEvaluator before,
        ClusterEvaluator after,
        ConnectionQuery query,
        Assumptions assumptions,
        CancellationToken cancellation,
        ReachabilityDifference? like = null) => Compare((before, assumptions), (after, assumptions), query, cancellation, like);

    private static ReachabilityDifference Compare(
        (ClusterEvaluator Cluster, Assumptions Assumed) before,
        (ClusterEvaluator Cluster, Assumptions Assumed) after,
        ConnectionQuery query,
        CancellationToken cancellation,
        ReachabilityDifference? like = null)
    {
        (before.Assumed, after.Assumed) = ComparedStates.Assumed(before, after);
        var was = Side(before);
        var becomes = ReferenceEquals(before.Cluster.Snapshot, after.Cluster.Snapshot) && before.Assumed == after.Assumed ? was : Side(after);

        // Policies that name ICMP may be in one state alone; both have to be about the same traffic.
        if (was.Map.Traffic.CountsIcmp != becomes.Map.Traffic.CountsIcmp)
        {
            (was, becomes) = (Side(CountingIcmp(before)), Side(CountingIcmp(after)));
        }

        return new ReachabilityDifference(was, becomes, query, like);

        DifferenceSide Side((ClusterEvaluator Cluster, Assumptions Assumed) side)
        {
            var map = side.Cluster.Map(side.Assumed.ToAskAbout(query.Ports), cancellation);
            return new DifferenceSide(map.Snapshot, map);
        }

        static (ClusterEvaluator Cluster, Assumptions Assumed) CountingIcmp((ClusterEvaluator Cluster, Assumptions Assumed) side) =>
            (side.Cluster, side.Assumed with { CountsIcmp = true });
    }
}
