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

    /// <summary>The classes of endpoints whose rule sets have this block.</summary>
    public IndexSet Subjects { get; set; } = IndexSet.Empty;

    public PortSet With(int peer, bool ipBlocksMatchPods)
    {
        var ports = Certain.With(peer);
        return ipBlocksMatchPods && !PodsInBlocks.IsEmpty ? ports.Union(PodsInBlocks.With(peer)) : ports;
    }

    /// <summary>Sets of peers with their ports; they may overlap.</summary>
    public IEnumerable<PortsByPeer> Entries(bool ipBlocksMatchPods) =>
        ipBlocksMatchPods && !PodsInBlocks.IsEmpty ? [.. Certain.Entries, .. PodsInBlocks.Entries] : Certain.Entries.ToArray();
}
