using System.Collections.Concurrent;
using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Dialects.Cilium;

/// <summary>
/// Selectors of Cilium as terms of the model. They go by the labels of identities: those of a pod with what Cilium adds to them, and one or two reserved ones
/// for everything else (cilium/cilium: pkg/k8s/apis/cilium.io/utils/utils.go). Thread safe.
/// </summary>
internal sealed class CiliumSelectors(CiliumSettings settings)
{
    private readonly ImmutableArray<(EndpointTerm Term, ImmutableArray<string> Labels)> _peers = CiliumTerms.PeersWith(settings.ApiServers);

    // Policies have few keys, and each is put to twenty patterns.
    private readonly ConcurrentDictionary<string, bool> _keeps = new();
    private readonly ConcurrentDictionary<string, bool> _keepsOfNamespace = new();
    private readonly ConcurrentDictionary<string, CiliumKey> _keys = new();

    // The reading gives one object for selectors of the same text. Those that name the namespace mean the same in policies of any, and most others ask for
    // labels of pods alone.
    private readonly ConcurrentDictionary<LabelSelector, EndpointTerm> _ofAnyNamespace = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<LabelSelector, LabelPredicate?> _ofPodsAlone = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<LabelSelector, IReadOnlyList<string>> _keysLeftOut = new(ReferenceEqualityComparer.Instance);

    /// <summary>The endpoints that a rule is about.</summary>
    /// <param name="rule">With an endpoint selector or a node selector.</param>
    /// <param name="ns">Of the policy; null for one of the whole cluster.</param>
    public EndpointTerm Subjects(CiliumRule rule, string? ns)
    {
        if (rule.NodeSelector is { } nodes)
            return new EndpointTerm.Nodes(OfNodes(nodes));
        if (ns is not null && OfPodsAlone(rule.EndpointSelector!) is { } which)
            return InNamespace(which, ns);
        var requirements = RequirementsOf(rule.EndpointSelector!);
        if (ns is not null)
        {
            requirements.RemoveAll(static requirement => requirement.IsLabel && requirement.Key == new CiliumKey(CiliumKey.Kubernetes, CiliumKey.Namespace));
            requirements.Add(Requirement.Namespace(ns));
        }

        var pods = new EndpointTerm.Pods(OfPods(requirements));

        // Nodes are for policies with a node selector alone.
        return WithEntities(pods, requirements, CiliumTerms.Endpoints);
    }

    /// <summary>The peers that a selector means.</summary>
    /// <param name="selector">An item of <c>fromEndpoints</c> or <c>toEndpoints</c>.</param>
    /// <param name="ns">Of the policy; null for one of the whole cluster.</param>
    /// <param name="isOfInit">Whether the subjects are endpoints that are starting, which are in no namespace yet.</param>
    public EndpointTerm Peers(LabelSelector selector, string? ns, bool isOfInit)
    {
        if (ns is not null && _ofAnyNamespace.TryGetValue(selector, out var known))
            return known;
        if (ns is not null && OfPodsAlone(selector) is { } which)
            return InNamespace(which, ns);
        var requirements = RequirementsOf(selector);
        if (!requirements.Exists(static requirement => requirement.Key.IsReserved))
        {
            if (ns is null && !isOfInit && !Names(requirements, static key => key.Name == CiliumKey.Namespace))
                requirements.Add(Requirement.AnyNamespace);
            if (settings.MeansOwnCluster && !Names(requirements, static key => key.Name == CiliumKey.ClusterName))
            {
                requirements.Add(new Requirement(
                    new CiliumKey(CiliumKey.Kubernetes, CiliumKey.ClusterName), LabelSelectorRequirement.In, [settings.ClusterName]));
            }
        }

        var term = WithEntities(new EndpointTerm.Pods(OfPods(requirements)), requirements, _peers);
        return ns is null ? term : _ofAnyNamespace.GetOrAdd(selector, term);
    }

    /// <summary>A condition on nodes.</summary>
    public static LabelPredicate OfNodes(LabelSelector selector) =>
        LabelPredicate.Of(LabelOwner.Node, CiliumKey.WithoutSources(selector));

    /// <summary>A selector of a NetworkPolicy's pods, which Cilium reads with the labels of identities too.</summary>
    public LabelPredicate OfPods(LabelSelector selector) => OfPods(RequirementsOf(selector));

    /// <summary>Whether Cilium reads a selector of pods otherwise than Kubernetes, by labels that pods do not have, or without labels that they have.</summary>
    public bool IsOther(LabelSelector selector) => selector.HasKey(key => !Keeps(key));

    /// <summary>A condition on labels of pods and namespaces as one on the labels of identities.</summary>
    public LabelPredicate AsIdentity(LabelPredicate predicate) => predicate switch
    {
        LabelPredicate.AllOf all => all.Parts.Aggregate(LabelPredicate.Always, (parts, part) => LabelPredicate.Both(parts, AsIdentity(part))),
        LabelPredicate.AnyOf any => new LabelPredicate.AnyOf([.. any.Parts.Select(AsIdentity)]),
        LabelPredicate.Not not => Not(AsIdentity(not.Part)),
        LabelPredicate.Label { Owner: LabelOwner.Pod } label => Positive(new Requirement(
            new CiliumKey("", label.Key), label.Test == LabelTest.In ? LabelSelectorRequirement.In : LabelSelectorRequirement.Exists, label.Values)),
        _ => predicate,
    };

    /// <summary>The keys that no identity has, by which a selector goes nevertheless.</summary>
    public IReadOnlyList<string> KeysLeftOut(LabelSelector selector) =>
        _keysLeftOut.TryGetValue(selector, out var known) ? known : _keysLeftOut.GetOrAdd(selector, FindKeysLeftOut(selector) ?? (IReadOnlyList<string>)[]);

    private List<string>? FindKeysLeftOut(LabelSelector selector)
    {
        List<string>? leftOut = null;
        for (var i = 0; i < selector.MatchLabels.Count; i++)
            Look(selector.MatchLabels[i].Key);
        for (var i = 0; i < selector.MatchExpressions.Count; i++)
            Look(selector.MatchExpressions[i].Key);
        return leftOut;

        void Look(string key)
        {
            var parsed = Parse(key);
            if (parsed.IsOfKubernetes && !IsOwnKey(parsed.Name) && !Keeps(parsed.Name))
                (leftOut ??= []).Add(key);
        }
    }

    /// <summary>What is in a namespace is a pod.</summary>
    private static EndpointTerm.Pods InNamespace(LabelPredicate which, string ns) => new(LabelPredicate.Both(which, new LabelPredicate.InNamespace(ns)));

    /// <summary>The condition of a selector that asks for nothing but labels of the pod; null for any other.</summary>
    private LabelPredicate? OfPodsAlone(LabelSelector selector)
    {
        if (_ofPodsAlone.TryGetValue(selector, out var known))
            return known;
        var isOther = selector.HasKey(key => Parse(key) is var parsed
            && (parsed.IsReserved || (parsed.IsOfKubernetes && (parsed.Name == CiliumKey.Namespace || parsed.IsOfNamespace))));
        return _ofPodsAlone.GetOrAdd(selector, isOther ? null : OfPods(RequirementsOf(selector)));
    }

    private CiliumKey Parse(string key) => _keys.GetOrAdd(key, CiliumKey.Parse);

    private bool Keeps(string key) => _keeps.GetOrAdd(key, static (asked, settings) => settings.Keeps(asked), settings);

    private bool KeepsOfNamespace(string key) => _keepsOfNamespace.GetOrAdd(key, static (asked, settings) => settings.KeepsOfNamespace(asked), settings);

    private static bool IsOwnKey(string name) => name is CiliumKey.Namespace or CiliumKey.ClusterName or CiliumKey.ServiceAccount
        || name.StartsWith(CiliumKey.NamespaceLabels, StringComparison.Ordinal);

    private static bool Names(List<Requirement> requirements, Func<CiliumKey, bool> isKey)
    {
        foreach (var requirement in requirements)
        {
            if (requirement.Key.IsOfKubernetes && isKey(requirement.Key))
                return true;
        }

        return false;
    }

    private static EndpointTerm WithEntities(
        EndpointTerm.Pods pods, List<Requirement> requirements, ImmutableArray<(EndpointTerm Term, ImmutableArray<string> Labels)> entities)
    {
        List<EndpointTerm>? all = null;
        foreach (var (term, labels) in entities)
        {
            if (Hold(requirements, labels))
                (all ??= [pods]).Add(term);
        }

        return all is null ? pods : new EndpointTerm.AnyOf([.. all]);
    }

    private static bool Hold(List<Requirement> requirements, ImmutableArray<string> reserved)
    {
        foreach (var requirement in requirements)
        {
            if (!requirement.Holds(reserved))
                return false;
        }

        return true;
    }

    private List<Requirement> RequirementsOf(LabelSelector selector)
    {
        // Those for the namespace and the cluster are added.
        var requirements = new List<Requirement>(selector.MatchLabels.Count + selector.MatchExpressions.Count + 2);
        for (var i = 0; i < selector.MatchLabels.Count; i++)
        {
            var (key, value) = selector.MatchLabels[i];
            requirements.Add(new Requirement(Parse(key), LabelSelectorRequirement.In, [value], IsLabel: true));
        }

        for (var i = 0; i < selector.MatchExpressions.Count; i++)
        {
            var expression = selector.MatchExpressions[i];
            requirements.Add(new Requirement(Parse(expression.Key), expression.Operator, [.. expression.Values]));
        }

        return requirements;
    }

    private LabelPredicate OfPods(List<Requirement> requirements)
    {
        var all = LabelPredicate.Always;
        foreach (var requirement in requirements)
            all = LabelPredicate.Both(all, OfPod(requirement));
        return all;
    }

    private LabelPredicate OfPod(Requirement requirement) => requirement.Operator switch
    {
        LabelSelectorRequirement.In or LabelSelectorRequirement.Exists => Positive(requirement),
        _ => Not(Positive(requirement)),
    };

    private static LabelPredicate Not(LabelPredicate part) => part switch
    {
        LabelPredicate.AllOf { Parts.Length: 0 } => LabelPredicate.Never,
        LabelPredicate.AnyOf { Parts.Length: 0 } => LabelPredicate.Always,
        _ => new LabelPredicate.Not(part),
    };

    private LabelPredicate Positive(Requirement requirement)
    {
        var (key, values) = (requirement.Key, requirement.Values);
        var asksForValues = requirement.Operator is LabelSelectorRequirement.In or LabelSelectorRequirement.NotIn;
        if (!key.IsOfKubernetes)
            return LabelPredicate.Never;
        switch (key.Name)
        {
            case CiliumKey.Namespace:
                return !asksForValues ? LabelPredicate.Always
                    : values.Length == 1 ? new LabelPredicate.InNamespace(values[0])
                    : new LabelPredicate.AnyOf([.. values.Select(static value => new LabelPredicate.InNamespace(value))]);
            case CiliumKey.ClusterName:
                return !asksForValues || values.Contains(settings.ClusterName) ? LabelPredicate.Always : LabelPredicate.Never;
            case CiliumKey.ServiceAccount:
                return asksForValues ? new LabelPredicate.HasServiceAccount(values) : LabelPredicate.Always;
        }

        if (key.IsOfNamespace)
        {
            var name = key.Name[CiliumKey.NamespaceLabels.Length..];
            return KeepsOfNamespace(name) ? Label(LabelOwner.Namespace, name) : LabelPredicate.Never;
        }

        return Keeps(key.Name) ? Label(LabelOwner.Pod, key.Name) : LabelPredicate.Never;

        LabelPredicate.Label Label(LabelOwner owner, string name) =>
            asksForValues ? new LabelPredicate.Label(owner, name, LabelTest.In, values) : new LabelPredicate.Label(owner, name, LabelTest.Exists, []);
    }

    /// <param name="IsLabel">Whether it is of <c>matchLabels</c>.</param>
    private readonly record struct Requirement(CiliumKey Key, string Operator, ImmutableArray<string> Values, bool IsLabel = false)
    {
        /// <summary>That it is in a namespace.</summary>
        public static readonly Requirement AnyNamespace = new(new CiliumKey(CiliumKey.Kubernetes, CiliumKey.Namespace), LabelSelectorRequirement.Exists, []);

        public static Requirement Namespace(string ns) =>
            new(new CiliumKey(CiliumKey.Kubernetes, CiliumKey.Namespace), LabelSelectorRequirement.In, [ns]);

        /// <summary>Whether it holds for what has these reserved labels alone; they have no values.</summary>
        public bool Holds(ImmutableArray<string> reserved)
        {
            var isThere = Key.Source is "" or "any" or CiliumKey.Reserved && reserved.Contains(Key.Name);
            return Operator switch
            {
                LabelSelectorRequirement.In => isThere && Values.Contains(""),
                LabelSelectorRequirement.NotIn => !isThere || !Values.Contains(""),
                LabelSelectorRequirement.Exists => isThere,
                _ => !isThere,
            };
        }
    }
}
