using NetPolTools.Authoring.Inference;
using NetPolTools.Diagnostics;
using NetPolTools.Intents;
using NetPolTools.Reachability;
using NetPolTools.SeenTraffic;

namespace NetPolTools.Asking;

/// <summary>Which intents hold now: what is reachable, or what was seen, and nothing else?</summary>
public sealed record IntentInitQuestion
{
    private const string Open = "Policies leave open, as far as the input tells, whether some connections are allowed; those are not written, and the defaults "
        + "will be undetermined.";

    /// <summary>Only what has an end there, with wildcards; empty for everything.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public Assumptions Assumptions { get; init; } = new();

    /// <summary>Traffic that was seen, which is written in the place of what is reachable; null for none.</summary>
    public IReadOnlyList<SeenFlow>? Flows { get; init; }

    /// <inheritdoc cref="TrafficQuestion.LacksRecords"/>
    public bool LacksRecords { get; init; }

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<WrittenIntents> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Findings.Of(words, (QuestionPart.Input, cluster.Snapshot));

        // With an input that cannot be read, no flows were read either, and that there are none is no fault of theirs.
        if (Flows is not null && !findings.ArePreventing)
            TrafficQuestion.AddFlows(Flows, LacksRecords, findings);
        if (findings.ArePreventing)
            return findings.GiveNone<WrittenIntents>();
        findings.Add(cluster.Evaluate(Assumptions).Diagnostics);
        findings.Add(cluster.FindingsOfStaged(Assumptions));
        findings.AddUnknownNamespaces(Namespaces);
        if (findings.ArePreventing)
            return findings.GiveNone<WrittenIntents>();
        var map = cluster.Map(Assumptions, cancellation);
        findings.AddPolicies(map);
        if (map.NamespaceDoubts is { } doubts)
            findings.Add(new Diagnostic(DiagnosticId.UnknownNamespaceLabels, DiagnosticSeverity.Warning, $"What is written {doubts.Note}."), null);
        var units = new IntentUnits(map, Namespaces);
        foreach (var problem in units.Problems)
            findings.Add(new Diagnostic(DiagnosticId.AmbiguousName, DiagnosticSeverity.Warning, problem), null);
        if (Flows is not null)
            return OfSeen(map, units, findings);
        if (new IntentsFound(map, units, cancellation).All() is not { } found)
        {
            findings.Add(
                new Diagnostic(
                    DiagnosticId.InvalidValue, DiagnosticSeverity.Error,
                    "So much is reachable that the file would have millions of lines; ask for the intents of some namespaces, each in a file of its own."),
                null);
            return findings.GiveNone<WrittenIntents>();
        }

        var (text, count) = Text(units, found);

        // What is open may be about ends alone that intents are not about.
        if (map.AtMost is { } most
            && (new IntentsFound(most, units, cancellation).All() is not { } possible || Text(units, possible).Text != text))
        {
            findings.Add(new Diagnostic(DiagnosticId.Undetermined, DiagnosticSeverity.Warning, Open), null);
        }

        return findings.Give(() => new WrittenIntents(text, count));
    }

    private (string Text, int Count) Text(IntentUnits units, IReadOnlyList<FoundIntent> found) =>
        new IntentFileText(units.All, units.Problems.Count == 0, found, Namespaces).Write();

    private Answer<WrittenIntents> OfSeen(ReachabilityMap map, IntentUnits units, Findings findings)
    {
        var seen = new IntentsSeen(units, new FlowVerdicts(map, new EndDirectory(map.Snapshot)));
        var found = seen.Of(Flows!, Namespaces);
        foreach (var end in seen.Unnamed)
        {
            var told = $"Intents have no name for {end}, so none is written for its traffic.";
            findings.Add(new Diagnostic(DiagnosticId.UnknownEnd, DiagnosticSeverity.Warning, told), null);
        }

        var (text, count) = new IntentFileText(seen.Units, units.Problems.Count == 0, found, Namespaces) { IsOfSeen = true }.Write();
        return findings.Give(() => new WrittenIntents(text, count));
    }
}
