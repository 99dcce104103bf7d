using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>What policies do that are asked before NetworkPolicies, with all peers at once.</summary>
/// <param name="layout">Where NetworkPolicies stand.</param>
internal sealed class TierEffects(EngineLayout layout) : ITierObserver
{
    private readonly List<TierEffect> _all = [];

    /// <summary>In the order in which policies are asked.</summary>
    public IReadOnlyList<TierEffect> All => _all;

    public void Match(CompiledPolicy policy, CompiledRule rule, PeerRegions before, EndpointMatch peers, PortMatch ports)
    {
        if (policy.Policy.Rank.CompareTo(layout.NetworkPolicies) >= 0)
            return;
        foreach (var (state, members) in before.All)
            Add(policy, rule.Rule.Action, peers.Intersect(members), ports.Intersect(new PortMatch(state.Open)));
    }

    public void EndTier(CompiledPolicy[] denying, PeerRegions before, bool isCertain)
    {
        foreach (var policy in denying.Where(policy => policy.Policy.Rank.Tier.CompareTo(layout.NetworkPolicies.Tier) < 0))
        {
            foreach (var (state, members) in before.All)
                Add(policy, RuleAction.Deny, isCertain ? new EndpointMatch(members) : new EndpointMatch(IndexSet.Empty, members), new PortMatch(state.Open));
        }
    }

    private void Add(CompiledPolicy policy, RuleAction action, EndpointMatch peers, PortMatch ports)
    {
        if (!peers.May.IsEmpty && !ports.May.IsEmpty)
            _all.Add(new TierEffect(policy.Policy, action, peers, ports));
    }
}

/// <summary>That a policy decides some traffic of a subject.</summary>
/// <param name="Policy">Whose rule it is.</param>
/// <param name="Action">What becomes of the traffic.</param>
/// <param name="Peers">With whom.</param>
/// <param name="Ports">On which ports.</param>
internal sealed record TierEffect(TieredPolicy Policy, RuleAction Action, EndpointMatch Peers, PortMatch Ports);
