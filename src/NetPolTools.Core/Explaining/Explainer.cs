using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Explaining;

/// <summary>
/// Says why endpoints of a map may or may not reach each other: which rules of which policies, or what the nearest rules lack. Asks the same peer
/// sets that the map was made from. Not thread safe; make one per question.
/// </summary>
public sealed class Explainer
{
    private const int MostNearMisses = 3;

    private readonly ReachabilityMap _map;
    private readonly bool _withNearMisses;
    private readonly Dictionary<string, LabelSet> _namespaces;
    private readonly LimitNotes _limits;
    private readonly TierSteps _steps;
    private readonly EndNames _names;
    private readonly Dictionary<NetworkPolicyRule, PeerSet[]> _peersOf = new(ReferenceEqualityComparer.Instance);
    private readonly KnownRules _known;
    private readonly PortSetPool _ports = new();
    private readonly List<int> _matching = [];
    private NearPolicyIndex? _near;

    public Explainer(ReachabilityMap map)
        : this(map, withNearMisses: true)
    {
    }

    /// <param name="map">Of the cluster.</param>
    /// <param name="withNearMisses">Whether to say what rules lack that do not match; for thousands of connections that is too much.</param>
    internal Explainer(ReachabilityMap map, bool withNearMisses)
    {
        _map = map;
        _withNearMisses = withNearMisses;
        _limits = new LimitNotes(map);
        _names = new EndNames(map);
        _namespaces = map.Snapshot.Namespaces.ToDictionary(static ns => ns.Name, static ns => ns.Metadata.Labels);
        _steps = new TierSteps(map, _namespaces);
        _known = new KnownRules(map, _ports);
    }

    /// <summary>Why policies let a source reach a destination, or not, as two different pods.</summary>
    /// <param name="source">A number of <see cref="ReachabilityMap.Endpoints"/>.</param>
    /// <param name="destination">Another.</param>
    /// <param name="asked">The ports that matter: where none of them is allowed, the nearest misses are looked for.</param>
    public Explanation Explain(int source, int destination, PortSet asked) => Explain(source, destination, asked, int.MaxValue);

    /// <param name="source">A number of <see cref="ReachabilityMap.Endpoints"/>.</param>
    /// <param name="destination">Another.</param>
    /// <param name="asked">The ports that matter.</param>
    /// <param name="most">So many rules at most that allow something, in each direction; the others are counted.</param>
    internal Explanation Explain(int source, int destination, PortSet asked, int most) =>
        Explain(source, _names.NameOf(source), destination, _names.NameOf(destination), asked, most);

    /// <summary>Why a line of a listing says what it says, with its ends named as there.</summary>
    /// <param name="connection">Of this map; not of whole namespaces.</param>
    public Explanation Explain(Connection connection)
    {
        var (source, destination) = connection.Example;
        var explanation = Explain(
            source, _names.NameOf(connection.Source, source), destination, _names.NameOf(connection.Destination, destination), connection.AskedPorts);
        var isInSpiteOfPolicies = connection.IsNodeTraffic && destination < _map.Endpoints.SelectableCount
            && !connection.Ports.Except(explanation.Ingress.Ports).IsEmpty;
        return isInSpiteOfPolicies ? explanation with { Ingress = FromOwnNode(explanation.Ingress.Subject) } : explanation;
    }

    /// <summary>One direction alone.</summary>
    /// <param name="direction">Which.</param>
    /// <param name="subject">Who sends or receives.</param>
    /// <param name="peer">The other end.</param>
    /// <param name="most">So many rules at most that allow something; the others are counted.</param>
    internal DirectionExplanation Explain(PolicyDirection direction, int subject, int peer, int most = int.MaxValue) => Explain(
        direction,
        subject,
        _names.NameOf(subject),
        peer,
        _map.RulesOf(direction, subject),
        PortSet.All,
        most);

    /// <summary>What decides in one direction, and nothing of who is asked about.</summary>
    /// <param name="direction">Which.</param>
    /// <param name="subject">Who sends or receives.</param>
    /// <param name="peer">The other end.</param>
    /// <param name="most">So many rules at most that allow something.</param>
    /// <returns>And how many more rules do.</returns>
    internal (IReadOnlyList<DecidingReason> Reasons, int More) ReasonsOf(PolicyDirection direction, int subject, int peer, int most = int.MaxValue)
    {
        var ruleSet = _map.RulesOf(direction, subject);
        if (_withNearMisses || ruleSet is null || ruleSet.Tiered.Count > 0)
        {
            var explanation = Explain(direction, subject, peer, most);
            return ([.. DecidingReason.Of(explanation)], explanation.MoreMatches);
        }

        var (matches, _, more) = MatchesOf(ruleSet, subject, peer, most);
        var reasons = matches.ConvertAll(static known => known.Reason);
        foreach (var limit in _limits.IsEmpty ? [] : _limits.ForSubjects(direction, [subject], [peer]))
            reasons.Add(DecidingReason.Of(limit));
        return (reasons, more);
    }

    private static DirectionExplanation FromOwnNode(string pod) =>
        new(PolicyDirection.Ingress, pod) { NeverIsolated = "a node always reaches the pods it runs, whatever policies say" };

    private Explanation Explain(
        int source, EndName sourceName, int destination, EndName destinationName, PortSet asked, int most = int.MaxValue) => new(
        Explain(PolicyDirection.Egress, source, sourceName, destination, _map.EgressOf(source), asked, most),
        Explain(PolicyDirection.Ingress, destination, destinationName, source, _map.IngressOf(destination), asked, most));

    private DirectionExplanation Explain(PolicyDirection direction, int subject, EndName name, int peer, RuleSet? ruleSet, PortSet asked, int most)
    {
        var explanation = new DirectionExplanation(direction, name.Name);
        if (_withNearMisses && subject < _map.Endpoints.SelectableCount)
        {
            _near ??= new NearPolicyIndex(_map);
            var (nearest, more) = _near.Of(direction, _map.Endpoints[subject], MostNearMisses);
            explanation = explanation with { NearPolicies = nearest, MoreNearPolicies = more };
        }

        if (ruleSet is null)
            return explanation with { NeverIsolated = WhyNeverIsolated(subject, name) };

        // What NetworkPolicies allow may be taken away by policies of other kinds, which is only seen rule by rule.
        var trace = _map.Trace(direction, subject, peer);
        var misses = new List<NearMiss>();
        List<RuleMatch> matches;
        var (ports, moreMatches) = (PortSet.None, 0);
        if (_withNearMisses)
        {
            matches = MatchesOf(direction, ruleSet, subject, peer, asked, misses);
            ports = matches.Aggregate(PortSet.None, static (all, match) => all.Union(match.Ports));
        }
        else
        {
            (var known, ports, moreMatches) = MatchesOf(ruleSet, subject, peer, trace is null ? most : int.MaxValue);
            matches = known.ConvertAll(static known => known.Match);
        }

        if (trace is not null)
            return Explain(explanation, trace, ruleSet, matches, misses, subject, peer, asked, most);
        var isAsked = !ports.Intersect(asked).IsEmpty;
        return explanation with
        {
            Policies = PlacesOf(ruleSet),
            Ports = ports,
            Undetermined = _map.Traffic.LeftOpen,
            Matches = Indexable.Owned(matches.ToArray()),
            MoreMatches = moreMatches,
            Limits = _limits.ForSubjects(direction, [subject], [peer]),
            NearMisses = isAsked ? [] : Nearest(misses),
            MoreNearMisses = isAsked ? 0 : Math.Max(misses.Count - MostNearMisses, 0),
        };
    }

    /// <summary>The same where policies of other kinds select the subject: NetworkPolicies decide what is left to them.</summary>
    private DirectionExplanation Explain(
        DirectionExplanation explanation,
        TierTrace trace,
        RuleSet ruleSet,
        List<RuleMatch> matches,
        List<NearMiss> misses,
        int subject,
        int peer,
        PortSet asked,
        int most)
    {
        var left = trace.State.Main;
        RuleMatch[] counting = [.. matches.Select(match => match with { Ports = match.Ports.Intersect(left) }).Where(static match => !match.Ports.IsEmpty)];
        var granted = PortSet.UnionOf([.. counting.Select(static match => match.Ports)]);
        var allowed = trace.State.Allowed.Except(trace.State.Denied).Except(left).Union(granted.Except(trace.State.Denied));
        var possible = PortSet.UnionOf([trace.State.Allowed, granted, ruleSet.Policies.Count > 0 ? left.Intersect(_map.Traffic.LeftOpen) : PortSet.None]);
        var isMissed = allowed.Intersect(asked).IsEmpty && !left.Intersect(asked).IsEmpty;
        var main = _map.Stack.Layout.NetworkPolicies;
        return explanation with
        {
            Policies = PlacesOf(ruleSet),
            TieredPolicies = [.. ruleSet.TieredPolicies.Select(PolicyPlace.Of).Distinct()],
            Tiers = _steps.Describe(trace, ruleSet.Tiered, ruleSet.Policies.Count > 0, subject, peer, explanation.Direction, asked),
            StepsBeforeNetworkPolicies = trace.Decisions.Count(decision => decision.Policy.Policy.Rank.Tier.CompareTo(main.Tier) <= 0),
            LeftToNetworkPolicies = ruleSet.Policies.Count > 0 ? left : null,
            ByDefault = trace.ByDefault,
            Ports = allowed,
            Undetermined = possible.Except(allowed),
            Matches = counting.Length <= most ? counting : counting[..most],
            MoreMatches = Math.Max(counting.Length - most, 0),
            NearMisses = isMissed ? Nearest(misses) : [],
            MoreNearMisses = isMissed ? Math.Max(misses.Count - MostNearMisses, 0) : 0,
            Limits = _limits.ForSubjects(explanation.Direction, [subject], [peer]),
        };
    }

    private static NearMiss[] Nearest(List<NearMiss> misses) => [.. misses.OrderBy(static miss => miss.Lacks.Count).Take(MostNearMisses)];

    /// <summary>The rules that match. Of thousands of rules few do, and what the others would be told with is not made.</summary>
    /// <returns>So many at most, the ports that all of them allow, and how many more there are.</returns>
    private (List<KnownMatch> First, PortSet Ports, int More) MatchesOf(RuleSet ruleSet, int subject, int peer, int most)
    {
        var (matches, ports, more) = (new List<KnownMatch>(), PortSet.None, 0);
        PortSet? last = null;
        foreach (var rule in _known.Of(ruleSet))
        {
            var allowed = rule.Ask(subject, peer, _matching);
            if (allowed.IsEmpty)
                continue;
            // What has just been put to them brings nothing new.
            if (!ReferenceEquals(allowed, last))
                ports = _ports.Union(ports, last = allowed);
            if (matches.Count < most)
                matches.Add(rule.MatchOf(_matching, allowed));
            else
                more++;
        }

        return (matches, ports, more);
    }

    /// <summary>The same, and what the other rules lack.</summary>
    private List<RuleMatch> MatchesOf(PolicyDirection direction, RuleSet ruleSet, int subject, int peer, PortSet asked, List<NearMiss> misses)
    {
        var matches = new List<RuleMatch>();
        foreach (var policy in ruleSet.Policies)
        {
            var rules = policy.Rules(direction);
            for (var r = 0; r < rules.Count; r++)
                AddRule(direction, policy, r, subject, peer, asked, matches, misses);
        }

        return matches;
    }

    private void AddRule(
        PolicyDirection direction,
        NetworkPolicy policy,
        int number,
        int subject,
        int peer,
        PortSet asked,
        List<RuleMatch> matches,
        List<NearMiss> misses)
    {
        var ns = policy.Metadata.Namespace!;
        var field = direction == PolicyDirection.Ingress ? "from" : "to";
        var end = direction == PolicyDirection.Ingress ? "source" : "destination";
        var rule = policy.Rules(direction)[number];
        var sets = PeersOf(ns, rule);
        var matching = new List<string>();
        var bySelector = false;
        IReadOnlyList<string>? fewestLacks = null;
        for (var i = 0; i < rule.Peers?.Count; i++)
        {
            var set = sets[i];
            if (Matches(set, peer))
            {
                bySelector |= set.Certain.Contains(peer);
                matching.Add($"{field}[{i}]: {PeerText.Of(rule.Peers[i], ns)}");
                continue;
            }

            var pod = peer < _map.Endpoints.PodCount ? _map.Endpoints[peer] : null;
            var lacks = peer == _map.Endpoints.UnknownPod
                ? [$"the {end}'s labels and namespace were known, and matched"]
                : PeerLacks.Of(rule.Peers[i], ns, end, pod, pod is null ? LabelSet.Empty : _namespaces[pod.Namespace]);
            if (fewestLacks is null || lacks.Count < fewestLacks.Count)
                fewestLacks = lacks;
        }

        if (rule.Peers is not { Count: > 0 })
        {
            bySelector = true;
            matching.Add("every peer");
        }

        // A port's name is looked up on the destination: the subject itself, or a peer that a selector picked.
        var named = direction == PolicyDirection.Ingress ? _map.Endpoints[subject]
            : bySelector && peer < _map.Endpoints.SelectableCount ? _map.Endpoints[peer]
            : null;
        var ports = RulePorts.Resolve(rule, _map.Traffic, named);
        if (matching.Count > 0 && !ports.IsEmpty)
            matches.Add(new RuleMatch(PlaceOf(policy, direction, number), matching, ports));
        var portLack = ports.Intersect(asked).IsEmpty ? PortLack(rule, ports, named) : null;
        if (matching.Count > 0 && portLack is null)
            return;
        misses.Add(new NearMiss(
            PlaceOf(policy, direction, number), [.. matching.Count > 0 ? [] : fewestLacks!, .. portLack is null ? Array.Empty<string>() : [portLack]]));
    }

    private RulePlace PlaceOf(NetworkPolicy policy, PolicyDirection direction, int number) => new(
        _known.PlaceOf(policy), $"spec.{(direction == PolicyDirection.Ingress ? "ingress" : "egress")}[{number}]", policy.Rules(direction)[number].Location);

    private bool Matches(PeerSet set, int peer) => set.Certain.Contains(peer) || (_map.Options.IPBlockMatchesPods && set.PodsInBlock.Contains(peer));

    private PeerSet[] PeersOf(string ns, NetworkPolicyRule rule)
    {
        if (!_peersOf.TryGetValue(rule, out var sets))
            _peersOf.Add(rule, sets = _map.Peers.PeersOf(_map.Endpoints.NumberOfNamespace(ns), rule));
        return sets;
    }

    private IReadOnlyList<PolicyPlace> PlacesOf(RuleSet ruleSet)
    {
        if (!_withNearMisses)
            return _known.PlacesOf(ruleSet);
        var policies = ruleSet.Policies;
        var places = new PolicyPlace[policies.Count];
        for (var i = 0; i < places.Length; i++)
            places[i] = _known.PlaceOf(policies[i]);
        return places;
    }

    private static string PortLack(NetworkPolicyRule rule, PortSet ports, Endpoint? destination)
    {
        if (!ports.IsEmpty)
            return $"the port were in {ports}";
        var names = string.Join(", ", rule.Ports!.Select(static port => port.Port?.Name).OfType<string>().Distinct());
        return destination is null ? $"it named port numbers instead of {names}" : $"the destination had a port named {names}";
    }

    private string? WhyNeverIsolated(int subject, EndName name)
    {
        if (subject == _map.Endpoints.UnknownPod)
            return $"{name.Name} is not in the input, so neither are policies that isolate it";
        if (name.WithoutPolicies is { } outside)
            return outside;
        if (_map.Options.NotEnforcedBecause is { } because)
            return $"no policy has an effect on {name.Name}: {because}";
        return _map.Endpoints[subject].IsHostNetwork ? $"{name.Name} uses hostNetwork, so no policy ever selects it" : null;
    }
}
