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
        if (cells.ClassesOf(cell) is { Length: > 1 } classes)
            return OfSeveral(classes, among);
        var peers = _finder.Find(cells.ClassOf(cell));
        foreach (var position in peers.Touched)
            AddCells(position, peers[position] & among[position]);
        foreach (var neighbour in cells.NeighboursOf(cell))
        {
            if (!peers.Contains(cells.ClassOf(neighbour)))
                _found.Add(neighbour);
        }

        return _found;
    }

    /// <summary>The same of addresses outside, which no node is.</summary>
    private List<int> OfSeveral(int[] classes, ulong[] among)
    {
        var all = new ulong[among.Length];
        foreach (var ofClass in classes)
        {
            var peers = _finder.Find(ofClass);
            foreach (var position in peers.Touched)
                all[position] |= peers[position] & among[position];
        }

        for (var position = 0; position < all.Length; position++)
            AddCells(position, all[position]);
        return _found;
    }

    /// <summary>Adds the cells of the classes that have bits in a word.</summary>
    private void AddCells(int position, ulong word)
    {
        for (; word != 0; word &= word - 1)
        {
            foreach (var found in cells.OfClass((position * 64) + BitOperations.TrailingZeroCount(word)))
                _found.Add(found);
        }
    }
}
