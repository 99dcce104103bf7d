using NetPolTools.Diagnostics;
using NetPolTools.Intents;

namespace NetPolTools.Asking;

/// <summary>Which intents hold now: what is reachable, and nothing else?</summary>
public sealed record IntentInitQuestion
{
    private const string Open = "Policies leave open, as far as the input tells, whether some connections are allowed; those are not written, and the defaults "
        + "will be undetermined.";

    /// <summary>Only what has an end there, with wildcards; empty for everything.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    public Assumptions Assumptions { get; init; } = new();

    /// <inheritdoc cref="ReachQuestion.Ask"/>
    public Answer<WrittenIntents> Ask(ClusterEvaluator cluster, QuestionWords words, CancellationToken cancellation = default)
    {
        var findings = Findings.Of(words, (QuestionPart.Input, cluster.Snapshot));
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
        if (new IntentsFound(map, units, cancellation).All() is not { } found)
        {
            findings.Add(
                new Diagnostic(
                    DiagnosticId.InvalidValue, DiagnosticSeverity.Error,
                    "So much is reachable that the file would have millions of lines; ask for the intents of some namespaces, each in a file of its own."),
                null);
            return findings.GiveNone<WrittenIntents>();
        }

        var (text, count) = new IntentFileText(units, found, Namespaces).Write();

        // What is open may be about ends alone that intents are not about.
        if (map.AtMost is { } most
            && (new IntentsFound(most, units, cancellation).All() is not { } possible || new IntentFileText(units, possible, Namespaces).Write().Text != text))
        {
            findings.Add(new Diagnostic(DiagnosticId.Undetermined, DiagnosticSeverity.Warning, Open), null);
        }

        return findings.Give(() => new WrittenIntents(text, count));
    }
}
