using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// What the rules of all policies that select the very same pods allow together. Every rule set of such a pod has this block among its own, so that
/// thousands of policies over one set of pods are looked through once.
/// </summary>
/// <param name="certain">Peers that every enforcer agrees on.</param>
/// <param name="podsInBlocks">Pods that only lie inside ipBlocks.</param>
internal sealed class RuleBlock(PeerPorts certain, PeerPorts podsInBlocks)
{
    public PeerPorts Certain { get; } = certain;

    public PeerPorts PodsInBlocks { get; } = podsInBlocks;

    /// <summary>Its position among all blocks of a map in its direction.</summary>
    public int Number { get; set; }

    /// <summary>The classes of endpoints whose rule sets have this block.</summary>
    public IndexSet Subjects { get; set; } = IndexSet.Empty;

    /// <summary>One block of several, for questions alone: it has no subjects of its own.</summary>
    public static RuleBlock Together(IReadOnlyList<RuleBlock> blocks, PortSetPool ports) =>
        new(Together(blocks.Select(static block => block.Certain), ports), Together(blocks.Select(static block => block.PodsInBlocks), ports));

    public PortSet With(int peer, bool ipBlocksMatchPods)
    {
        var ports = Certain.With(peer);
        return ipBlocksMatchPods && !PodsInBlocks.IsEmpty ? ports.Union(PodsInBlocks.With(peer)) : ports;
    }

    /// <summary>Sets of peers with their ports; they may overlap.</summary>
    public ReadOnlySpan<PortsByPeer> Entries(bool ipBlocksMatchPods) =>
        ipBlocksMatchPods && !PodsInBlocks.IsEmpty ? (PortsByPeer[])[.. Certain.Entries, .. PodsInBlocks.Entries] : Certain.Entries;

    /// <summary>What is left of it where tiers above decide the rest: a block of its own.</summary>
    /// <param name="left">Disjoint peers, each with the ports that are left with it; null where all is left.</param>
    /// <param name="ports">Remembers intersections.</param>
    public RuleBlock Under(PortsByPeer[]? left, PortSetPool ports) =>
        left is null ? new RuleBlock(Certain, PodsInBlocks) : new RuleBlock(Under(Certain, left, ports), Under(PodsInBlocks, left, ports));

    private static PeerPorts Under(PeerPorts grants, PortsByPeer[] left, PortSetPool ports)
    {
        var kept = new GrowingArray<PortsByPeer>();
        foreach (var (granted, peers) in grants.Entries)
        {
            foreach (var (open, among) in left)
            {
                var both = ports.Intersect(granted, open);
                if (!both.IsEmpty && peers.And(among) is { IsEmpty: false } reached)
                    kept.Add(new PortsByPeer(both, reached.Equals(peers) ? peers : reached));
            }
        }

        return PeerPorts.Create(kept.Items, ports);
    }

    private static PeerPorts Together(IEnumerable<PeerPorts> all, PortSetPool ports)
    {
        var grants = new GrowingArray<PortsByPeer>();
        foreach (var one in all)
            grants.Add(one.Entries);
        return PeerPorts.Create(grants.Items, ports);
    }
}
