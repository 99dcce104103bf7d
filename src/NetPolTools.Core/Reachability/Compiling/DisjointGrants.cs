using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Cuts overlapping sets of peers so that each peer stands once, with all the ports it may use.</summary>
internal static class DisjointGrants
{
    private const int MostToCut = 64;

    /// <param name="entries">May overlap.</param>
    /// <param name="portsWith">The ports of one peer by all entries together.</param>
    public static IReadOnlyList<Grant> Create(IReadOnlyList<Grant> entries, Func<int, PortSet> portsWith) =>
        CutUp(entries) ?? OneByOne(entries, portsWith);

    /// <summary>Set by set; null where that gives too many.</summary>
    private static Grant[]? CutUp(IReadOnlyList<Grant> entries)
    {
        var disjoint = new Dictionary<PortSet, IndexSet>();
        foreach (var (ports, peers) in entries)
        {
            var rest = peers;
            var next = new Dictionary<PortSet, IndexSet>();
            foreach (var (known, members) in disjoint)
            {
                var both = members.Intersect(rest);
                if (both.IsEmpty)
                {
                    Add(next, known, members);
                    continue;
                }

                Add(next, known, members.Except(both));
                Add(next, known.Union(ports), both);
                rest = rest.Except(both);
            }

            Add(next, ports, rest);
            if (next.Count > MostToCut)
                return null;
            disjoint = next;
        }

        return [.. disjoint.Select(static entry => new Grant(entry.Key, entry.Value))];

        static void Add(Dictionary<PortSet, IndexSet> into, PortSet ports, IndexSet peers)
        {
            if (!peers.IsEmpty)
                into[ports] = into.TryGetValue(ports, out var before) ? before.Union(peers) : peers;
        }
    }

    private static Grant[] OneByOne(IReadOnlyList<Grant> entries, Func<int, PortSet> portsWith)
    {
        var together = new Dictionary<PortSet, IndexSet.Builder>();
        foreach (var peer in IndexSet.UnionOf([.. entries.Select(static entry => entry.Peers)]))
        {
            var ports = portsWith(peer);
            if (!together.TryGetValue(ports, out var peers))
                together.Add(ports, peers = new IndexSet.Builder());
            peers.Add(peer);
        }

        return [.. together.Select(static entry => new Grant(entry.Key, entry.Value.Build()))];
    }
}
