using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Explaining;

/// <summary>
/// The rules of rule sets, one after the other, for an explainer. Questions mostly go to and fro between few subjects, whose rules are therefore kept as
/// lists; what is known of a rule serves for all its subjects. Not thread safe.
/// </summary>
/// <param name="map">Of the cluster.</param>
/// <param name="ports">Remembers what several rules name.</param>
internal sealed class KnownRules(ReachabilityMap map, PortSetPool ports)
{
    /// <summary>Rules in lists. Of thousands of subjects under thousands of policies each, the lists would take more than anything else.</summary>
    private const int MostListed = 1 << 20;

    private readonly Dictionary<NetworkPolicy, PolicyPlace> _places = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<NetworkPolicy, KnownRule[]> _ingress = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<NetworkPolicy, KnownRule[]> _egress = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _paths = [];
    private readonly Dictionary<RuleSet, Listed> _lists = new(ReferenceEqualityComparer.Instance);
    private int _listed;

    /// <summary>The rules of NetworkPolicies, in their order.</summary>
    /// <param name="ruleSet">Of the subjects.</param>
    public KnownRule[] Of(RuleSet ruleSet) => ListOf(ruleSet).Rules;

    /// <summary>The NetworkPolicies, in their order.</summary>
    /// <param name="ruleSet">Of the subjects.</param>
    public FixedList<PolicyPlace> PlacesOf(RuleSet ruleSet) => ListOf(ruleSet).Places;

    private Listed ListOf(RuleSet ruleSet)
    {
        if (!_lists.TryGetValue(ruleSet, out var list))
        {
            list = Make(ruleSet);
            if ((_listed += list.Rules.Length + list.Places.Count) > MostListed)
            {
                _lists.Clear();
                _listed = list.Rules.Length + list.Places.Count;
            }

            _lists.Add(ruleSet, list);
        }

        return list;
    }

    private Listed Make(RuleSet ruleSet)
    {
        var policies = ruleSet.Policies;
        var places = new PolicyPlace[policies.Count];
        var rules = new List<KnownRule>(places.Length);
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = PlaceOf(policies[i]);
            rules.AddRange(RulesOf(ruleSet.Direction, policies[i], places[i]));
        }

        return new Listed([.. rules], Indexable.Owned(places));
    }

    private KnownRule[] RulesOf(PolicyDirection direction, NetworkPolicy policy, PolicyPlace place)
    {
        var known = direction == PolicyDirection.Ingress ? _ingress : _egress;
        if (!known.TryGetValue(policy, out var rules))
        {
            rules = new KnownRule[policy.Rules(direction).Count];
            for (var i = 0; i < rules.Length; i++)
            {
                var written = policy.Rules(direction)[i];
                rules[i] = new KnownRule(
                    map, direction, policy.Metadata.Namespace!, written, new RulePlace(place, PathOf(direction, i), written.Location), ports);
            }

            known.Add(policy, rules);
        }

        return rules;
    }

    /// <summary>One text for all policies.</summary>
    private string PathOf(PolicyDirection direction, int number)
    {
        for (var i = _paths.Count / 2; i <= number; i++)
            _paths.AddRange([$"spec.ingress[{i}]", $"spec.egress[{i}]"]);
        return _paths[(2 * number) + (direction == PolicyDirection.Ingress ? 0 : 1)];
    }

    /// <summary>Of one policy, made once.</summary>
    public PolicyPlace PlaceOf(NetworkPolicy policy)
    {
        if (!_places.TryGetValue(policy, out var place))
            _places.Add(policy, place = PolicyPlace.Of(policy));
        return place;
    }

    private sealed record Listed(KnownRule[] Rules, FixedList<PolicyPlace> Places);
}
