using NetPolTools.Authoring.Inference;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.SeenTraffic;
using NetPolTools.Text;

namespace NetPolTools.Asking;

/// <summary>What do policies make of traffic that was seen, and what does a change make of it?</summary>
/// <param name="Flows">What was seen, its ends found in the input that the flows are of.</param>
public sealed record TrafficQuestion(IReadOnlyList<SeenFlow> Flows)
{
    private const int MostNames = 5;

    /// <summary>Whether some records could not be used for a reason that is an error; then the answer is one with errors.</summary>
    public bool LacksRecords { get; init; }

    /// <inheritdoc cref="DifferenceQuestion.Apply"/>
    public bool Apply { get; init; }

    /// <inheritdoc cref="DifferenceQuestion.EnforcesStaged"/>
    public bool EnforcesStaged { get; init; }

    /// <summary>Only flows with an end in these namespaces, with wildcards; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public Assumptions Assumptions { get; init; } = Assumptions.None;

    /// <param name="reference">The cluster that the flows are of.</param>
    /// <param name="difference">What is to be; null where only what is is asked about.</param>
    /// <param name="words">How the face names the parts of the question.</param>
    /// <param name="cancellation">Ends the evaluation.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Answer<TrafficAnswer> Ask(
        ClusterEvaluator reference, ClusterEvaluator? difference, QuestionWords words, CancellationToken cancellation = default)
    {
        difference ??= EnforcesStaged ? reference : null;
        var findings = difference is null || ReferenceEquals(reference, difference)
            ? Findings.Of(words, (QuestionPart.Reference, reference.Snapshot))
            : Findings.Of(words, (QuestionPart.Reference, reference.Snapshot), (QuestionPart.Difference, difference.Snapshot));
        if (findings.ArePreventing)
            return findings.GiveNone<TrafficAnswer>();
        AddFlows(Flows, LacksRecords, findings);
        findings.AddUnknownNamespaces(Namespaces, needed: Namespaces.Count);
        if (findings.ArePreventing)
            return findings.GiveNone<TrafficAnswer>();
        var after = difference is null || ReferenceEquals(reference, difference)
            ? reference
            : ChangedCluster.Of(reference, difference, Apply, findings);
        var assumedAfter = EnforcesStaged ? Assumptions with { IncludesStaged = true } : Assumptions;
        findings.Add(after.FindingsOfStaged(assumedAfter));
        if (findings.ArePreventing)
            return findings.GiveNone<TrafficAnswer>();

        var map = after.Map(assumedAfter, cancellation);
        var verdicts = new FlowVerdicts(map, after.Ends);
        FlowVerdicts? before = null;
        if (difference is not null)
            before = new FlowVerdicts(reference.Map(Assumptions, cancellation), reference.Ends);
        findings.AddPolicies(before is null ? [map] : [before.Map, map]);
        SeenFlow[] asked = [.. Flows.Where(IsAsked)];
        SeenFlow[] known = [.. asked.Where(flow => Missing(flow) is null)];
        if (known.Length < asked.Length)
        {
            string[] missing = [.. asked.Select(flow => Missing(flow)?.ToString()).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
            findings.Add(
                new Diagnostic(
                    DiagnosticId.UnknownEnd,
                    DiagnosticSeverity.Warning,
                    $"Of {Wording.Count(asked.Length, "seen connection")}, {asked.Length - known.Length} have an end that "
                        + $"{words.NameOf(difference is null ? QuestionPart.Reference : QuestionPart.Difference)} does not hold, and nothing is said of them: "
                        + $"{Wording.List(missing, MostNames)}."),
                null);
        }

        var query = new ConnectionQuery { Namespaces = Namespaces };
        return findings.Give(() => new TrafficAnswer(
            new TrafficCheck(before, verdicts, known), stop => new ConnectionLister(map, query, after.EntrancesOf(map)).List(stop)));

        TrafficEnd? Missing(SeenFlow flow) => MissingIn(verdicts, flow) ?? (before is null ? null : MissingIn(before, flow));
    }

    /// <summary>What flows as such say of an answer.</summary>
    internal static void AddFlows(IReadOnlyList<SeenFlow> flows, bool lackRecords, Findings findings)
    {
        if (lackRecords)
            findings.Doubt();
        if (flows.Count > 0)
            return;

        // A log that failed to come would otherwise say that nothing breaks.
        findings.Prevent();
        findings.Add(new Diagnostic(DiagnosticId.NoTraffic, DiagnosticSeverity.Error, "The flows hold no traffic that policies could decide."), null);
    }

    private bool IsAsked(SeenFlow flow) => Namespaces.Count == 0 || IsThere(flow.Traffic.Source) || IsThere(flow.Traffic.Destination);

    private bool IsThere(TrafficEnd end) => end.Name.Namespace is { Length: > 0 } ns && WildcardNames.MatchAny(Namespaces, ns);

    private static TrafficEnd? MissingIn(FlowVerdicts state, SeenFlow flow) =>
        state.Find(flow.Traffic.Source) is null ? flow.Traffic.Source
        : state.Find(flow.Traffic.Destination) is null ? flow.Traffic.Destination
        : null;
}

/// <summary>Seen traffic held against policies.</summary>
public sealed class TrafficAnswer
{
    private readonly TrafficCheck _check;
    private readonly Func<CancellationToken, IEnumerable<Connection>> _list;

    internal TrafficAnswer(TrafficCheck check, Func<CancellationToken, IEnumerable<Connection>> list)
    {
        _check = check;
        _list = list;
    }

    /// <inheritdoc cref="TrafficCheck"/>
    public TrafficCheck Check => _check;

    /// <summary>Allowed connections that nobody was seen to use, or the ports of them that nobody was; worked out as they are gone through.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IEnumerable<Connection> Unused(CancellationToken cancellation = default) => _check.Unused(_list(cancellation));
}
