using NetPolTools.Cni;
using NetPolTools.Difference;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring.VendorPolicies;

/// <summary>Whether two states of a cluster answer the same on a network plugin, for every pod and every port, ICMP and its like too.</summary>
internal static class SameAnswers
{
    /// <param name="before">One state.</param>
    /// <param name="after">The other.</param>
    /// <param name="plugin">That enforces the policies of both.</param>
    /// <param name="most">How many changes are told.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Each change in words; none where both answer the same. That an answer is only less certain is a change, too.</returns>
    public static IReadOnlyList<string> Changes(
        ClusterSnapshot before, ClusterSnapshot after, CniChoice plugin, int most, CancellationToken cancellation)
    {
        var difference = new ReachabilityDifference(Side(before), Side(after), new ConnectionQuery { By = GroupBy.Pod });
        return [.. difference.List(cancellation).Take(most).Select(InWords)];

        DifferenceSide Side(ClusterSnapshot snapshot) => new(
            snapshot,
            ReachabilityMap.Compile(snapshot, CniEvaluation.Of(snapshot, plugin, ipBlockIgnoresPods: false).Options with { CountsIcmp = true }, cancellation));
    }

    private static string InWords(ConnectionChange change)
    {
        var (opened, closed) = (change.Opened, change.Closed);
        string[] parts =
        [
            .. opened.IsEmpty ? [] : new[] { $"opened on {opened}" },
            .. closed.IsEmpty ? [] : new[] { $"closed on {closed}" },
            .. change.UndeterminedAfter.Equals(change.UndeterminedBefore) ? []
                : new[] { $"undetermined on {change.UndeterminedAfter} instead of {change.UndeterminedBefore}" },
        ];
        return $"{change.Source} to {change.Destination} {string.Join(" and ", parts)}";
    }
}
