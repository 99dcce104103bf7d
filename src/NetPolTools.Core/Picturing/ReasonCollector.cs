using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Picturing;

/// <summary>
/// Collects which rules decide the lines of a listing. Subjects under the same rules share what is found: a rule says the same of each of them, unless it
/// names ports, which are looked up on the subject, or stands in a tier, where selectors may compare the two ends. Nothing is explained before all lines are
/// there: where there are too many, there is nothing to throw away.
/// </summary>
/// <param name="map">Of the listing.</param>
/// <param name="most">How many peers of profiles are explained; with more, the reasons are given up.</param>
/// <param name="mostAsked">How often a rule is asked about a peer; likewise.</param>
/// <param name="mostRules">How many rules are told of each; the others are counted.</param>
/// <param name="mostPolicies">How many policies of each profile.</param>
internal sealed class ReasonCollector(ReachabilityMap map, int most, long mostAsked, int mostRules, int mostPolicies)
{
    private readonly Explainer _explainer = new(map, withNearMisses: false);
    private readonly Dictionary<(PolicyDirection Direction, object Subject), int> _numbers = [];
    private readonly Dictionary<RuleSet, bool> _isShared = new(ReferenceEqualityComparer.Instance);
    private readonly List<Profile> _profiles = [];
    private readonly List<int> _egress = [];
    private readonly List<int> _ingress = [];
    private int _toExplain;
    private long _toAsk;

    /// <summary>Whether there were too many.</summary>
    public bool IsGivenUp { get; private set; }

    public void Add(Connection connection, int source, int destination)
    {
        if (IsGivenUp || connection.IsNodeTraffic)
            return;
        var (from, to) = connection.Example;
        Add(PolicyDirection.Egress, _egress, map.EgressOf(from), from, source, to, destination);
        Add(PolicyDirection.Ingress, _ingress, map.IngressOf(to), to, destination, from, source);
    }

    /// <summary>Null where they were given up.</summary>
    /// <param name="count">How many ends there are.</param>
    public PictureReasons? Build(int count)
    {
        if (IsGivenUp)
            return null;
        Extend(_egress, count - 1);
        Extend(_ingress, count - 1);
        return new PictureReasons([.. _profiles.Select(profile => profile.Build(_explainer, mostRules))], _egress, _ingress);
    }

    private void Add(PolicyDirection direction, List<int> profileOf, RuleSet? rules, int subject, int end, int peer, int peerEnd)
    {
        var number = NumberOf(direction, rules, subject, end);
        Extend(profileOf, end);
        if (profileOf[end] < 0)
            profileOf[end] = number;
        var profile = _profiles[profileOf[end]];
        if (rules is null || !profile.IsNew(peerEnd))
            return;
        if (profile.Add(map.Classes.ClassOf(peer), peerEnd, subject, peer))
            return;
        _toExplain++;
        _toAsk += profile.RuleCount;
        IsGivenUp = _toExplain > most || _toAsk > mostAsked;
    }

    private int NumberOf(PolicyDirection direction, RuleSet? rules, int subject, int end)
    {
        object key = rules is null ? ~end : IsShared(rules) ? rules : map.Classes.ClassOf(subject);
        if (_numbers.TryGetValue((direction, key), out var number))
            return number;
        number = _profiles.Count;
        _numbers.Add((direction, key), number);

        // Whoever is on the other side, the policies of the subject are the same.
        var (policies, more) = PoliciesOf(rules);
        _profiles.Add(new Profile(direction, rules is null ? _explainer.Explain(direction, subject, subject, 0).NeverIsolated : null, policies, more)
        {
            RuleCount = rules?.Policies.Sum(policy => policy.Rules(direction).Count) ?? 0,
        });
        return number;
    }

    private bool IsShared(RuleSet rules)
    {
        if (!_isShared.TryGetValue(rules, out var isShared))
        {
            isShared = rules.Tiered.Count == 0 && (rules.Direction == PolicyDirection.Egress || !NamesPorts(rules));
            _isShared.Add(rules, isShared);
        }

        return isShared;
    }

    private static bool NamesPorts(RuleSet rules) => rules.Policies.SelectMany(policy => policy.Rules(rules.Direction))
        .Any(static rule => rule.Ports?.Any(static port => port.Port?.Name is not null) == true);

    /// <summary>The first of them, and how many more there are.</summary>
    private (PolicyPlace[] First, int More) PoliciesOf(RuleSet? rules)
    {
        if (rules is null)
            return ([], 0);
        if (rules.Tiered.Count == 0)
            return ([.. rules.Policies.Take(mostPolicies).Select(PolicyPlace.Of)], Math.Max(0, rules.Policies.Count - mostPolicies));
        PolicyPlace[] all = [.. rules.Policies.Select(PolicyPlace.Of).Concat(rules.TieredPolicies.Select(PolicyPlace.Of)).Distinct()];
        return all.Length <= mostPolicies ? (all, 0) : (all[..mostPolicies], all.Length - mostPolicies);
    }

    private static void Extend(List<int> list, int end)
    {
        while (list.Count <= end)
            list.Add(-1);
    }

    private sealed class Profile(PolicyDirection direction, string? neverIsolated, IReadOnlyList<PolicyPlace> policies, int morePolicies)
    {
        private readonly HashSet<int> _peers = [];

        /// <summary>By class, in the order in which the classes came: the ends that have it, and two endpoints that stand for all.</summary>
        private readonly OrderedClasses _classes = new();
        private readonly Dictionary<DecidingReason, int> _numbers = [];

        /// <summary>The same by object: most reasons come again as the object that they were, which is told apart faster than by all that it says.</summary>
        private readonly Dictionary<DecidingReason, int> _numbersOfObjects = new(ReferenceEqualityComparer.Instance);
        private readonly List<(DecidingReason Reason, List<int> Peers)> _reasons = [];

        /// <summary>How many rules are asked about a peer.</summary>
        public int RuleCount { get; init; }

        public bool IsNew(int peer) => _peers.Add(peer);

        /// <returns>Whether the class was known.</returns>
        public bool Add(int peerClass, int peerEnd, int subject, int peer) => _classes.Add(peerClass, peerEnd, subject, peer);

        public PictureProfile Build(Explainer explainer, int mostRules)
        {
            var more = new List<(int Count, IReadOnlyList<int> Peers)>();
            foreach (var (subject, peer, ends) in _classes.All)
            {
                var (reasons, others) = explainer.ReasonsOf(direction, subject, peer, mostRules);
                foreach (var reason in reasons)
                    _reasons[NumberOf(reason)].Peers.AddRange(ends);
                if (others > 0)
                    more.Add((others, [.. ends.Order()]));
            }

            foreach (var (_, peers) in _reasons)
                peers.Sort();
            return new PictureProfile(
                direction, policies, morePolicies, neverIsolated, [.. _reasons.Select(static found => (found.Reason, (IReadOnlyList<int>)found.Peers))], more);
        }

        private int NumberOf(DecidingReason reason)
        {
            if (_numbersOfObjects.TryGetValue(reason, out var number))
                return number;
            if (!_numbers.TryGetValue(reason, out number))
            {
                number = _reasons.Count;
                _numbers.Add(reason, number);
                _reasons.Add((reason, []));
            }

            _numbersOfObjects.Add(reason, number);
            return number;
        }
    }

    private sealed class OrderedClasses
    {
        private readonly Dictionary<int, int> _positions = [];
        private readonly List<(int Subject, int Peer, List<int> Ends)> _all = [];

        public IReadOnlyList<(int Subject, int Peer, List<int> Ends)> All => _all;

        public bool Add(int peerClass, int end, int subject, int peer)
        {
            var isKnown = _positions.TryGetValue(peerClass, out var position);
            if (!isKnown)
            {
                position = _all.Count;
                _positions.Add(peerClass, position);
                _all.Add((subject, peer, []));
            }

            _all[position].Ends.Add(end);
            return isKnown;
        }
    }
}
