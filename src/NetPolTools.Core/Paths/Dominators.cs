using NetPolTools.Reachability;

namespace NetPolTools.Paths;

/// <summary>
/// Which workloads lie on every path to which others: the dominator tree of the cells that a search has found, from its starts.
/// </summary>
/// <remarks>
/// It begins with the tree of the search. While a connection leads to a cell from elsewhere than below its parent, the parent becomes the nearest that both
/// have in common; where nothing changes any more, it is the dominator tree (Georgiadis and Tarjan, "Dominator tree certification and divergent spanning
/// trees"). Most cells soon have nothing but the start in common, and then no connection to them is looked at any more. A cell of several workloads dominates
/// nothing: each of them is a way around the others.
/// </remarks>
internal sealed class Dominators
{
    /// <summary>By position: 0 stands above all starts, and the cells follow in the order of the search.</summary>
    private readonly int[] _parents;
    private readonly int[] _positions;
    private readonly int[] _first;
    private readonly int[] _below;

    /// <param name="map">Of the cluster.</param>
    /// <param name="cells">Its workloads.</param>
    /// <param name="search">Over these cells, all connections of the map counted.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Dominators(ReachabilityMap map, WorkloadCells cells, PathSearch search, CancellationToken cancellation)
    {
        var order = search.Order;
        _positions = new int[cells.Count];
        _parents = new int[order.Count + 1];
        for (var i = 0; i < order.Count; i++)
            _positions[order[i]] = i + 1;
        var starts = 0;
        for (; starts < order.Count && search.HopsTo(order[starts]) == 0; starts++)
            _parents[starts + 1] = 0;

        // Above a single start nothing is to be found.
        var top = starts == 1 ? 1 : 0;
        for (var i = starts; i < order.Count; i++)
            _parents[i + 1] = NodeOf(cells, search.Before(order[i]));
        Settle(map, cells, order, starts, top, cancellation);

        _below = new int[_parents.Length];
        for (var position = _parents.Length - 1; position > 0; position--)
            _below[_parents[position]] += ++_below[position];
        _first = new int[_parents.Length];
        var next = new int[_parents.Length];
        next[0] = 1;
        for (var position = 1; position < _parents.Length; position++)
        {
            _first[position] = next[_parents[position]];
            next[_parents[position]] += _below[position];
            next[position] = _first[position] + 1;
        }
    }

    /// <summary>Whether one cell is, or lies on every path to, another; both are reached.</summary>
    public bool Dominates(int cell, int other)
    {
        var (position, otherPosition) = (_positions[cell], _positions[other]);
        return _first[position] <= _first[otherPosition] && _first[otherPosition] < _first[position] + _below[position];
    }

    /// <summary>For each cell that is reached, the sum of something over it and all that it lies on every path to.</summary>
    /// <param name="order">That of the search.</param>
    /// <param name="weightOf">What to sum.</param>
    /// <returns>By cell.</returns>
    public int[] SumsBelow(IReadOnlyList<int> order, Func<int, int> weightOf)
    {
        var sums = new int[_parents.Length];
        var ofCells = new int[_positions.Length];
        for (var i = order.Count - 1; i >= 0; i--)
        {
            sums[i + 1] += weightOf(order[i]);
            sums[_parents[i + 1]] += sums[i + 1];
            ofCells[order[i]] = sums[i + 1];
        }

        return ofCells;
    }

    private void Settle(ReachabilityMap map, WorkloadCells cells, IReadOnlyList<int> order, int starts, int top, CancellationToken cancellation)
    {
        var open = new OpenClasses(map, cells);
        for (var i = starts; i < order.Count; i++)
        {
            if (_parents[i + 1] != top)
                open.Add(order[i]);
        }

        var successors = new CellSuccessors(map, cells);
        for (var isChanged = true; isChanged && !open.IsEmpty;)
        {
            isChanged = false;
            for (var i = 0; i < order.Count && !open.IsEmpty; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var found in successors.Of(order[i], open.Bits))
                {
                    var position = _positions[found];
                    if (found == order[i] || position <= starts || _parents[position] == top)
                        continue;
                    var common = Common(_parents[position], NodeOf(cells, order[i]));
                    if (common == _parents[position])
                        continue;
                    _parents[position] = common;
                    isChanged = true;
                    if (common == top)
                        open.Remove(found);
                }
            }
        }
    }

    /// <summary>The position that paths through a cell have in common: its own, or, of a cell of several workloads, that of its parent.</summary>
    private int NodeOf(WorkloadCells cells, int cell) => cells.SizeOf(cell) == 1 ? _positions[cell] : _parents[_positions[cell]];

    /// <summary>The nearest common ancestor. Parents have lower positions than their children.</summary>
    private int Common(int a, int b)
    {
        while (a != b)
        {
            if (a > b)
                a = _parents[a];
            else
                b = _parents[b];
        }

        return a;
    }
}
