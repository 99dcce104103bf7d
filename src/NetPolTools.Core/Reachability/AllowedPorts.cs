using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// The ports that rules allow with peers, by class. Mostly a few disjoint sets of peers, each with its ports. Where rules of many different ports
/// overlap, cutting them up for every rule set would take memory without end: then they are kept as they are, and put together when asked.
/// </summary>
internal sealed class AllowedPorts
{
    private const int MostDisjointSets = 64;

    private readonly PortsByPeer[] _entries;
    private readonly bool _areDisjoint;

    private AllowedPorts(PortsByPeer[] entries, bool areDisjoint)
    {
        _entries = entries;
        _areDisjoint = areDisjoint;
    }

    /// <param name="peersByPorts">Classes of peers; they may overlap.</param>
    /// <param name="ports">Remembers unions of ports.</param>
    public static AllowedPorts Create(IReadOnlyDictionary<PortSet, IndexSet> peersByPorts, PortSetPool ports) =>
        CutUp(peersByPorts, ports) is { } disjoint
            ? new AllowedPorts(disjoint, areDisjoint: true)
            : new AllowedPorts([.. peersByPorts.Select(static entry => new PortsByPeer(entry.Key, entry.Value))], areDisjoint: false);

    /// <summary>The ports allowed with a peer, given by its class; none for a peer that no rule speaks of.</summary>
    public PortSet With(int peer)
    {
        if (_areDisjoint)
        {
            foreach (var entry in _entries)
            {
                if (entry.Peers.Contains(peer))
                    return entry.Ports;
            }

            return PortSet.None;
        }

        List<PortSet>? found = null;
        foreach (var entry in _entries)
        {
            if (entry.Peers.Contains(peer))
                (found ??= []).Add(entry.Ports);
        }

        return PortSet.UnionOf(found ?? []);
    }

    /// <summary>Disjoint sets of peers, each with the ports allowed with it. A peer in none of them is denied.</summary>
    public IReadOnlyList<PortsByPeer> Disjoint()
    {
        if (_areDisjoint)
            return _entries;

        var ofPeer = new SortedDictionary<int, List<PortSet>>();
        foreach (var (ports, peers) in _entries)
        {
            foreach (var peer in peers)
            {
                if (!ofPeer.TryGetValue(peer, out var list))
                    ofPeer.Add(peer, list = []);
                list.Add(ports);
            }
        }

        var together = new Dictionary<PortSet, IndexSet.Builder>();
        foreach (var (peer, list) in ofPeer)
        {
            var ports = PortSet.UnionOf(list);
            if (!together.TryGetValue(ports, out var peers))
                together.Add(ports, peers = new IndexSet.Builder());
            peers.Add(peer);
        }

        return [.. together.Select(static entry => new PortsByPeer(entry.Key, entry.Value.Build()))];
    }

    /// <summary>Cuts overlapping sets so that each peer stands once, with all ports it may use; null when that gives too many.</summary>
    private static PortsByPeer[]? CutUp(IReadOnlyDictionary<PortSet, IndexSet> peersByPorts, PortSetPool pool)
    {
        var disjoint = new Dictionary<PortSet, IndexSet>();
        foreach (var (ports, peers) in peersByPorts)
        {
            var rest = peers;
            var next = new Dictionary<PortSet, IndexSet>();
            foreach (var (known, members) in disjoint)
            {
                var both = members.And(rest);
                if (both.IsEmpty)
                {
                    Put(next, known, members);
                    continue;
                }

                Put(next, known, members.AndNot(both));
                Put(next, pool.Union(known, ports), both);
                rest = rest.AndNot(both);
            }

            Put(next, ports, rest);
            if (next.Count > MostDisjointSets)
                return null;
            disjoint = next;
        }

        return [.. disjoint.Select(static entry => new PortsByPeer(entry.Key, entry.Value))];

        static void Put(Dictionary<PortSet, IndexSet> into, PortSet ports, IndexSet peers)
        {
            if (!peers.IsEmpty)
                into[ports] = into.TryGetValue(ports, out var before) ? before.Or(peers) : peers;
        }
    }
}

/// <summary>Peers, by class, and ports allowed with them.</summary>
internal readonly record struct PortsByPeer(PortSet Ports, IndexSet Peers);
