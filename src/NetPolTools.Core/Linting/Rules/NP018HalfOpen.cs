using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP018HalfOpen() : LintRule("NP018", "half-open", LintSeverity.Warning, LintNeeds.Reachability)
{
    private const int FewestRules = 1024;

    /// <summary>So many pairs are asked one by one before the question is asked for all at once.</summary>
    private const int FewPairs = 64;

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
        var ingress = new Lazy<PeerFinder>(() => new PeerFinder(context.Map, PolicyDirection.Ingress));
        var egress = new Lazy<PeerFinder>(() => new PeerFinder(context.Map, PolicyDirection.Egress));
        var classes = new Dictionary<IndexSet, IndexSet>(ReferenceEqualityComparer.Instance);
        var pool = new PortSetPool();
        var others = new Dictionary<RuleSet, OtherEnd>(ReferenceEqualityComparer.Instance);
        for (var r = start; r < end; r++)
        {
            var rule = context.Rules()[r];
            var selected = context.Subjects(rule.Policy);
            if (rule.NamesNoPeer || selected.IsEmpty)
                continue;
            var finder = rule.Direction == PolicyDirection.Ingress ? ingress : egress;
            var matched = context.PeersOf(rule);
            Meeting? known = null;
            for (var i = 0; i < matched.Length; i++)
            {
                var site = rule.Peer(i);
                var matching = matched[i].Certain;
                if (site.Peer.IPBlock is not null || matching.IsEmpty || matching.First >= context.Endpoints.SelectableCount)
                    continue;
                var meeting = known ??= new Meeting(context.Map, rule, pool);

                // Most rules let the first of their peers through.
                if (!meeting.Passes(context.Map.Classes.ClassOf(selected.First), context.Map.Classes.ClassOf(matching.First))
                    && meeting.Judge(ClassesOf(selected), ClassesOf(matching), finder) is { } denied)
                {
                    yield return Judge(context, site, denied, others);
                }
            }
        }

        IndexSet ClassesOf(IndexSet pods)
        {
            if (!classes.TryGetValue(pods, out var known))
                classes.Add(pods, known = FindClasses(context.Map, pods.Slice(0, context.Endpoints.SelectableCount)));
            return known;
        }
    }

    private LintFinding Judge(LintContext context, PeerSite site, (int Subject, int Peer) denied, Dictionary<RuleSet, OtherEnd> others)
    {
        var isIngress = site.Rule.Direction == PolicyDirection.Ingress;
        var policies = isIngress ? context.Map.EgressOf(denied.Peer)! : context.Map.IngressOf(denied.Peer)!;
        var (subject, peer) = (context.Endpoints[denied.Subject].Owner, context.Endpoints[denied.Peer].Owner);
        if (!others.TryGetValue(policies, out var other))
            others.Add(policies, other = new OtherEnd(policies));
        var what = isIngress ? $"let {peer} send nothing of it to {subject}" : $"let {peer} receive nothing of it from {subject}";
        return Find(site, $"The rule alone opens nothing: {other.Names} {what}.") with
        {
            Related = other.Places,
            Corrections =
            [
                new LintCorrection($"Allow it at the other end, too: {(isIngress ? "egress" : "ingress")} of {peer}, or remove the rule."),
            ],
        };
    }

    private static IndexSet FindClasses(ReachabilityMap map, IndexSet pods)
    {
        if (IsOnePerClass())
            return pods;
        var classes = new SortedSet<int>();
        foreach (var pod in pods)
            classes.Add(map.Classes.ClassOf(pod));
        var builder = new IndexSet.Builder();
        foreach (var c in classes)
            builder.Add(c);
        return builder.Build();

        bool IsOnePerClass()
        {
            foreach (var pod in pods)
            {
                if (map.Classes.ClassOf(pod) != pod)
                    return false;
            }

            return true;
        }
    }

    /// <summary>The policies that deny something, as they are named for all that they deny.</summary>
    private sealed class OtherEnd(RuleSet policies)
    {
        private const int MostPolicies = 3;

        public string Names { get; } = policies is { Policies: [var only], Tiered.Count: 0 } ? only.Reference.ToString() : string.Join(
            ", ",
            policies.Policies.Select(static policy => policy.Reference.ToString())
                .Concat(policies.TieredPolicies.Select(static policy => policy.Origin.Reference.ToString())).Distinct().Take(MostPolicies));

        public LintPlace[] Places { get; } = [.. policies.Policies.Take(MostPolicies).Select(static policy => LintPlace.Of(policy))];
    }

    /// <summary>The traffic that a rule allows with one of its peers.</summary>
    private sealed class Meeting(ReachabilityMap map, RuleSite rule, PortSetPool pool)
    {
        private readonly bool _isIngress = rule.Direction == PolicyDirection.Ingress;
        private readonly IReadOnlyList<(string Name, Protocol Protocol)> _names = RulePorts.Names(rule.Rule);
        private readonly PortSet _numbers = RulePorts.Numbers(rule.Rule, map.Traffic, pool);

        /// <summary>Two ends of which the other denies; null where something gets through, or this end denies itself.</summary>
        public (int Subject, int Peer)? Judge(IndexSet subjects, IndexSet peers, Lazy<PeerFinder> finder)
        {
            (int, int)? denied = null;
            var asked = 0;
            foreach (var subject in subjects)
            {
                foreach (var peer in peers)
                {
                    if (asked++ == FewPairs)
                        return denied is not null && !Meets(subjects, peers, finder.Value) ? denied : null;
                    if (Passes(subject, peer))
                        return null;
                    if (denied is null && !IsItself(subject, peer) && IsDeniedThere(subject, peer))
                        denied = (subject, peer);
                }
            }

            return denied;
        }

        /// <summary>The same, asked of all peers of a subject at once.</summary>
        private bool Meets(IndexSet subjects, IndexSet peers, PeerFinder finder)
        {
            var asked = 0;
            foreach (var subject in subjects)
            {
                foreach (var peer in finder.PeersOf(subject).Intersect(peers))
                {
                    if (Passes(subject, peer) || ++asked == MostPairs)
                        return true;
                }
            }

            return map.AtMost is not null;
        }

        /// <summary>Whether something of it gets through between two pods of these classes.</summary>
        public bool Passes(int subject, int peer)
        {
            if (IsItself(subject, peer))
                return false;
            var (source, destination) = _isIngress ? (peer, subject) : (subject, peer);
            var ports = Ports(destination);

            // The rule itself opens this end, so most of what does not pass is denied at the other.
            if (map.AtMost is null && There(peer)?.PortsFor(subject).Overlaps(ports) == false)
                return false;
            return map.Between(source, destination).Overlaps(ports) || map.Undetermined(source, destination).Overlaps(ports);
        }

        private bool IsDeniedThere(int subject, int peer)
        {
            var ports = Ports(_isIngress ? subject : peer);
            var here = _isIngress ? map.IngressOf(subject) : map.EgressOf(subject);
            return here?.PortsFor(peer).Overlaps(ports) == true && There(peer)?.PortsFor(subject).Overlaps(ports) == false;
        }

        private RuleSet? There(int peer) => _isIngress ? map.EgressOf(peer) : map.IngressOf(peer);

        private PortSet Ports(int destination)
        {
            var ports = _numbers;
            for (var i = 0; i < _names.Count; i++)
                ports = pool.Union(ports, NamedPortIndex.PortsOn(map.Endpoints[destination], _names[i].Name, _names[i].Protocol));
            return ports;
        }

        private bool IsItself(int subject, int peer) => subject == peer && !map.Endpoints[subject].MayHaveReplicas;
    }
}
