using NetPolTools.Policies;

namespace NetPolTools.Reachability;

/// <summary>The tiers beside that of NetworkPolicies whose end denies a subject something, since no rule of the tier matches it.</summary>
/// <param name="layout">Where NetworkPolicies stand.</param>
internal sealed class TierEnds(EngineLayout layout) : ITierObserver
{
    private readonly List<IReadOnlyList<TieredPolicy>> _all = [];

    /// <summary>Of each tier the policies that make its end deny.</summary>
    public IReadOnlyList<IReadOnlyList<TieredPolicy>> All => _all;

    public void Match(CompiledPolicy policy, CompiledRule rule, PeerRegions before, EndpointMatch peers, PortMatch ports)
    {
    }

    public void EndTier(CompiledPolicy[] denying, PeerRegions before, bool isCertain)
    {
        if (isCertain && denying[0].Policy.Rank.Tier != layout.NetworkPolicies.Tier && before.All.Any(static region => !region.State.Open.IsEmpty))
        {
            _all.Add([.. denying.Select(static policy => policy.Policy)]);
        }
    }
}
