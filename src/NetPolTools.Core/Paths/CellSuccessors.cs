using System.Numerics;
using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Paths;

/// <summary>Whom a cell of workloads reaches, as far as it is asked about. Not thread safe.</summary>
/// <param name="map">Of the cluster, or what it may allow.</param>
/// <param name="cells">Of the same endpoints.</param>
internal sealed class CellSuccessors(ReachabilityMap map, WorkloadCells cells)
{
    private readonly PeerFinder _finder = new(map, PolicyDirection.Egress);
    private readonly List<int> _found = [];

    /// <summary>The cells that it reaches, each once, to be looked at until the next question. Itself among them means other workloads of it.</summary>
    /// <param name="cell">The source.</param>
    /// <param name="among">A bit for each class that is asked about.</param>
    public List<int> Of(int cell, ulong[] among)
    {
        _found.Clear();
        var peers = _finder.Find(cells.ClassOf(cell));
        foreach (var position in peers.Touched)
        {
            for (var word = peers[position] & among[position]; word != 0; word &= word - 1)
            {
                foreach (var found in cells.OfClass((position * 64) + BitOperations.TrailingZeroCount(word)))
                    _found.Add(found);
            }
        }

        foreach (var neighbour in cells.NeighboursOf(cell))
        {
            if (!peers.Contains(cells.ClassOf(neighbour)))
                _found.Add(neighbour);
        }

        return _found;
    }
}
