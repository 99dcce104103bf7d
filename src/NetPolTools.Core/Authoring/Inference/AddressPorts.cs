using NetPolTools.Sets;

namespace NetPolTools.Authoring.Inference;

/// <summary>The ports asked for with addresses: disjoint ranges in order, each with its ports; neighbours of equal ports are joined. Immutable.</summary>
internal sealed class AddressPorts
{
    public static readonly AddressPorts None = new([]);

    private readonly (AddressRange Range, PortSet Ports)[] _entries;

    private AddressPorts((AddressRange Range, PortSet Ports)[] entries)
    {
        _entries = entries;
    }

    public bool IsEmpty => _entries.Length == 0;

    public IReadOnlyList<(AddressRange Range, PortSet Ports)> Entries => _entries;

    /// <summary>Everything that any of the entries asks for; they may overlap.</summary>
    public static AddressPorts Union(IReadOnlyList<(AddressRange Range, PortSet Ports)> entries)
    {
        if (entries.Count == 0)
            return None;
        var starts = entries.GroupBy(static entry => entry.Range.FirstAddress)
            .ToDictionary(static g => g.Key, static g => g.Select(static e => e.Ports).ToArray());
        var ends = entries.Select(static entry => AfterOf(entry.Range)).ToArray();
        var edges = starts.Keys.Concat(ends.Where(static end => end is not null).Select(static end => end!.Value))
            .Concat([new NetAddress(AddressFamilyKind.IPv6, 0)])
            .Distinct()
            .Order()
            .ToArray();
        var closing = Enumerable.Range(0, entries.Count).Where(i => ends[i] is not null).ToLookup(i => ends[i]!.Value, i => entries[i].Ports);

        // How many entries ask for each port set at the present edge.
        var open = new Dictionary<PortSet, int>();
        var result = new List<(AddressRange, PortSet)>();
        for (var i = 0; i < edges.Length; i++)
        {
            // No range goes from one family into the other.
            if (edges[i] == new NetAddress(AddressFamilyKind.IPv6, 0))
                open.Clear();
            foreach (var closed in closing[edges[i]])
                Count(open, closed, -1);
            foreach (var opened in starts.GetValueOrDefault(edges[i]) ?? [])
                Count(open, opened, 1);
            if (open.Count > 0)
                result.Add((RangeAt(edges, i), PortSet.UnionOf([.. open.Keys])));
        }

        return Create(result);
    }

    /// <summary>What both ask for.</summary>
    public AddressPorts Intersect(AddressPorts other)
    {
        var result = new List<(AddressRange, PortSet)>();
        for (int a = 0, b = 0; a < _entries.Length && b < other._entries.Length;)
        {
            var (x, y) = (_entries[a].Range, other._entries[b].Range);
            if (x.Overlaps(y))
            {
                var both = x.Intersect(y);
                var ports = _entries[a].Ports.Intersect(other._entries[b].Ports);
                if (!ports.IsEmpty)
                    result.Add((both, ports));
            }

            if (x.LastAddress.CompareTo(y.LastAddress) <= 0)
                a++;
            else
                b++;
        }

        return Create(result);
    }

    /// <summary>The ports asked for with one address.</summary>
    public PortSet At(NetAddress address)
    {
        int low = 0, high = _entries.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var range = _entries[middle].Range;
            if (range.Contains(address))
                return _entries[middle].Ports;
            if (range.FirstAddress.CompareTo(address) < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return PortSet.None;
    }

    public bool Equals(AddressPorts other) => _entries.AsSpan().SequenceEqual(other._entries);

    private static void Count(Dictionary<PortSet, int> open, PortSet ports, int by)
    {
        var count = open.GetValueOrDefault(ports) + by;
        if (count == 0)
            open.Remove(ports);
        else
            open[ports] = count;
    }

    private static AddressPorts Create(IEnumerable<(AddressRange Range, PortSet Ports)> entries) =>
        new([.. entries.Joined(static (ports, others) => ports.Equals(others), overGaps: false)]);

    private static AddressRange RangeAt(NetAddress[] edges, int i)
    {
        var isLast = i + 1 == edges.Length || edges[i + 1].Family != edges[i].Family;
        return new AddressRange(edges[i], isLast ? NetAddress.Last(edges[i].Family) : edges[i + 1].Previous());
    }

    private static NetAddress? AfterOf(AddressRange range) =>
        range.LastAddress == NetAddress.Last(range.Family) ? null : range.LastAddress.Next();
}
