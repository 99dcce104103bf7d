using NetPolTools.Cni;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Reading;
using NetPolTools.Snapshot;

namespace NetPolTools.Difference;

/// <summary>Compares each state of a cluster with the one before.</summary>
/// <param name="query">Which connections to tell of.</param>
/// <param name="evaluate">How to evaluate a state.</param>
public sealed class SuccessiveStates(ConnectionQuery query, Func<ClusterSnapshot, CniEvaluation> evaluate)
{
    private DifferenceSide? _last;
    private IReadOnlyList<Diagnostic> _told = [];

    /// <summary>What has become of the cluster since the last state; null for the first one.</summary>
    /// <param name="state">The cluster now.</param>
    /// <param name="report">Told what the evaluation has to say that it did not say of the state before.</param>
    /// <param name="cancellation">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    public ReachabilityDifference? Next(ClusterSnapshot state, Action<Diagnostic> report, CancellationToken cancellation)
    {
        var evaluation = evaluate(state);
        foreach (var diagnostic in evaluation.Diagnostics.Except(_told))
            report(diagnostic);
        _told = evaluation.Diagnostics;

        var now = new DifferenceSide(state, ReachabilityMap.Compile(state, evaluation.Options, cancellation));
        var difference = _last is null ? null : new ReachabilityDifference(_last, now, query);
        _last = now;
        return difference;
    }
}
