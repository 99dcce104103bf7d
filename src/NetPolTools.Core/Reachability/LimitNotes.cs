using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Which connections depend on something in a policy that the network plugin does not do as written. Empty, and free, where it does everything.
/// </summary>
internal sealed class LimitNotes
{
    private readonly ReachabilityMap _map;
    private readonly string? _ipv6;
    private readonly Dictionary<RuleSet, (IndexSet Peers, Func<string> Note)[]> _byRuleSet = [];

    /// <summary>By rule set, the peers of rules of other kinds of policies that have something to note, if they decide.</summary>
    private readonly Dictionary<RuleSet, IndexSet> _peersOfNoted = [];

    /// <summary>By endpoint, whether its rule sets may have something to note: most have nothing, and listings ask for every pair.</summary>
    private readonly bool[] _isLimited = [];

    public LimitNotes(ReachabilityMap map)
    {
        _map = map;
        if (map.Options.NotEnforcedBecause is not null)
            return;
        _ipv6 = map.Options.IPv6Caveat;
        AddRules(map.Options.Caveats);
        AddTiers();
        _isLimited = new bool[map.Endpoints.SelectableCount];
        for (var i = 0; i < _isLimited.Length && !IsEmpty; i++)
            _isLimited[i] = IsLimited(map.IngressOf(i), i) || IsLimited(map.EgressOf(i), i);
    }

    public bool IsEmpty => _byRuleSet.Count == 0 && _peersOfNoted.Count == 0 && _ipv6 is null;

    /// <summary>What is to be told of connections between endpoints; none twice.</summary>
    public IReadOnlyList<string> Between(IReadOnlyCollection<int> sources, IReadOnlyCollection<int> destinations) => IsEmpty
        ? []
        : [.. ForSubjects(PolicyDirection.Egress, sources, destinations).Concat(ForSubjects(PolicyDirection.Ingress, destinations, sources)).Distinct()];

    /// <summary>The part of it that the policies of subjects are about.</summary>
    public IReadOnlyList<string> ForSubjects(PolicyDirection direction, IReadOnlyCollection<int> subjects, IReadOnlyCollection<int> peers)
    {
        if (IsEmpty || !subjects.Any(subject => subject < _isLimited.Length && _isLimited[subject]))
            return [];
        Func<int, RuleSet?> ruleSetOf = direction == PolicyDirection.Ingress ? _map.IngressOf : _map.EgressOf;
        var ruleSets = subjects.Select(ruleSetOf).OfType<RuleSet>().Distinct().ToArray();
        var notes = ruleSets
            .SelectMany(ruleSet => _byRuleSet.GetValueOrDefault(ruleSet, []))
            .Where(limit => peers.Any(limit.Peers.Contains))
            .Select(static limit => limit.Note());
        if (_ipv6 is not null && ruleSets.Length > 0 && subjects.Any(HasIPv6) && peers.Any(HasIPv6))
            notes = notes.Append(_ipv6);
        if (_peersOfNoted.Count > 0)
            notes = notes.Concat(subjects.SelectMany(subject => peers.SelectMany(peer => OfTiers(direction, subject, peer))));
        return [.. notes.Distinct()];
    }

    private void AddRules(IReadOnlyList<RuleCaveat> caveats)
    {
        if (caveats.Count == 0)
            return;
        var byPolicy = caveats
            .Select(caveat => (caveat.Policy, caveat.Direction, Peers: PeersOf(caveat), caveat.Note))
            .ToLookup(static limit => (limit.Policy, limit.Direction));
        foreach (var ruleSet in _map.IngressRuleSets.Concat(_map.EgressRuleSets))
        {
            var ofItsPolicies = ruleSet.Policies.SelectMany(policy => byPolicy[(policy, ruleSet.Direction)]);
            (IndexSet, Func<string>)[] found = [.. ofItsPolicies.Select(static limit => (limit.Peers, limit.Note))];
            if (found.Length > 0)
                _byRuleSet.Add(ruleSet, found);
        }
    }

    private void AddTiers()
    {
        if (!_map.Stack.Policies.Any(static policy => TermContent.RulesOf(policy).Any(static rule => rule.Caveats.Length > 0)))
            return;
        foreach (var ruleSet in _map.IngressRuleSets.Concat(_map.EgressRuleSets))
        {
            var noted = ruleSet.Tiered.SelectMany(static policy => policy.Rules).Where(static rule => rule.Rule.Caveats.Length > 0);
            IndexSet[] peers = [.. noted.Select(static rule => rule.Peers.May)];
            if (peers.Length > 0)
                _peersOfNoted.Add(ruleSet, IndexSet.UnionOf(peers));
        }
    }

    /// <summary>What is to be told of the rules that really decide something between two endpoints.</summary>
    private IEnumerable<string> OfTiers(PolicyDirection direction, int subject, int peer)
    {
        var ruleSet = _map.RulesOf(direction, subject);
        if (ruleSet is null || !_peersOfNoted.TryGetValue(ruleSet, out var peers) || !peers.Contains(peer))
            return [];
        return _map.Trace(direction, subject, peer)!.Decisions
            .Where(static decision => decision.Rule is not null)
            .SelectMany(static decision =>
                decision.Rule!.Rule.Caveats.Select(caveat => $"{PolicyText.Of(decision.Policy.Policy, decision.Rule.Rule)}: {caveat}"));
    }

    private bool IsLimited(RuleSet? ruleSet, int subject) =>
        ruleSet is not null && (_byRuleSet.ContainsKey(ruleSet) || _peersOfNoted.ContainsKey(ruleSet) || (_ipv6 is not null && HasIPv6(subject)));

    private IndexSet PeersOf(RuleCaveat caveat)
    {
        if (caveat.Rule is not { } rule)
            return _map.Peers.Everyone.Certain;
        var all = _map.Peers.PeersOf(_map.Endpoints.NumberOfNamespace(caveat.Policy.Metadata.Namespace!), rule).Aggregate(static (a, b) => a.Union(b));
        return all.Certain.Union(all.PodsInBlock);
    }

    private bool HasIPv6(int endpoint)
    {
        if (endpoint >= _map.Endpoints.UnknownPod)
            return false;
        return endpoint >= _map.Endpoints.PodCount
            ? _map.Endpoints.Addresses.Ranges[endpoint - _map.Endpoints.PodCount].Family == AddressFamilyKind.IPv6
            : _map.Endpoints[endpoint].Addresses.Any(static address => address.Family == AddressFamilyKind.IPv6);
    }
}
