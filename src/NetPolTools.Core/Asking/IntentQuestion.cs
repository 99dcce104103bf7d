using NetPolTools.Authoring.Inference;
using NetPolTools.Explaining;
using NetPolTools.Intents;
using NetPolTools.Reachability;
using NetPolTools.SeenTraffic;

namespace NetPolTools.Asking;

/// <summary>Is what must be reachable reachable, and what must not be not?</summary>
/// <param name="Intents">What must be and what must not.</param>
public sealed record IntentQuestion(IntentSet Intents)
{
    /// <summary>Of more failed intents, no repair is looked for.</summary>
    public const int MostRepaired = 5;

    /// <summary>In a larger cluster, no repair is looked for: each that is tried costs a comparison of all that it can concern.</summary>
    public const int MostPodsToRepair = 2000;

    /// <inheritdoc cref="MostPodsToRepair"/>
    public const int MostPoliciesToRepair = 10_000;

    public Assumptions Assumptions { get; init; } = new();

    /// <summary>Where names without a namespace are looked for where the file does not say, with wildcards; empty for everywhere.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Traffic that was seen, with which the intents have to hold too; null where none is asked about.</summary>
    public IReadOnlyList<SeenFlow>? Flows { get; init; }

    /// <inheritdoc cref="TrafficQuestion.LacksRecords"/>
    public bool LacksRecords { get; init; }

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    /// <returns>In part where an end names nothing, or several workloads: that intent neither passed nor failed.</returns>
    public Answer<IntentReport> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Findings.Of(words, (QuestionPart.Input, cluster.Snapshot));

        // With an input that cannot be read, no flows were read either, and that there are none is no fault of theirs.
        if (Flows is not null && !findings.ArePreventing)
            TrafficQuestion.AddFlows(Flows, LacksRecords, findings);
        if (findings.ArePreventing)
            return findings.GiveNone<IntentReport>();
        var assumptions = Assumptions with { CountsIcmp = Assumptions.CountsIcmp || Intents.Intents.Any(static intent => intent.Ports.Numbers.CountsIcmp) };
        findings.Add(cluster.Evaluate(assumptions).Diagnostics);
        findings.Add(cluster.FindingsOfStaged(assumptions));
        var map = cluster.Map(assumptions, cancellation);
        findings.AddPolicies(map);
        if (findings.ArePreventing)
            return findings.GiveNone<IntentReport>();
        var ends = new IntentEnds(map, Intents.Namespaces.Count > 0 ? Intents.Namespaces : Namespaces);
        var sides = Intents.Intents.Select(ends.Resolve).ToArray();
        foreach (var problem in sides.SelectMany(static found => found.Problems).DistinctBy(static problem => (problem.Message, problem.Location)))
            findings.Add(problem, null);
        var seen = Flows is null ? null : Seen(map, ends, sides);
        var results = Results(map, ends, sides, seen, cancellation);
        if (map.Endpoints.PodCount <= MostPodsToRepair && map.Snapshot.NetworkPolicies.Count <= MostPoliciesToRepair)
        {
            foreach (var failed in results.Where(static result => result.Status == IntentStatus.Failed).Take(MostRepaired))
                failed.Repairer = intent => BestRepair(cluster, intent, cancellation);
        }

        if (map.Snapshot.OtherPolicyKinds.Count > 0)
            findings.Doubt();
        return findings.Give(() => new IntentReport(results));
    }

    /// <summary>The same, with what came of each intent before a change.</summary>
    /// <param name="cluster">After the change.</param>
    /// <param name="words">How the face names the parts of the question.</param>
    /// <param name="before">Before it; null for no change.</param>
    /// <param name="cancellation">Ends the evaluation.</param>
    /// <returns>None where either side has none.</returns>
    public Answer<IntentReport> Ask(ClusterEvaluator cluster, QuestionWords words, ClusterEvaluator? before, CancellationToken cancellation = default)
    {
        var answer = Ask(cluster, words, cancellation);
        if (before is null)
            return answer;
        var was = (this with { Flows = null }).Ask(before, words, cancellation);
        var report = answer.Value is { } found && was.Value is { } earlier
            ? new IntentReport([.. found.Results.Zip(earlier.Results).Select(static pair => pair.First.After(pair.Second))])
            : null;
        return new Answer<IntentReport>(
            report is null ? AnswerStatus.NotAnswered : answer.Status,
            report,
            [.. was.Diagnostics.Concat(answer.Diagnostics).Distinct()],
            [.. was.InputDiagnostics.Concat(answer.InputDiagnostics).Distinct()]);
    }

    private Repair? BestRepair(ClusterEvaluator cluster, Intent intent, CancellationToken cancellation) =>
        new RepairQuestion(intent) { Assumptions = Assumptions }.Ask(cluster, QuestionWords.Plain, cancellation).Value is { Repairs: [var best, ..] }
            ? best
            : null;

    /// <summary>What seen traffic says of each intent; null for those whose ends were not found.</summary>
    private SeenOfIntent?[] Seen(ReachabilityMap map, IntentEnds ends, ResolvedIntent[] sides)
    {
        var verdicts = new FlowVerdicts(map, new EndDirectory(map.Snapshot));
        var seen = new SeenIntents(
            verdicts, Flows!, new SeenEnds(map, verdicts, ends.WithoutAddresses), [.. sides.Select(static found => found.Sides).OfType<IntentSides>()]);
        return [.. sides.Select(found => found.Sides is { } known ? seen.Of(known) : null)];
    }

    private static IntentResult[] Results(
        ReachabilityMap map, IntentEnds ends, ResolvedIntent[] sides, SeenOfIntent?[]? seen, CancellationToken cancellation)
    {
        var judged = Judged(map, ends, sides, cancellation);

        // What labels that are not in the input decide is not known.
        var otherwise = map.NamespaceDoubts is { } doubts
            ? new[] { doubts.Least, doubts.Most, doubts.Open }.OfType<ReachabilityMap>().Select(other => Judged(other, ends, sides, cancellation)).ToArray()
            : [];
        var (explainer, names) = (new Explainer(map), new EndNames(map));
        return
        [
            .. sides.Select((found, i) => Array.Exists(otherwise, other => other[i]?.Status != judged[i]?.Status)
                ? new IntentResult(found, null, explainer, names, map) { Unknown = "It " + map.NamespaceDoubts!.Note + ".", Seen = seen?[i] }
                : new IntentResult(found, judged[i], explainer, names, map) { Seen = seen?[i] }),
        ];
    }

    private static JudgedIntent?[] Judged(ReachabilityMap map, IntentEnds ends, ResolvedIntent[] sides, CancellationToken cancellation)
    {
        var allowances = new Allowances(sides.Select(static found => found.Sides).OfType<IntentSides>());
        var judge = new IntentJudge(map, ends.Everything);
        return [.. sides.Select(found => found.Sides is { } known ? judge.Judge(known, allowances, cancellation) : null)];
    }
}
