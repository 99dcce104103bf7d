using NetPolTools.Reachability;

namespace NetPolTools.Paths;

/// <summary>
/// The connections that lie on every path to something: without one of them, a workload and all that it dominates are out of reach. A connection is one where
/// the workload that it leads to is reached from elsewhere only by what it dominates itself.
/// </summary>
internal static class ChokeCandidates
{
    /// <param name="map">Of the cluster.</param>
    /// <param name="cells">Its workloads.</param>
    /// <param name="search">Over these cells, all connections of the map counted.</param>
    /// <param name="isCounted">By group, whether it counts where it is cut off.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Groups from and to which they lead, and how many groups they cut off; those that cut most first, then in the order of the groups.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<(int From, int To, int Cuts)> Find(
        ReachabilityMap map, WorkloadCells cells, PathSearch search, bool[] isCounted, CancellationToken cancellation)
    {
        var dominators = new Dominators(map, cells, search, cancellation);
        var (others, last) = Entries(map, cells, search, dominators, cancellation);
        var sums = dominators.SumsBelow(search.Order, cell =>
        {
            var counted = 0;
            foreach (var group in search.HopsTo(cell) == 0 ? [] : cells.GroupsOf(cell))
                counted += isCounted[group] ? 1 : 0;
            return counted;
        });
        var found = new List<(int From, int To, int Cuts)>();
        foreach (var cell in search.Order)
        {
            if (search.HopsTo(cell) == 0 || others[cell] != 1 || sums[cell] == 0)
                continue;
            foreach (var group in cells.GroupsOf(cell))
            {
                if ((cells.SizeOf(cell) == 1 ? sums[cell] : isCounted[group] ? 1 : 0) is > 0 and var cuts)
                    found.Add((cells.GroupsOf(last[cell])[0], group, cuts));
            }
        }

        return [.. found.OrderByDescending(static choke => choke.Cuts).ThenBy(static choke => choke.From).ThenBy(static choke => choke.To)];
    }

    /// <summary>From how many workloads each workload of a cell is reached that the cell does not dominate, and from which cell the last of them is.</summary>
    private static (int[] Counts, int[] Last) Entries(
        ReachabilityMap map, WorkloadCells cells, PathSearch search, Dominators dominators, CancellationToken cancellation)
    {
        var counts = new int[cells.Count];
        var last = new int[cells.Count];
        var open = new OpenClasses(map, cells);
        foreach (var cell in search.Order)
        {
            if (search.HopsTo(cell) > 0)
                open.Add(cell);
        }

        // Most are reached from two ends soon, and then no connection to them is looked at any more.
        var successors = new CellSuccessors(map, cells);
        foreach (var cell in search.Order)
        {
            cancellation.ThrowIfCancellationRequested();
            if (open.IsEmpty)
                break;
            foreach (var found in successors.Of(cell, open.Bits))
            {
                if (search.HopsTo(found) == 0 || counts[found] > 1)
                    continue;
                var size = cells.SizeOf(cell);
                if (found == cell)
                    size--;
                else if (dominators.Dominates(found, cell))
                    continue;
                if (size == 0)
                    continue;
                counts[found] += size;
                last[found] = cell;
                if (counts[found] > 1)
                    open.Remove(found);
            }
        }

        return (counts, last);
    }
}
