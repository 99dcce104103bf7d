using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Explaining;

/// <summary>Makes the steps of an explanation from what the engine decided.</summary>
internal sealed class TierSteps(ReachabilityMap map, IReadOnlyDictionary<string, LabelSet> namespaces)
{
    private const int MostNearMisses = 3;

    private const string Default = "the default, which allows everything";

    private readonly UnknownFacts _facts = new(map.Endpoints);
    private readonly TermLacks _lacks = new(
        namespaces,
        map.Snapshot.ServiceAccounts.ToLookup(static account => (account.Metadata.Namespace, account.Name), static account => account.Metadata.Labels));

    /// <param name="trace">Of the two ends.</param>
    /// <param name="policies">The policies beside NetworkPolicies that select the subject.</param>
    /// <param name="hasNetworkPolicies">Whether some NetworkPolicy isolates the subject.</param>
    /// <param name="subject">Whose policies these are.</param>
    /// <param name="peer">The other end.</param>
    /// <param name="direction">Which way traffic goes.</param>
    /// <param name="asked">The ports that matter.</param>
    public IReadOnlyList<TierStep> Describe(
        TierTrace trace, IReadOnlyList<CompiledPolicy> policies, bool hasNetworkPolicies, int subject, int peer, PolicyDirection direction, PortSet asked)
    {
        var tiers = policies.Select(static policy => policy.Policy.Rank.Tier).Concat(hasNetworkPolicies ? [map.Stack.Layout.NetworkPolicies.Tier] : [])
            .ToArray();
        return
        [
            .. trace.Decisions.Select(decision => Step(decision, tiers, subject, peer) with
            {
                NearMisses = decision.Rule is null ? NearMisses(decision, policies, direction, subject, peer, asked) : [],
            }),
        ];
    }

    /// <summary>The rules of a tier that would have allowed what its end denies, if one thing or a few were otherwise.</summary>
    private NearMiss[] NearMisses(
        TierDecision end, IReadOnlyList<CompiledPolicy> policies, PolicyDirection direction, int subject, int peer, PortSet asked)
    {
        var denied = end.Ports.Intersect(asked);
        if (denied.IsEmpty)
            return [];
        var misses =
            from policy in policies
            where policy.Policy.Rank.Tier == end.Policy.Policy.Rank.Tier && policy.Subjects.Contains(subject) == true
            from rule in policy.Rules
            where rule.Rule.Action == RuleAction.Allow && rule.Only.Contains(subject) == true && rule.Rule.Peers.Length > 0
            let lacks = Lacks(rule, direction, subject, peer, denied).ToArray()
            where lacks.Length > 0
            orderby lacks.Length
            select new NearMiss(new RulePlace(PolicyPlace.Of(policy.Policy), rule.Rule.Origin.Path, rule.Rule.Origin.Location), lacks);
        return [.. misses.Take(MostNearMisses)];
    }

    private IEnumerable<string> Lacks(CompiledRule rule, PolicyDirection direction, int subject, int peer, PortSet denied)
    {
        var end = direction == PolicyDirection.Ingress ? "source" : "destination";
        if (!rule.Peers.Must.Contains(peer))
        {
            var pod = peer < map.Endpoints.PodCount ? map.Endpoints[peer] : null;
            foreach (var lack in rule.Rule.Peers.Select(given => _lacks.Of(given.Term, end, pod)).MinBy(static lacks => lacks.Count) ?? [])
                yield return lack;
        }

        // Port names are looked up on the destination.
        var destination = direction == PolicyDirection.Ingress ? subject : peer;
        var ports = map.PortsOf(direction, rule, destination);
        if (ports.May.IsEmpty)
            yield return "the destination had a port of that name";
        else if (ports.Must.Intersect(denied).IsEmpty)
            yield return $"the port were in {ports.May}";
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
            Others = [.. decision.Others.Select(static other => PolicyPlace.Of(other.Policy))],
            Peers = decision.Rule is null ? [] : [.. Peers(decision.Rule, peer)],
            DependsOn = decision.IsCertain ? [] : _facts.Of(decision, subject, peer),
            PassedTo = decision.Action == RuleAction.Pass ? next?.Name ?? Default : null,
        };
    }

    private static IEnumerable<string> Peers(CompiledRule rule, int peer)
    {
        for (var i = 0; i < rule.Rule.Peers.Length; i++)
        {
            var given = rule.Rule.Peers[i];
            if (rule.PeerAt(i).May.Contains(peer))
                yield return given.Path.Length == 0 ? given.Term.ToString()! : $"{given.Path}: {given.Term}";
        }
    }
}
