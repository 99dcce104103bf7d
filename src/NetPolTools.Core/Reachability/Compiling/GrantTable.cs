using System.Runtime.InteropServices;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// The ports that some rules allow with peers: sets of peers that may overlap, each with its ports. The sets are those of the selectors themselves, so that
/// a thousand rule sets that name one large set share it.
/// </summary>
internal sealed class GrantTable
{
    public static readonly GrantTable None = new([]);

    // Up to this many sets are looked through faster than anything is looked up.
    private const int MostToScan = 8;

    // Members of smaller sets are looked up one by one; to keep those of larger ones by themselves would take too much memory.
    private const int LargestToSpell = 1024;

    private readonly Grant[] _entries;
    private readonly Grant[] _toScan;
    private readonly Dictionary<int, PortSet>? _spelled;

    private GrantTable(Grant[] entries)
    {
        _entries = entries;
        if (entries.Length <= MostToScan)
        {
            _toScan = entries;
            return;
        }

        _toScan = [.. entries.Where(static entry => entry.Peers.Count > LargestToSpell)];
        _spelled = [];
        foreach (var (ports, peers) in entries)
        {
            if (peers.Count > LargestToSpell)
                continue;
            foreach (var peer in peers)
            {
                ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_spelled, peer, out _);
                known = (known ?? Scan(peer)).Union(ports);
            }
        }
    }

    public bool IsEmpty => _entries.Length == 0;

    /// <summary>Sets of peers, which may overlap.</summary>
    public ReadOnlySpan<Grant> Entries => _entries;

    /// <param name="grants">Ports with sets of peers, none of them empty; where sets are equal, best the same object.</param>
    /// <param name="ports">Remembers unions.</param>
    public static GrantTable Create(ReadOnlySpan<Grant> grants, PortSetPool ports)
    {
        if (grants.IsEmpty)
            return None;
        var entries = OncePerSet(grants, ports);
        return new GrantTable(entries.Length <= MostToScan ? entries : OncePerPorts(entries));
    }

    /// <summary>The ports allowed with a peer; none for a peer that no rule names.</summary>
    public PortSet PortsFor(int peer) => _spelled is not null && _spelled.TryGetValue(peer, out var ports) ? ports : Scan(peer);

    private PortSet Scan(int peer)
    {
        var found = PortSet.None;
        foreach (var (ports, peers) in _toScan)
        {
            if (peers.Contains(peer))
                found = found.Union(ports);
        }

        return found;
    }

    private static Grant[] OncePerSet(ReadOnlySpan<Grant> grants, PortSetPool pool)
    {
        var entries = new Grant[grants.Length];
        Span<int> entryOf = grants.Length > MostToScan ? new int[grants.Length] : stackalloc int[grants.Length];
        var count = 0;
        var positions = grants.Length > MostToScan ? new Dictionary<IndexSet, int>(ReferenceEqualityComparer.Instance) : null;
        for (var i = 0; i < grants.Length; i++)
        {
            var peers = grants[i].Peers;
            if (positions is null ? Find(entries.AsSpan(0, count), peers, out entryOf[i]) : positions.TryGetValue(peers, out entryOf[i]))
                continue;
            positions?.Add(peers, count);
            entries[count] = grants[i];
            entryOf[i] = count++;
        }

        if (count == entries.Length)
            return entries;
        var portsOf = new GroupedArray<PortSet>(count);
        foreach (var pass in portsOf.Filling)
        {
            for (var i = 0; i < grants.Length; i++)
                pass.Add(entryOf[i], grants[i].Ports);
        }

        for (var entry = 0; entry < count; entry++)
            entries[entry] = entries[entry] with { Ports = pool.UnionOf(portsOf[entry]) };
        return entries[..count];

        static bool Find(ReadOnlySpan<Grant> among, IndexSet peers, out int at)
        {
            for (at = 0; at < among.Length && !ReferenceEquals(among[at].Peers, peers);)
                at++;
            return at < among.Length;
        }
    }

    /// <summary>Merges peer sets that have equal ports.</summary>
    private static Grant[] OncePerPorts(Grant[] entries)
    {
        var peersOf = new Dictionary<PortSet, List<IndexSet>>();
        foreach (var (ports, peers) in entries)
        {
            if (!peersOf.TryGetValue(ports, out var sets))
                peersOf.Add(ports, sets = []);
            sets.Add(peers);
        }

        return [.. peersOf.Select(static entry => new Grant(entry.Key, IndexSet.UnionOf(entry.Value)))];
    }
}

/// <summary>Peers and the ports allowed with them.</summary>
internal readonly record struct Grant(PortSet Ports, IndexSet Peers);
