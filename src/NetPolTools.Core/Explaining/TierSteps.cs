using NetPolTools.Policies;
using NetPolTools.Reachability;

namespace NetPolTools.Explaining;

/// <summary>Makes the steps of an explanation from what the engine decided.</summary>
internal sealed class TierSteps(ReachabilityMap map)
{
    private const string Default = "the default, which allows everything";

    private readonly UnknownFacts _facts = new(map.Endpoints);

    /// <param name="trace">Of the two ends.</param>
    /// <param name="policies">The policies beside NetworkPolicies that select the subject.</param>
    /// <param name="hasNetworkPolicies">Whether some NetworkPolicy isolates the subject.</param>
    /// <param name="subject">Whose policies these are.</param>
    /// <param name="peer">The other end.</param>
    public IReadOnlyList<TierStep> Describe(TierTrace trace, IReadOnlyList<CompiledPolicy> policies, bool hasNetworkPolicies, int subject, int peer)
    {
        var tiers = policies.Select(static policy => policy.Policy.Rank.Tier).Concat(hasNetworkPolicies ? [map.Stack.Layout.NetworkPolicies.Tier] : []).ToArray();
        return [.. trace.Decisions.Select(decision => Step(decision, tiers, subject, peer))];
    }

    private TierStep Step(TierDecision decision, PolicyTier[] tiers, int subject, int peer)
    {
        var policy = decision.Policy.Policy;
        var place = PolicyPlace.Of(policy);
        var next = tiers.Where(tier => tier.CompareTo(policy.Rank.Tier) > 0).Order().FirstOrDefault();
        return new TierStep(policy.Rank.Tier.Name, place, decision.Action, decision.Ports)
        {
            Rule = decision.Rule is { } rule ? new RulePlace(place, rule.Rule.Origin.Path, rule.Rule.Origin.Location) : null,
            RuleName = decision.Rule?.Rule.Origin.Name,
            Peers = decision.Rule is null ? [] : [.. Peers(decision.Rule, peer)],
            DependsOn = decision.IsCertain ? [] : _facts.Of(decision, subject, peer),
            PassedTo = decision.Action == RuleAction.Pass ? next?.Name ?? Default : null,
        };
    }

    private static IEnumerable<string> Peers(CompiledRule rule, int peer)
    {
        for (var i = 0; i < rule.EachPeer.Length; i++)
        {
            var given = rule.Rule.Peers[i];
            if (rule.EachPeer[i].May.Contains(peer))
                yield return given.Path.Length == 0 ? given.Term.ToString()! : $"{given.Path}: {given.Term}";
        }
    }
}
