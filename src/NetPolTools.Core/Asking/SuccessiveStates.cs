using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Snapshot;

namespace NetPolTools.Asking;

/// <summary>Asks the same question of each state of a cluster, and tells what has changed in the answer since the state before.</summary>
/// <param name="question">Which connections to tell of.</param>
public sealed class SuccessiveStates(ReachQuestion question)
{
    private ClusterEvaluator? _last;
    private IReadOnlyList<Diagnostic> _told = [];

    /// <summary>What has become of the cluster since the last state; null for the first one.</summary>
    /// <param name="state">The cluster now.</param>
    /// <param name="report">Told what the state and its evaluation have to say that it did not say of the state before.</param>
    /// <param name="cancellation">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    public ReachabilityDifference? Next(ClusterSnapshot state, Action<Diagnostic> report, CancellationToken cancellation)
    {
        var now = new ClusterEvaluator(state);
        Diagnostic[] diagnostics = [.. state.Gaps, .. now.Evaluate(question.Assumptions).Diagnostics];
        foreach (var diagnostic in diagnostics.Except(_told))
            report(diagnostic);
        _told = diagnostics;
        var difference = _last is null ? null : DifferenceQuestion.Compare(_last, now, question.Query, question.Assumptions, cancellation);
        _last = now;
        return difference;
    }
}
