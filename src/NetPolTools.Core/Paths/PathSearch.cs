using NetPolTools.Reachability;

namespace NetPolTools.Paths;

/// <summary>
/// Which workloads can be reached from some of them, one after the other, and in how many hops at least: a search in breadth over cells. Each class is asked
/// once whom it reaches.
/// </summary>
internal sealed class PathSearch
{
    private readonly List<int> _order = [];
    private readonly int[] _hops;
    private readonly int[] _parents;

    /// <param name="map">Of the cluster, or what it may allow.</param>
    /// <param name="cells">In which each of the starts is a cell of its own.</param>
    /// <param name="starts">The cells that it starts from.</param>
    /// <param name="without">A connection between two cells of one workload each that does not count; null for none.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public PathSearch(
        ReachabilityMap map, WorkloadCells cells, IEnumerable<int> starts, (int From, int To)? without, CancellationToken cancellation)
    {
        _hops = new int[cells.Count];
        _parents = new int[cells.Count];
        Array.Fill(_hops, -1);
        Array.Fill(_parents, -1);
        var successors = new CellSuccessors(map, cells);
        var open = new OpenClasses(map, cells);
        for (var cell = 0; cell < cells.Count; cell++)
            open.Add(cell);
        var isAsked = new bool[map.Endpoints.Count];
        foreach (var start in starts)
            Visit(start, -1);
        for (var next = 0; next < _order.Count; next++)
        {
            cancellation.ThrowIfCancellationRequested();
            var cell = _order[next];
            var ofClass = cells.ClassOf(cell);

            // Another cell of its class has found all that it finds, but for what only its node reaches.
            if (isAsked[ofClass] && cells.NeighboursOf(cell).IsEmpty)
                continue;
            foreach (var found in successors.Of(cell, open.Bits))
            {
                if (_hops[found] < 0 && (without is not { } cut || cut.From != cell || cut.To != found))
                    Visit(found, cell);
            }

            isAsked[ofClass] |= without?.From != cell;
        }

        void Visit(int cell, int parent)
        {
            _hops[cell] = parent < 0 ? 0 : _hops[parent] + 1;
            _parents[cell] = parent;
            _order.Add(cell);
            open.Remove(cell);
        }
    }

    /// <summary>The cells that are reached, those with fewer hops first; the starts come before all others.</summary>
    public IReadOnlyList<int> Order => _order;

    /// <summary>The hops of a shortest path to a cell; 0 for a start, below zero where it is out of reach.</summary>
    public int HopsTo(int cell) => _hops[cell];

    /// <summary>The cell before a cell on a shortest path; below zero for a start, and where it is out of reach.</summary>
    public int Before(int cell) => _parents[cell];
}
