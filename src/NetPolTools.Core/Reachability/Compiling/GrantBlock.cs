using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// What the rules of all policies that select the very same pods allow together. Every rule set of such a pod has this block among its own, so that
/// thousands of policies over one set of pods are looked through once.
/// </summary>
/// <param name="certain">Peers that every enforcer agrees on.</param>
/// <param name="podsInBlocks">Pods that only lie inside ipBlocks.</param>
internal sealed class GrantBlock(GrantTable certain, GrantTable podsInBlocks)
{
    public GrantTable Certain { get; } = certain;

    public GrantTable PodsInBlocks { get; } = podsInBlocks;

    /// <summary>Its position among all blocks of a map in its direction.</summary>
    public int Number { get; set; }

    /// <summary>The classes of endpoints whose rule sets have this block.</summary>
    public IndexSet Subjects { get; set; } = IndexSet.Empty;

    /// <summary>One block of several, for questions alone: it has no subjects of its own.</summary>
    public static GrantBlock Together(IReadOnlyList<GrantBlock> blocks, PortSetPool ports) =>
        new(Together(blocks.Select(static block => block.Certain), ports), Together(blocks.Select(static block => block.PodsInBlocks), ports));

    public PortSet PortsFor(int peer, bool ipBlocksMatchPods)
    {
        var ports = Certain.PortsFor(peer);
        return ipBlocksMatchPods && !PodsInBlocks.IsEmpty ? ports.Union(PodsInBlocks.PortsFor(peer)) : ports;
    }

    /// <summary>Sets of peers with their ports; they may overlap.</summary>
    public ReadOnlySpan<Grant> Entries(bool ipBlocksMatchPods) =>
        ipBlocksMatchPods && !PodsInBlocks.IsEmpty ? (Grant[])[.. Certain.Entries, .. PodsInBlocks.Entries] : Certain.Entries;

    /// <summary>What is left of it where tiers above decide the rest: a block of its own.</summary>
    /// <param name="left">Disjoint peers, each with the ports that are left with it; null where all is left.</param>
    /// <param name="ports">Remembers intersections.</param>
    public GrantBlock Under(Grant[]? left, PortSetPool ports) =>
        left is null ? new GrantBlock(Certain, PodsInBlocks) : new GrantBlock(Under(Certain, left, ports), Under(PodsInBlocks, left, ports));

    private static GrantTable Under(GrantTable grants, Grant[] left, PortSetPool ports)
    {
        var kept = new ArrayBuilder<Grant>();
        foreach (var (granted, peers) in grants.Entries)
        {
            foreach (var (open, among) in left)
            {
                var both = ports.Intersect(granted, open);
                if (!both.IsEmpty && peers.Intersect(among) is { IsEmpty: false } reached)
                    kept.Add(new Grant(both, reached.Equals(peers) ? peers : reached));
            }
        }

        return GrantTable.Create(kept.Items, ports);
    }

    private static GrantTable Together(IEnumerable<GrantTable> all, PortSetPool ports)
    {
        var grants = new ArrayBuilder<Grant>();
        foreach (var one in all)
            grants.Add(one.Entries);
        return GrantTable.Create(grants.Items, ports);
    }
}
