using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Snapshot;

namespace NetPolTools.Asking;

/// <summary>Asks the same question of each state of a cluster, and tells what has changed in the answer since the state before.</summary>
/// <param name="question">Which connections to report.</param>
/// <param name="words">How the face names the parts of the question.</param>
public sealed class SuccessiveStates(ReachQuestion question, QuestionWords words)
{
    private ClusterEvaluator? _last;
    private IReadOnlyList<Diagnostic> _told = [];

    /// <summary>Whether the question is one that no state can answer; what is wrong with it has been told.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>What has become of the cluster since the last state; null for the first one.</summary>
    /// <param name="state">The cluster now.</param>
    /// <param name="report">
    /// Told what the answer to the question itself would say of the state, and did not say of the state before. What the state lacks may come, so that is a
    /// warning.
    /// </param>
    /// <param name="cancellation">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    public ReachabilityDifference? Next(ClusterSnapshot state, Action<Diagnostic> report, CancellationToken cancellation)
    {
        var now = new ClusterEvaluator(state);
        Diagnostic[] diagnostics = [.. question.Ask(now, words, cancellation).Diagnostics.Select(static told => ForNow(told.Diagnostic))];
        foreach (var diagnostic in diagnostics.Except(_told))
            report(diagnostic);
        _told = diagnostics;
        IsRefused = diagnostics.Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (IsRefused)
            return null;
        var difference = _last is null ? null : DifferenceQuestion.Compare(_last, now, question.Query, question.Assumptions, cancellation);
        _last = now;
        return difference;
    }

    private static Diagnostic ForNow(Diagnostic diagnostic) =>
        diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != DiagnosticId.InvalidValue
            ? diagnostic with { Severity = DiagnosticSeverity.Warning } : diagnostic;
}
