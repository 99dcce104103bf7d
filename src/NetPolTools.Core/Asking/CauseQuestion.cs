using NetPolTools.Causes;
using NetPolTools.Listing;
using NetPolTools.Sets;

namespace NetPolTools.Asking;

/// <summary>Between two states of a cluster, which change made a connection fail, or possible?</summary>
/// <param name="From">One workload or pod, a namespace as <c>name/*</c>, a label selector, an address or a block.</param>
/// <param name="To">As <paramref name="From"/>, or a Service, which stands for what is behind it on its target ports.</param>
public sealed record CauseQuestion(EndpointPattern From, EndpointPattern To)
{
    /// <inheritdoc cref="TestQuestion.Ports"/>
    public PortSet Ports { get; init; } = PortSet.All;

    /// <inheritdoc cref="TestQuestion.PortNames"/>
    public IReadOnlyList<string> PortNames { get; init; } = [];

    /// <inheritdoc cref="TestQuestion.Namespaces"/>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <inheritdoc cref="DifferenceQuestion.Apply"/>
    public bool Apply { get; init; }

    /// <summary>By default the plugin that each state shows counts, since it may be what has changed.</summary>
    public Assumptions Assumptions { get; init; } = new();

    /// <param name="reference">The earlier state.</param>
    /// <param name="difference">The later one.</param>
    /// <param name="words">How the face names the parts of the question.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Answer<CauseAnswer> Ask(
        ClusterEvaluator reference, ClusterEvaluator difference, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Findings.Of(words, (QuestionPart.Reference, reference.Snapshot), (QuestionPart.Difference, difference.Snapshot));
        if (findings.ArePreventing)
            return findings.GiveNone<CauseAnswer>();
        var later = ChangedCluster.Of(reference, difference, Apply, findings);
        if (findings.ArePreventing)
            return findings.GiveNone<CauseAnswer>();
        var (assumedBefore, assumedAfter) = ComparedStates.Assumed((reference, Assumptions), (later, Assumptions));
        var test = new TestQuestion([From], [To]) { Ports = Ports, PortNames = PortNames, Namespaces = Namespaces };
        var (askedBefore, askedAfter) = (test with { Assumptions = assumedBefore }, test with { Assumptions = assumedAfter });
        var (before, after) = (askedBefore.Ask(reference, words, cancellation), askedAfter.Ask(later, words, cancellation));

        // An end that is in one of the states alone came or went with the change. One that is in neither is a mistake of the question.
        var (was, becomes) = (before.Value, after.Value);
        if (was is null && becomes is not null)
            was = MissingEnds.Of(before, askedBefore, reference, cancellation);
        else if (becomes is null && was is not null)
            becomes = MissingEnds.Of(after, askedAfter, later, cancellation);
        if (was is null || before.IsWhole)
            findings.AddAnswer(before);
        if (becomes is null || after.IsWhole)
            findings.AddAnswer(after);
        if (findings.ArePreventing)
            return findings.GiveNone<CauseAnswer>();
        var trials = new CauseTrials(test, (reference, assumedBefore, was!), (later, assumedAfter, becomes!), cancellation);
        return findings.Give(() =>
        {
            var found = trials.Find();
            return new CauseAnswer(was!, becomes!, found.Causes, found.IsSmallest);
        });
    }
}

/// <summary>What a change of a cluster did to a connection, and which part of it.</summary>
public sealed class CauseAnswer
{
    internal CauseAnswer(TestedReachability before, TestedReachability after, IReadOnlyList<IReadOnlyList<SnapshotChange>> causes, bool isSmallest)
    {
        (Before, After, Causes, IsSmallest) = (before, after, causes, isSmallest);
    }

    public TestedReachability Before { get; }

    public TestedReachability After { get; }

    /// <summary>
    /// Changes that make the difference: once all of one set are undone, the answer is that of before. Several sets are alternatives, each of one change.
    /// Empty where policies say the same before and after.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<SnapshotChange>> Causes { get; }

    /// <summary>Whether no set of fewer changes would do; otherwise each member of the set is needed, and a smaller set of others may be there.</summary>
    public bool IsSmallest { get; }

    /// <summary>What came of it, in a word.</summary>
    public CauseOutcome Outcome => Causes.Count > 0 ? CauseOutcome.Found
        : !After.IsAllowed ? CauseOutcome.DeniedBefore
        : IsGoverned(Before) || IsGoverned(After) ? CauseOutcome.StillAllowed
        : CauseOutcome.NotGoverned;

    /// <summary>The same as a sentence.</summary>
    public string Sentence => Outcome switch
    {
        CauseOutcome.Found when Causes.Count > 1 => "Each of these changes makes the difference by itself: undone, it brings back the answer of before.",
        CauseOutcome.Found when Causes[0].Count > 1 => IsSmallest
            ? "These changes make the difference together: undone, they bring back the answer of before, and no fewer do."
            : "These changes make the difference together: undone, they bring back the answer of before, and each of them is needed for that.",
        CauseOutcome.Found => "This change makes the difference: undone, it brings back the answer of before.",
        CauseOutcome.DeniedBefore when Before.Because is { } missing => $"It was not reachable before, either: {missing}.",
        CauseOutcome.DeniedBefore => "Policies denied it before, too: no change between the two is the cause.",
        CauseOutcome.StillAllowed => "Policies allow it before and after. If it fails, look elsewhere.",
        _ => "No policy governs it, neither before nor after. If it fails, look elsewhere.",
    };

    /// <summary>Whether a policy has a say in it.</summary>
    private static bool IsGoverned(TestedReachability tested) => tested.Because is null
        && new[] { tested.Explain().Egress, tested.Explain().Ingress }.Any(static direction => direction.IsIsolated || direction.TieredPolicies.Count > 0);
}

/// <summary>What came of the search for a cause.</summary>
public enum CauseOutcome
{
    /// <summary>Policies say something else than before, and it is known which change makes the difference.</summary>
    Found,

    /// <summary>Policies denied it before, or an end was not there, and it is not allowed after.</summary>
    DeniedBefore,

    /// <summary>Policies have a say in it, and allow it before and after.</summary>
    StillAllowed,

    /// <summary>No policy selects either end in the direction of the connection.</summary>
    NotGoverned,
}
