using NetPolTools.Isolation;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Summaries;

/// <summary>
/// Counts, for every workload, who may reach it and whom it may reach. Both are sets of classes that are never gone through: a hundred thousand workloads
/// have millions of pairs.
/// </summary>
/// <param name="map">Compiled from the cluster.</param>
/// <param name="namespaces">Wildcards for the namespaces asked about; empty for all.</param>
public sealed class SummaryReport(ReachabilityMap map, IReadOnlyList<string> namespaces)
{
    private const int FewestGroups = 256;

    /// <summary>By namespace, name and kind.</summary>
    /// <param name="by">Workload or pod.</param>
    /// <param name="cancellation">Ends the counting.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<ReachSummary> Lines(GroupBy by, CancellationToken cancellation)
    {
        var groups = Groups(by);
        var received = Count(PolicyDirection.Ingress, groups, cancellation);
        var sent = Count(PolicyDirection.Egress, groups, cancellation);
        return [.. groups.Select((group, i) => new ReachSummary(group.End, received[i], sent[i]))];
    }

    /// <summary>
    /// How many pairs there are of a workload that may for sure reach another one, of those asked about: a listing by workload has as many lines at least. It
    /// has more of pods that stand alone, and of addresses.
    /// </summary>
    /// <param name="cancellation">Ends the counting.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal long CountPairs(CancellationToken cancellation) =>
        Count(map, PolicyDirection.Ingress, Groups(GroupBy.Workload), cancellation).Sum(static found => (long)found.Workloads);

    private EndpointGroup[] Groups(GroupBy by) =>
        [.. EndpointGroup.Create(map, by).Where(group => WildcardNames.MatchAny(namespaces, group.End.Namespace!))];

    private PeerFigures[] Count(PolicyDirection direction, EndpointGroup[] groups, CancellationToken cancellation)
    {
        var allowed = Count(map, direction, groups, cancellation);
        var possible = map.AtMost is { } most ? Count(most, direction, groups, cancellation) : allowed;
        return [.. allowed.Select((certain, i) => new PeerFigures(certain.Workloads, possible[i].Workloads, certain.Outside, possible[i].Outside))];
    }

    private static (int Workloads, OutsideReach Outside)[] Count(
        ReachabilityMap map, PolicyDirection direction, EndpointGroup[] groups, CancellationToken cancellation)
    {
        // Made here: workers that waited for it would starve its own construction.
        _ = map.WhoReaches(direction);
        var counter = new PeerCounter(map, withHostNetwork: true);
        var figures = new (int, OutsideReach)[groups.Length];

        // Groups of one class differ only in the workload that is not counted, its own.
        int[][] alike = [.. Enumerable.Range(0, groups.Length).GroupBy(g => Key(groups[g])).Select(static same => same.ToArray())];
        var bounds = ParallelParts.Bounds(alike.Length, FewestGroups);
        ParallelParts.ForEachPart(
            bounds.Length - 1,
            part =>
            {
                var finder = new PeerFinder(map, direction);
                var together = new IndexSetAccumulator(map.Endpoints.Count);
                for (var i = bounds[part]; i < bounds[part + 1]; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    var peers = Find(groups[alike[i][0]].Classes);
                    var count = counter.Count(peers);
                    var outside = count.IsEveryAddress ? OutsideReach.Every : count.IsAnyAddress ? OutsideReach.Some : OutsideReach.None;
                    foreach (var g in alike[i])
                        figures[g] = (count.Workloads - (counter.HasWorkloadOf(groups[g].Members[0], peers) ? 1 : 0), outside);
                }

                IndexSetAccumulator Find(int[] classes)
                {
                    if (classes.Length == 1)
                        return finder.Find(classes[0]);
                    together.Clear();
                    foreach (var c in classes)
                        together.Add(finder.PeersOf(c));
                    return together;
                }
            },
            cancellation);
        return figures;
    }

    /// <summary>The same for groups of the same single class; of several classes each group is one of its own.</summary>
    private static (int Class, EndpointGroup? Alone) Key(EndpointGroup group) => group.Classes.Length == 1 ? (group.Classes[0], null) : (-1, group);
}
