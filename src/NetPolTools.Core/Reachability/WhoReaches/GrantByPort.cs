using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Peers that a block of rules allows.</summary>
/// <param name="Peers">Endpoints; their classes are among them.</param>
/// <param name="Ports">Positions of the representatives of the granted ports; null for all ports.</param>
/// <param name="Dense">The peers again as a bitmap, where they are many.</param>
internal readonly record struct GrantByPort(IndexSet Peers, int[]? Ports, DensePeers? Dense)
{
    // More sets than this are united port by port.
    private const int MostApart = 8;

    public static GrantByPort[] Create(GrantBlock block, PortRepresentatives representatives, DensePeersPool dense)
    {
        var entries = block.Entries;
        if (entries.Length > MostApart)
            return PortByPort(entries, representatives, dense);
        if (entries.Length == 0)
            return [];
        var grants = new GrantByPort[entries.Length];
        for (var i = 0; i < grants.Length; i++)
        {
            var (ports, peers) = entries[i];
            grants[i] = new GrantByPort(peers, ports.IsAll ? null : representatives.PositionsOf(ports), dense.Get(peers));
        }

        // A dense set is added fastest to an empty accumulator.
        var densest = Array.FindIndex(grants, static grant => grant.Dense is not null);
        if (densest > 0)
            (grants[0], grants[densest]) = (grants[densest], grants[0]);
        return grants;
    }

    private static GrantByPort[] PortByPort(ReadOnlySpan<Grant> entries, PortRepresentatives representatives, DensePeersPool dense)
    {
        var byPort = new SortedDictionary<int, List<IndexSet>>();
        var onAll = new List<IndexSet>();
        foreach (var (ports, peers) in entries)
        {
            if (ports.IsAll)
            {
                onAll.Add(peers);
                continue;
            }

            foreach (var port in representatives.PositionsOf(ports))
            {
                if (!byPort.TryGetValue(port, out var sets))
                    byPort.Add(port, sets = []);
                sets.Add(peers);
            }
        }

        var grants = byPort.Select(entry => Grant(IndexSet.UnionOf(entry.Value), [entry.Key]));
        return onAll.Count == 0 ? [.. grants] : [.. grants, Grant(IndexSet.UnionOf(onAll), null)];

        GrantByPort Grant(IndexSet peers, int[]? on) => new(peers, on, dense.Get(peers));
    }
}
