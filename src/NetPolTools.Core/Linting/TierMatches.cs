using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>
/// What each rule of the policies beside NetworkPolicies still decides of the traffic of a subject, when it is asked. Policies that may or may not select the
/// subject are left out.
/// </summary>
internal sealed class TierMatches(int subject) : ITierObserver
{
    private readonly List<TierMatch> _all = [];

    /// <summary>In the order in which rules are asked; a rule may be there several times, for parts of its peers.</summary>
    public IReadOnlyList<TierMatch> All => _all;

    public void Match(CompiledPolicy policy, CompiledRule rule, PeerRegions before, EndpointMatch peers, PortMatch ports)
    {
        if (peers.May.IsEmpty || ports.May.IsEmpty || policy.Subjects.Contains(subject) != true || rule.Only.Contains(subject) != true)
            return;
        var open = new List<(IndexSet, PortSet)>();
        foreach (var (state, members) in before.All)
        {
            var left = state.Open.Intersect(ports.May);
            if (!left.IsEmpty && members.Intersect(peers.May) is { IsEmpty: false } among)
                open.Add((among, left));
        }

        _all.Add(new TierMatch(policy, rule, open));
    }

    public void EndTier(CompiledPolicy[] denying, PeerRegions before, bool isCertain)
    {
    }
}

/// <summary>That a rule matches some traffic of a subject.</summary>
/// <param name="Policy">Whose rule it is.</param>
/// <param name="Rule">That matches, or may.</param>
/// <param name="Open">Of what it matches that which nothing before it decides: atoms of peers with their ports. None where all is decided.</param>
internal sealed record TierMatch(CompiledPolicy Policy, CompiledRule Rule, IReadOnlyList<(IndexSet Peers, PortSet Ports)> Open);
