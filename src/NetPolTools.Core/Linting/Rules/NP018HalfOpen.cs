using System.Numerics;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP018HalfOpen() : LintRule("NP018", "half-open", LintSeverity.Warning, LintNeeds.Reachability)
{
    private const int FewestRules = 1024;

    /// <summary>So many pairs are asked before a rule of which none is denied for sure is taken to open something.</summary>
    private const int FewPairs = 64;

    /// <summary>Of more peers for each subject, who meets a subject is found sooner than that each of them does not.</summary>
    private const int PeersForSubject = 64;

    /// <summary>Of more pairs that meet on other ports, a rule is taken to let something through.</summary>
    private const int MostPairs = 2048;

    public override string Description => "Finds rules that allow traffic which the policies of the other end deny altogether.";

    public override string Why =>
        "A connection needs the egress of its source and the ingress of its destination. A rule at one end alone opens nothing, and somebody believes that it "
        + "does. Peers of which the input holds no pod are passed over, and so are rules of which at least something gets through.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: db, namespace: shop}
        spec:
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: db}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 5432}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 5432}]}]
        """;

    public override string Cure => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: db, namespace: shop}
        spec:
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: db}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 5432}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        if (!context.AreEnforced)
            return [];

        // It asks more than any other rule does, and would be the last to end.
        var bounds = ParallelParts.Bounds(context.Rules().Count, FewestRules);
        var found = new List<LintFinding>[bounds.Length - 1];
        ParallelParts.ForEachPart(found.Length, part => found[part] = [.. Check(context, bounds[part], bounds[part + 1])], CancellationToken.None);
        return found.SelectMany(static part => part);
    }

    private IEnumerable<LintFinding> Check(LintContext context, int start, int end)
    {
        var (ingress, egress) = (new OtherEnds(context.Map, PolicyDirection.Ingress), new OtherEnds(context.Map, PolicyDirection.Egress));
        var classes = new Dictionary<IndexSet, IndexSet>(ReferenceEqualityComparer.Instance);
        var scratch = new IndexSetAccumulator(context.Map.Endpoints.Count);
        var pool = new PortSetPool();
        for (var r = start; r < end; r++)
        {
            var rule = context.Rules()[r];
            var selected = context.Subjects(rule.Policy);
            if (rule.NamesNoPeer || selected.IsEmpty)
                continue;
            var ends = rule.Direction == PolicyDirection.Ingress ? ingress : egress;
            Meeting? known = null;
            for (var i = 0; i < rule.Rule.Peers!.Count; i++)
            {
                var site = rule.Peer(i);
                if (site.Peer.IPBlock is not null)
                    continue;
                var matching = context.CertainPeers.Of(r, i);
                if (matching.IsEmpty || matching.First >= context.Endpoints.SelectableCount)
                    continue;
                var meeting = known ??= new Meeting(context.Map, rule, pool);

                // Most rules let the first of their peers through.
                if (!meeting.Passes(context.Map.Classes.ClassOf(selected.First), context.Map.Classes.ClassOf(matching.First))
                    && meeting.Judge(ClassesOf(selected), ClassesOf(matching), ends) is { } denied)
                {
                    yield return Judge(context, site, denied, ends);
                }
            }
        }

        IndexSet ClassesOf(IndexSet pods)
        {
            if (!classes.TryGetValue(pods, out var known))
                classes.Add(pods, known = FindClasses(context.Map, pods, scratch));
            return known;
        }
    }

    private LintFinding Judge(LintContext context, PeerSite site, (int Subject, int Peer) denied, OtherEnds ends)
    {
        var isIngress = site.Rule.Direction == PolicyDirection.Ingress;
        var (policies, subject, peer) = (ends.PoliciesOf(denied.Peer), context.Endpoints[denied.Subject].Owner, context.Endpoints[denied.Peer].Owner);
        return Find(
            site,
            isIngress
                ? $"The rule alone opens nothing: {policies.Names} let {peer} send nothing of it to {subject}."
                : $"The rule alone opens nothing: {policies.Names} let {peer} receive nothing of it from {subject}.",
            policies.Places,
            ends.CorrectionsAt(denied.Peer));
    }

    /// <param name="map">What is asked.</param>
    /// <param name="pods">Those on the host network and others that cannot be selected are left out.</param>
    /// <param name="classes">To work in.</param>
    private static IndexSet FindClasses(ReachabilityMap map, IndexSet pods, IndexSetAccumulator classes)
    {
        classes.Clear();
        var isOnePerClass = true;
        foreach (var pod in pods)
        {
            if (pod >= map.Endpoints.SelectableCount)
            {
                isOnePerClass = false;
                break;
            }

            var ofPod = map.Classes.ClassOf(pod);
            isOnePerClass &= ofPod == pod;
            classes.Add(ofPod);
        }

        return isOnePerClass ? pods : classes.ToSet();
    }

    /// <summary>What is worked out about the other ends of all rules of a direction, when the first of them asks for it.</summary>
    private sealed class OtherEnds(ReachabilityMap map, PolicyDirection direction)
    {
        private readonly Dictionary<RuleSet, OtherEnd> _policies = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<int, LintCorrection[]> _corrections = [];
        private PeerFinder? _finder;
        private IndexSet? _open;

        public PeerFinder Finder => _finder ??= new PeerFinder(map, direction);

        /// <summary>Classes that no policy isolates there.</summary>
        public IndexSet Open => _open ??= map.ClassesWhere(end => PoliciesAt(end) is null);

        /// <summary>The policies that deny something there.</summary>
        public OtherEnd PoliciesOf(int peer)
        {
            var policies = PoliciesAt(peer)!;
            if (!_policies.TryGetValue(policies, out var known))
                _policies.Add(policies, known = new OtherEnd(policies));
            return known;
        }

        /// <summary>What may be done there; of many rules that are denied at one end, each is told the same.</summary>
        public LintCorrection[] CorrectionsAt(int peer)
        {
            if (!_corrections.TryGetValue(peer, out var known))
            {
                var there = direction == PolicyDirection.Ingress ? "egress" : "ingress";
                _corrections.Add(peer, known =
                [
                    new LintCorrection($"Allow it at the other end, too: {there} of {map.Endpoints[peer].Owner}, or remove the rule."),
                ]);
            }

            return known;
        }

        private RuleSet? PoliciesAt(int end) => direction == PolicyDirection.Ingress ? map.EgressOf(end) : map.IngressOf(end);
    }

    /// <summary>The policies that deny something, as they are named for all that they deny.</summary>
    private sealed class OtherEnd(RuleSet policies)
    {
        private const int MostPolicies = 3;

        public string Names { get; } = policies is { Policies: [var only], Tiered.Count: 0 } ? only.Reference.ToString() : string.Join(", ", NamesOf(policies));

        public LintPlace[] Places { get; } = PlacesOf(policies.Policies);

        private static List<string> NamesOf(RuleSet policies)
        {
            var names = new List<string>(MostPolicies);
            for (var i = 0; i < policies.Policies.Count && names.Count < MostPolicies; i++)
                Add(policies.Policies[i].Reference);
            for (var i = 0; i < policies.Tiered.Count && names.Count < MostPolicies; i++)
                Add(policies.Tiered[i].Policy.Origin.Reference);
            return names;

            void Add(object reference)
            {
                if (reference.ToString() is { } name && !names.Contains(name))
                    names.Add(name);
            }
        }

        private static LintPlace[] PlacesOf(IReadOnlyList<NetworkPolicy> policies)
        {
            var places = new LintPlace[Math.Min(policies.Count, MostPolicies)];
            for (var i = 0; i < places.Length; i++)
                places[i] = LintPlace.Of(policies[i]);
            return places;
        }
    }

    /// <summary>The traffic that a rule allows with one of its peers.</summary>
    private sealed class Meeting(ReachabilityMap map, RuleSite rule, PortSetPool pool)
    {
        private readonly bool _isIngress = rule.Direction == PolicyDirection.Ingress;
        private readonly IReadOnlyList<(string Name, Protocol Protocol)> _names = RulePorts.Names(rule.Rule);
        private readonly PortSet _numbers = RulePorts.Numbers(rule.Rule, map.Traffic, pool);
        private (IndexSet? Subjects, PortSet Ports) _ofAll = (null, PortSet.None);

        /// <summary>Two ends of which the other denies; null where something gets through, or this end denies itself.</summary>
        public (int Subject, int Peer)? Judge(IndexSet subjects, IndexSet peers, OtherEnds ends)
        {
            (int, int)? denied = null;
            var asked = 0;
            foreach (var subject in subjects)
            {
                foreach (var peer in peers)
                {
                    if (denied is not null && map.AtMost is null)
                        return PassesAny(subjects, peers, ends) ? null : denied;

                    // Nothing is denied for sure so far, or it might be allowed after all.
                    if (asked++ == FewPairs)
                        return null;
                    if (Passes(subject, peer))
                        return null;
                    if (denied is null && !IsItself(subject, peer) && IsDeniedThere(subject, peer))
                        denied = (subject, peer);
                }
            }

            return denied;
        }

        /// <summary>Whether something gets through between any two of them. Both ways of asking for many at once take less than to ask pair by pair.</summary>
        private bool PassesAny(IndexSet subjects, IndexSet peers, OtherEnds ends)
        {
            var (ofSubjects, ofPeers) = (subjects.Count, peers.Count);
            return ofPeers <= PeersForSubject * ofSubjects && (long)ofSubjects * ofPeers < MostPairs
                ? MeetsSome(subjects, peers)
                : MeetsOpen(subjects, peers, ends.Open) || Meets(subjects, peers, ends.Finder);
        }

        /// <summary>The same, asked of all subjects of a peer at once.</summary>
        private bool MeetsSome(IndexSet subjects, IndexSet peers)
        {
            foreach (var peer in peers)
            {
                var isOneOfThem = !map.Endpoints[peer].MayHaveReplicas;
                if (There(peer) is { } policies && !policies.MayAllow(subjects, isOneOfThem ? peer : -1, PortsOfAll(subjects, peer)))
                    continue;
                foreach (var subject in subjects)
                {
                    if (Passes(subject, peer))
                        return true;
                }
            }

            return false;
        }

        /// <summary>What the rule allows some of the subjects with a peer.</summary>
        private PortSet PortsOfAll(IndexSet subjects, int peer)
        {
            if (_names.Count == 0)
                return _numbers;
            if (!_isIngress)
                return Ports(peer);
            if (!ReferenceEquals(_ofAll.Subjects, subjects))
            {
                var ports = _numbers;
                foreach (var subject in subjects)
                    ports = pool.Union(ports, Ports(subject));
                _ofAll = (subjects, ports);
            }

            return _ofAll.Ports;
        }

        /// <summary>Whether something gets through to a peer that no policy isolates there; most wide rules have such peers.</summary>
        private bool MeetsOpen(IndexSet subjects, IndexSet peers, IndexSet open)
        {
            if (!peers.Overlaps(open))
                return false;
            foreach (var peer in peers)
            {
                if (open.Contains(peer))
                    return Passes(subjects.First, peer);
            }

            return false;
        }

        /// <summary>The same, asked of all peers of a subject at once.</summary>
        private bool Meets(IndexSet subjects, IndexSet peers, PeerFinder finder)
        {
            var asked = 0;
            foreach (var subject in subjects)
            {
                var found = finder.Find(subject);
                for (var i = 0; i < peers.Positions.Length; i++)
                {
                    var position = peers.Positions[i];
                    for (var word = peers.Words[i] & found[position]; word != 0; word &= word - 1)
                    {
                        if (Passes(subject, (position << 6) + BitOperations.TrailingZeroCount(word)) || ++asked == MostPairs)
                            return true;
                    }
                }
            }

            return false;
        }

        /// <summary>Whether something of it gets through between two pods of these classes.</summary>
        public bool Passes(int subject, int peer)
        {
            if (IsItself(subject, peer))
                return false;
            var (source, destination) = _isIngress ? (peer, subject) : (subject, peer);
            var ports = Ports(destination);

            // The rule itself opens this end, so what passes and what does not is mostly decided at the other.
            if (map.AtMost is null && There(peer)?.PortsFor(subject).Overlaps(ports) == false)
                return false;
            if (map.AtMost is null && Here(subject)?.PortsFor(peer).Covers(ports) != false)
                return !ports.IsEmpty;
            return map.Between(source, destination).Overlaps(ports) || map.Undetermined(source, destination).Overlaps(ports);
        }

        private bool IsDeniedThere(int subject, int peer)
        {
            var ports = Ports(_isIngress ? subject : peer);
            return Here(subject)?.PortsFor(peer).Overlaps(ports) == true && There(peer)?.PortsFor(subject).Overlaps(ports) == false;
        }

        private RuleSet? Here(int subject) => _isIngress ? map.IngressOf(subject) : map.EgressOf(subject);

        private RuleSet? There(int peer) => _isIngress ? map.EgressOf(peer) : map.IngressOf(peer);

        private PortSet Ports(int destination) => RulePorts.Resolve(_numbers, _names, map.Endpoints[destination], pool);

        private bool IsItself(int subject, int peer) => subject == peer && !map.Endpoints[subject].MayHaveReplicas;
    }
}
