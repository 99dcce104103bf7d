using NetPolTools.Exposure;
using NetPolTools.Listing;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>What does a change open and close to pods that do not exist yet?</summary>
public sealed record ExposureDifferenceQuestion
{
    /// <summary>What a line stands for: a workload or a pod.</summary>
    public GroupBy By { get; init; }

    /// <summary>Only workloads of these namespaces, with wildcards; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <inheritdoc cref="DifferenceQuestion.Assumptions"/>
    public Assumptions Assumptions { get; init; } = Assumptions.None;

    /// <inheritdoc cref="DifferenceQuestion.Apply"/>
    public bool Apply { get; init; }

    /// <inheritdoc cref="DifferenceQuestion.EnforcesStaged"/>
    public bool EnforcesStaged { get; init; }

    /// <inheritdoc cref="DifferenceQuestion.Ask(ClusterEvaluator, ClusterEvaluator, QuestionWords, CancellationToken)"/>
    public Answer<ExposureChanges> Ask(
        ClusterEvaluator reference, ClusterEvaluator difference, QuestionWords words, CancellationToken cancellation = default)
    {
        var states = ComparedStates.Of(reference, difference, ChangedCluster.ToBe(reference, difference, Apply), Apply, words);
        var findings = states.Findings;
        if (findings.ArePreventing)
            return findings.GiveNone<ExposureChanges>();
        var assumedAfter = EnforcesStaged ? Assumptions with { IncludesStaged = true } : Assumptions;
        findings.Add(states.After.FindingsOfStaged(assumedAfter));
        findings.AddUnknownNamespaces(Namespaces);
        if (findings.ArePreventing)
            return findings.GiveNone<ExposureChanges>();
        var (before, after) = ComparedStates.Assumed((reference, Assumptions), (states.After, assumedAfter));
        var found = Compare(before, after);

        // Policies that name ICMP may be in one state alone; both have to be about the same traffic.
        if (found.Maps[0].Traffic.CountsIcmp != found.Maps[1].Traffic.CountsIcmp)
            found = Compare(before with { CountsIcmp = true }, after with { CountsIcmp = true });
        findings.AddPolicies(found.Maps);
        states.TellApplied();
        return findings.Give(() => new ExposureChanges(found, By));

        ExposureDifference Compare(Assumptions was, Assumptions becomes) => new(
            reference.Evaluated(was), states.After.Evaluated(becomes), pod => WildcardNames.MatchAny(Namespaces, pod.Namespace), cancellation);
    }
}

/// <summary>The changes of exposure, worked out as they are gone through.</summary>
public sealed class ExposureChanges
{
    private readonly ExposureDifference _difference;
    private readonly GroupBy _by;

    internal ExposureChanges(ExposureDifference difference, GroupBy by) => (_difference, _by) = (difference, by);

    /// <inheritdoc cref="ExposureDifference.List"/>
    public IEnumerable<ExposureChange> List(CancellationToken cancellation = default) => _difference.List(_by, cancellation);

    /// <inheritdoc cref="ExposureDifference.ListToExplain"/>
    internal IEnumerable<ExposureChange> ListToExplain(CancellationToken cancellation) => _difference.ListToExplain(_by, cancellation);
}
