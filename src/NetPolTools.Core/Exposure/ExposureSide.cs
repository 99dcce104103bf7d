using System.Runtime.CompilerServices;
using System.Text;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Exposure;

/// <summary>A cluster in which pods to come are looked at; of a comparison, one of two. Not thread safe.</summary>
internal sealed class ExposureSide
{
    private readonly ILookup<string, NetworkPolicy> _policies;
    private readonly Dictionary<string, Namespace> _namespaces;
    private readonly Dictionary<(LabelSelector, LabelSet), bool> _matches = new(SelectorAndLabels.Instance);

    private readonly Dictionary<LabelSelector, string> _texts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string Namespace, PolicyDirection Direction), PoliciesOfNamespace> _ofNamespaces = [];
    private readonly Dictionary<PolicyDirection, RuleTable> _rules = [];

    /// <param name="snapshot">The cluster.</param>
    /// <param name="options">How its policies are evaluated.</param>
    public ExposureSide(ClusterSnapshot snapshot, ReachabilityOptions options)
    {
        Snapshot = snapshot;
        Options = options;
        var areEnforced = options.NotEnforcedBecause is null;
        _policies = (areEnforced ? snapshot.NetworkPolicies : []).ToLookup(static policy => policy.Namespace);
        _namespaces = snapshot.Namespaces.ToDictionary(static ns => ns.Name);
        Stack = areEnforced ? PolicyStack.Of(snapshot, options.Layout, found => !options.NotEnforced.Contains(found.Reference)) : PolicyStack.Empty;
    }

    public ClusterSnapshot Snapshot { get; }

    public ReachabilityOptions Options { get; }

    /// <summary>The policies beside NetworkPolicies.</summary>
    public PolicyStack Stack { get; }

    /// <summary>Null where there is none of this name.</summary>
    public Namespace? NamespaceOf(string name) => _namespaces.GetValueOrDefault(name);

    /// <summary>
    /// A namespace as one of some sides has it; where it has none of this name, as another has it: somebody could create it there, with the same labels.
    /// </summary>
    public static Namespace NamespaceIn(IReadOnlyList<ExposureSide> sides, int side, string name) =>
        sides[side].NamespaceOf(name) ?? sides.Select(other => other.NamespaceOf(name)).First(static ns => ns is not null)!;

    /// <summary>What the rules of a workload ask of the pods at the other end, and what policies ask of those that they select among them.</summary>
    /// <param name="workload">Of the cluster.</param>
    /// <param name="direction">Ingress for who may reach it.</param>
    public IEnumerable<LabelPredicate> ConditionsOn(ExposedWorkload workload, PolicyDirection direction)
    {
        // Thousands of rules ask for the same.
        var rules = RulesOf(direction);
        var asked = new HashSet<int>();
        foreach (var number in rules.PeersIn(workload.Namespace, subject => Selects(rules.Selectors[subject], workload)))
        {
            if (!asked.Add(number))
                continue;
            if (rules.Peers[number] is not { } peer)
                yield return LabelPredicate.Always;
            else if (peer.IPBlock is null)
                yield return PeerOf(peer, workload.Namespace);
        }

        foreach (var policy in Stack.Policies)
        {
            foreach (var term in TieredTerms(policy, workload, direction))
            {
                foreach (var condition in TermConditions.In(term))
                {
                    yield return condition;
                    foreach (var ofService in BehindServices(condition))
                        yield return ofService;
                }
            }
        }
    }

    /// <summary>The rules of NetworkPolicies in a direction.</summary>
    public RuleTable RulesOf(PolicyDirection direction)
    {
        if (!_rules.TryGetValue(direction, out var rules))
            _rules.Add(direction, rules = new RuleTable(_policies, direction, TextOf));
        return rules;
    }

    /// <summary>Whether NetworkPolicies alone decide about a workload, and isolate each of its pods in a direction.</summary>
    public bool Isolates(ExposedWorkload workload, PolicyDirection direction) => MayBeTakenTogether(workload) && workload.Pods.All(pod =>
        RulesOf(direction).SubjectsIn(workload.Namespace).Any(subject => Matches(RulesOf(direction).Selectors[subject], pod.Labels)));

    /// <summary>Whether what is known of a workload is all that policies can see of it, and they are NetworkPolicies alone.</summary>
    public bool MayBeTakenTogether(ExposedWorkload workload) => Stack.Policies.Length == 0 && workload.Pods.Count < ExposedWorkload.MostPods
        && workload.Pods.All(static pod => !pod.IsHostNetwork);

    /// <summary>What the policies of a namespace do with its pods.</summary>
    /// <param name="ns">Of the pods to come.</param>
    /// <param name="own">The direction of these.</param>
    public PoliciesOfNamespace PoliciesOf(Namespace ns, PolicyDirection own)
    {
        if (!_ofNamespaces.TryGetValue((ns.Name, own), out var policies))
            _ofNamespaces.Add((ns.Name, own), policies = Read(ns, own));
        return policies;
    }

    /// <summary>
    /// Writes what the policies of a namespace do with traffic between its pods and a workload: equal texts mean that they do the same.
    /// </summary>
    /// <param name="to">Where to write.</param>
    /// <param name="ns">Of the pods to come.</param>
    /// <param name="workload">The other end.</param>
    /// <param name="own">The direction of the pods to come.</param>
    public void WritePolicies(StringBuilder to, Namespace ns, ExposedWorkload workload, PolicyDirection own)
    {
        var rules = RulesOf(own);
        to.Append(PoliciesOf(ns, own).Text);
        var known = new HashSet<(int, ulong, int)>();
        foreach (var rule in rules.Naming(ns.Name, peer => Naming(rules, peer, ns.Name, workload)))
        {
            if (known.Add(rule))
                to.Append(rule.Subject).Append('=').Append(rule.Named).Append(',').Append(rule.Ports).Append(';');
        }
    }

    private PoliciesOfNamespace Read(Namespace ns, PolicyDirection own)
    {
        var rules = RulesOf(own);
        LabelSelector[] subjects = [.. rules.SubjectsIn(ns.Name).Select(subject => rules.Selectors[subject])];

        // A policy that may select pods of the namespace is itself a part of what happens to them.
        var others = string.Concat(Enumerable.Range(0, Stack.Policies.Length)
            .Where(i => Stack.Policies[i].Rules(own) is not null && TermConditions.MaySelectIn(ns, Stack.Policies[i].Subjects))
            .Select(static i => $"#{i}"));
        return new PoliciesOfNamespace(
            [.. subjects.Select(static subject => LabelPredicate.Of(LabelOwner.Pod, subject))],
            string.Concat(subjects.Select(subject => $"{{{TextOf(subject)}}}")) + others,
            Stack.Policies.Length == 0 && Array.Exists(subjects, static subject => subject.SelectsEverything));
    }

    /// <summary>A selector so that two are equal exactly where their texts are.</summary>
    public string TextOf(LabelSelector selector)
    {
        if (!_texts.TryGetValue(selector, out var known))
            _texts.Add(selector, known = PredicateContent.TextOf(LabelPredicate.Of(LabelOwner.Pod, selector)));
        return known;
    }

    public bool Matches(LabelSelector selector, LabelSet labels)
    {
        if (!_matches.TryGetValue((selector, labels), out var matches))
            _matches.Add((selector, labels), matches = selector.Matches(labels));
        return matches;
    }

    /// <summary>
    /// Where a policy means pods one by one, it means those behind a Service; a pod to come is among these where the Service's selector selects it.
    /// </summary>
    private IEnumerable<LabelPredicate> BehindServices(LabelPredicate condition)
    {
        if (!PredicateContent.NamesObjects(condition))
            return [];
        return Snapshot.Services.Where(static service => service.Selector is not null).Select(static service => LabelPredicate.Both(
            LabelPredicate.Of(LabelOwner.Pod, service.Selector!), new LabelPredicate.InNamespace(service.Metadata.Namespace!)));
    }

    private IEnumerable<EndpointTerm> TieredTerms(TieredPolicy policy, ExposedWorkload workload, PolicyDirection direction)
    {
        var other = direction == PolicyDirection.Ingress ? PolicyDirection.Egress : PolicyDirection.Ingress;
        if (policy.Rules(direction) is { } received && MayMean(policy.Subjects, workload))
        {
            foreach (var peer in received.Rules.SelectMany(static rule => rule.Peers))
                yield return peer.Term;
        }

        if (policy.Rules(other) is not { } sent)
            yield break;
        TrafficRule[] about = [.. sent.Rules.Where(rule => rule.Peers.Any(peer => MayMean(peer.Term, workload)))];
        if (about.Length == 0 && sent.Unmatched != Unmatched.Deny)
            yield break;
        yield return policy.Subjects;
        foreach (var only in about.Select(static rule => rule.Only).OfType<EndpointTerm>())
            yield return only;
    }

    private bool MayMean(EndpointTerm term, ExposedWorkload workload) =>
        workload.Pods.Any(pod => TermConditions.Means(term, pod, _namespaces[workload.Namespace]) != false);

    private static LabelPredicate PeerOf(NetworkPolicyPeer peer, string ns) => LabelPredicate.Both(
        peer.PodSelector is null ? LabelPredicate.Always : LabelPredicate.Of(LabelOwner.Pod, peer.PodSelector),
        peer.NamespaceSelector is null ? new LabelPredicate.InNamespace(ns) : LabelPredicate.Of(LabelOwner.Namespace, peer.NamespaceSelector));

    /// <summary>The pods of a workload that a peer in a rule of a namespace names, by their positions, as bits.</summary>
    private ulong Naming(RuleTable rules, int peer, string ns, ExposedWorkload workload)
    {
        var named = 0UL;
        for (var pod = 0; pod < workload.Pods.Count; pod++)
        {
            if (Names(rules, peer, ns, workload.Pods[pod]))
                named |= 1UL << pod;
        }

        return named;
    }

    private bool Names(RuleTable rules, int number, string ns, Endpoint pod)
    {
        if (rules.Peers[number] is not { } peer)
            return true;
        if (peer.IPBlock is not null)
            return rules.Blocks[number] is { } range && pod.Addresses.Any(range.Contains);
        if (peer.NamespaceSelector is null ? ns != pod.Namespace : !Matches(peer.NamespaceSelector, _namespaces[pod.Namespace].Metadata.Labels))
            return false;
        return peer.PodSelector is null || Matches(peer.PodSelector, pod.Labels);
    }

    private bool Selects(LabelSelector selector, ExposedWorkload workload)
    {
        for (var pod = 0; pod < workload.Pods.Count; pod++)
        {
            if (Matches(selector, workload.Pods[pod].Labels))
                return true;
        }

        return false;
    }

    private sealed class SelectorAndLabels : IEqualityComparer<(LabelSelector, LabelSet)>
    {
        public static readonly SelectorAndLabels Instance = new();

        public bool Equals((LabelSelector, LabelSet) x, (LabelSelector, LabelSet) y) => ReferenceEquals(x.Item1, y.Item1) && ReferenceEquals(x.Item2, y.Item2);

        public int GetHashCode((LabelSelector, LabelSet) key) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(key.Item1), RuntimeHelpers.GetHashCode(key.Item2));
    }
}
