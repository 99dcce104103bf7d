using System.Collections.Immutable;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Every decision on the traffic between one subject and one peer, in the order in which policies are asked.</summary>
internal sealed class TierTrace(int peer) : ITierObserver
{
    private readonly List<TierDecision> _decisions = [];

    public IReadOnlyList<TierDecision> Decisions => _decisions;

    /// <summary>What the tiers come to.</summary>
    public TrafficState State { get; private set; }

    /// <summary>What is allowed since no policy decides it, not even the last tier.</summary>
    public PortSet ByDefault { get; private set; } = PortSet.None;

    public void Match(CompiledPolicy policy, CompiledRule rule, PeerRegions before, EndpointMatch peers, PortMatch ports)
    {
        var hit = peers.May.Contains(peer) ? Open(before).Intersect(ports.May) : PortSet.None;
        if (!hit.IsEmpty)
            _decisions.Add(new TierDecision(policy, rule, rule.Rule.Action, hit, IsCertain: peers.Must.Contains(peer) && ports.Must.Covers(hit)));
    }

    public void EndTier(CompiledPolicy[] denying, PeerRegions before, bool isCertain)
    {
        var rest = Open(before);
        if (!rest.IsEmpty)
            _decisions.Add(new TierDecision(denying[0], null, RuleAction.Deny, rest, isCertain) { Others = [.. denying.Skip(1)] });
    }

    public void Finish(PeerRegions regions)
    {
        State = regions.All.Single().State;
        var decided = _decisions.Where(static decision => decision.Action == RuleAction.Allow)
            .Aggregate(PortSet.None, static (ports, decision) => ports.Union(decision.Ports));
        ByDefault = State.Allowed.Except(decided);
    }

    private static PortSet Open(PeerRegions regions) => regions.All.Single().State.Open;
}

/// <summary>That a rule, or a tier's end, decides some traffic.</summary>
/// <param name="Policy">Whose rule it is, or a policy that makes its tier deny what is not matched.</param>
/// <param name="Rule">Null for the end of a tier.</param>
/// <param name="Action">What becomes of the traffic.</param>
/// <param name="Ports">On which ports.</param>
/// <param name="IsCertain">Whether it matches for sure on all of them.</param>
internal sealed record TierDecision(CompiledPolicy Policy, CompiledRule? Rule, RuleAction Action, PortSet Ports, bool IsCertain)
{
    /// <summary>At the end of a tier, the other policies that make it deny: without any one of them it would deny all the same.</summary>
    public ImmutableArray<CompiledPolicy> Others { get; init; } = [];

    public IEnumerable<CompiledPolicy> Policies => Others.Prepend(Policy);
}
