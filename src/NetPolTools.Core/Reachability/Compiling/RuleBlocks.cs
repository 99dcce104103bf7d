using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>What a rule set allows, as blocks that it shares with others.</summary>
/// <param name="All">They may overlap; what none of them allows is denied.</param>
/// <param name="SharedCount">How many of them, the first ones, say nothing of <paramref name="OwnPeers"/>.</param>
/// <param name="OwnPeers">The peers of which only the blocks behind the shared ones speak.</param>
internal sealed record RuleBlocks(GrantBlock[] All, int SharedCount, IndexSet OwnPeers)
{
    /// <summary>The peers of which a block, by its position, says nothing.</summary>
    public IndexSet SilentOn(int block) => block < SharedCount ? OwnPeers : IndexSet.Empty;

    /// <summary>The first block that says something of a peer.</summary>
    public int FirstOn(int peer) => SharedCount > 0 && OwnPeers.Contains(peer) ? SharedCount : 0;
}
