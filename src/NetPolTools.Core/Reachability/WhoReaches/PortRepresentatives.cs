using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// A few ports that stand for all: any two of the given sets that have a port in common have one of these in common. So whether rules overlap on ports is
/// a matter of a few numbers, however many ranges there are.
/// </summary>
/// <remarks>Wherever a range ends behind the begin of another, those that are open there all meet; ranges that overlap are open together at such a place.</remarks>
internal sealed class MeetingPorts
{
    private readonly List<int> _places = [];
    private readonly Dictionary<PortSet, int[]> _known = [];

    public MeetingPorts(IEnumerable<PortSet> sets)
    {
        // Twice the place and, of ends, one more: so that at one place begins come before ends.
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
                _places.Add(bound / 2);
            isOpened = !isEnd;
        }

        foreach (var set in _known.Keys.ToArray())
            _known[set] = [.. PlacesIn(set)];
    }

    /// <summary>The numbers of those that lie in a set, one of the given sets.</summary>
    public int[] Of(PortSet set) => _known[set];

    private IEnumerable<int> PlacesIn(PortSet set)
    {
        for (var i = 0; i < set.Bounds.Length; i += 2)
        {
            var first = _places.BinarySearch(set.Bounds[i]);
            for (var place = first < 0 ? ~first : first; place < _places.Count && _places[place] <= set.Bounds[i + 1]; place++)
                yield return place;
        }
    }
}
