using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Representative ports: two of the given sets intersect exactly when they share a representative. So whether rules overlap on ports is decided by a few
/// numbers, however many ranges there are.
/// </summary>
/// <remarks>
/// They are a stabbing set of the ranges: wherever a range ends behind the begin of another, all ranges that are open there contain that port, and ranges that
/// overlap are open together at such a port.
/// </remarks>
internal sealed class PortRepresentatives
{
    private readonly List<int> _ports = [];
    private readonly Dictionary<PortSet, int[]> _known = [];

    public PortRepresentatives(IEnumerable<PortSet> sets)
    {
        // Twice the port and, of ends, one more: so that at one port begins come before ends.
        var bounds = new List<int>();
        foreach (var set in sets)
        {
            if (!_known.TryAdd(set, []))
                continue;
            for (var i = 0; i < set.Bounds.Length; i++)
                bounds.Add((set.Bounds[i] * 2) + (i % 2));
        }

        bounds.Sort();
        var isOpened = false;
        foreach (var bound in bounds)
        {
            var isEnd = bound % 2 == 1;
            if (isEnd && isOpened)
                _ports.Add(bound / 2);
            isOpened = !isEnd;
        }

        foreach (var set in _known.Keys.ToArray())
            _known[set] = [.. PositionsIn(set)];
    }

    /// <summary>The positions of the representatives that lie in a set, ascending.</summary>
    /// <param name="set">One of the given sets.</param>
    public int[] PositionsOf(PortSet set) => _known[set];

    private IEnumerable<int> PositionsIn(PortSet set)
    {
        for (var i = 0; i < set.Bounds.Length; i += 2)
        {
            var first = _ports.BinarySearch(set.Bounds[i]);
            for (var position = first < 0 ? ~first : first; position < _ports.Count && _ports[position] <= set.Bounds[i + 1]; position++)
                yield return position;
        }
    }
}
