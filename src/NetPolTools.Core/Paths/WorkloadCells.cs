using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Paths;

/// <summary>
/// Workloads that differ in nothing that matters for paths, put together: those of one class of endpoints. So a path is looked for among few hundred classes
/// where there are a hundred thousand workloads. Workloads that a node's own pods reach, or that paths are to keep apart, are cells of their own. Immutable.
/// </summary>
internal sealed class WorkloadCells
{
    private readonly GroupedArray<int> _groupsOf;
    private readonly GroupedArray<int> _cellsOf;
    private readonly GroupedArray<int> _neighbours;
    private readonly int[] _cellOf;
    private readonly int[] _classOf;
    private readonly EndpointGroup[] _groups;

    /// <param name="map">Whose endpoints the groups are made of.</param>
    /// <param name="groups">By workload: each has one class, but for one of addresses outside, which is kept apart.</param>
    /// <param name="apart">Positions of groups that are to be cells of their own.</param>
    public WorkloadCells(ReachabilityMap map, EndpointGroup[] groups, IEnumerable<int> apart)
    {
        _groups = groups;
        var neighbours = Neighbours(map, groups);
        var alone = new HashSet<int>(apart);
        alone.UnionWith(neighbours.Select(static pair => pair.From));
        alone.UnionWith(neighbours.Select(static pair => pair.To));
        _cellOf = new int[groups.Length];
        var classes = new List<int>();
        var cellOfClass = new int[map.Endpoints.Count];
        for (var g = 0; g < groups.Length; g++)
        {
            var c = groups[g].Classes[0];
            if (!alone.Contains(g) && cellOfClass[c] > 0)
            {
                _cellOf[g] = cellOfClass[c] - 1;
                continue;
            }

            _cellOf[g] = classes.Count;
            classes.Add(c);
            if (!alone.Contains(g))
                cellOfClass[c] = classes.Count;
        }

        _classOf = [.. classes];
        _groupsOf = new GroupedArray<int>(Count);
        foreach (var pass in _groupsOf.Filling)
        {
            for (var g = 0; g < groups.Length; g++)
                pass.Add(_cellOf[g], g);
        }

        _cellsOf = new GroupedArray<int>(map.Endpoints.Count);
        foreach (var pass in _cellsOf.Filling)
        {
            for (var cell = 0; cell < Count; cell++)
                pass.Add(_classOf[cell], cell);
        }

        _neighbours = new GroupedArray<int>(Count);
        foreach (var pass in _neighbours.Filling)
        {
            foreach (var (from, to) in neighbours)
                pass.Add(_cellOf[from], _cellOf[to]);
        }
    }

    public int Count => _classOf.Length;

    /// <summary>The positions of the groups in a cell, ascending.</summary>
    public ReadOnlySpan<int> GroupsOf(int cell) => _groupsOf[cell];

    public int SizeOf(int cell) => _groupsOf[cell].Length;

    public int CellOf(int group) => _cellOf[group];

    /// <summary>The class of a cell; of one of addresses outside, the first of its classes.</summary>
    public int ClassOf(int cell) => _classOf[cell];

    /// <summary>All classes of a cell.</summary>
    public int[] ClassesOf(int cell) => _groups[GroupsOf(cell)[0]].Classes;

    public ReadOnlySpan<int> OfClass(int ofClass) => _cellsOf[ofClass];

    /// <summary>The cells that a hostNetwork pod reaches because it speaks as the node that runs them, whatever policies say.</summary>
    public ReadOnlySpan<int> NeighboursOf(int cell) => _neighbours[cell];

    /// <summary>Pairs of groups that policies do not allow for sure, each once.</summary>
    private static HashSet<(int From, int To)> Neighbours(ReachabilityMap map, EndpointGroup[] groups)
    {
        var pairs = new HashSet<(int, int)>();
        int[]? groupOf = null;
        foreach (var (host, pod) in new NodeNeighbours(map, map.Endpoints.PodCount).Pairs())
        {
            groupOf ??= EndpointGroup.IndexByMember(groups, map.Endpoints);
            if (groupOf[host] != groupOf[pod] && map.Between(host, pod).IsEmpty)
                pairs.Add((groupOf[host], groupOf[pod]));
        }

        return pairs;
    }
}
