using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Peers that a block of rules lets in.</summary>
/// <param name="Peers">Endpoints; their classes are among them.</param>
/// <param name="Places">Where the ports meet others; null for all ports.</param>
/// <param name="Wide">The peers again, where they are many.</param>
internal readonly record struct GrantOnPlaces(IndexSet Peers, int[]? Places, WidePeers? Wide)
{
    // More sets than this are put together place by place.
    private const int MostApart = 8;

    public static GrantOnPlaces[] Of(RuleBlock block, bool ipBlocksMatchPods, MeetingPorts places, WidePeersPool wide)
    {
        var entries = block.Entries(ipBlocksMatchPods);
        if (entries.Length > MostApart)
            return PlaceByPlace(entries, places, wide);
        if (entries.Length == 0)
            return [];
        var grants = new GrantOnPlaces[entries.Length];
        for (var i = 0; i < grants.Length; i++)
        {
            var (ports, peers) = entries[i];
            grants[i] = new GrantOnPlaces(peers, ports.IsAll ? null : places.Of(ports), wide.Get(peers));
        }

        // Many are added faster where nothing is yet.
        var widest = Array.FindIndex(grants, static grant => grant.Wide is not null);
        if (widest > 0)
            (grants[0], grants[widest]) = (grants[widest], grants[0]);
        return grants;
    }

    private static GrantOnPlaces[] PlaceByPlace(ReadOnlySpan<PortsByPeer> entries, MeetingPorts places, WidePeersPool wide)
    {
        var together = new SortedDictionary<int, List<IndexSet>>();
        var onAll = new List<IndexSet>();
        foreach (var (ports, peers) in entries)
        {
            if (ports.IsAll)
            {
                onAll.Add(peers);
                continue;
            }

            foreach (var place in places.Of(ports))
            {
                if (!together.TryGetValue(place, out var sets))
                    together.Add(place, sets = []);
                sets.Add(peers);
            }
        }

        var grants = together.Select(entry => Grant(IndexSet.UnionOf(entry.Value), [entry.Key]));
        return onAll.Count == 0 ? [.. grants] : [.. grants, Grant(IndexSet.UnionOf(onAll), null)];

        GrantOnPlaces Grant(IndexSet peers, int[]? on) => new(peers, on, wide.Get(peers));
    }
}
