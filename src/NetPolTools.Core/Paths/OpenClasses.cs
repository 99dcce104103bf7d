using NetPolTools.Reachability;

namespace NetPolTools.Paths;

/// <summary>A bit for each class that has cells which are still to be looked at. Not thread safe.</summary>
/// <param name="map">Of the cluster.</param>
/// <param name="cells">Its workloads.</param>
internal sealed class OpenClasses(ReachabilityMap map, WorkloadCells cells)
{
    private readonly int[] _cellsOf = new int[map.Endpoints.Count];
    private int _count;

    public ulong[] Bits { get; } = new ulong[(map.Endpoints.Count + 63) / 64];

    public bool IsEmpty => _count == 0;

    /// <param name="cell">Not added before.</param>
    public void Add(int cell)
    {
        var ofClass = cells.ClassOf(cell);
        if (_cellsOf[ofClass]++ == 0)
            Bits[ofClass >> 6] |= 1UL << (ofClass & 63);
        _count++;
    }

    /// <param name="cell">Added, and not removed before.</param>
    public void Remove(int cell)
    {
        var ofClass = cells.ClassOf(cell);
        if (--_cellsOf[ofClass] == 0)
            Bits[ofClass >> 6] &= ~(1UL << (ofClass & 63));
        _count--;
    }
}
