using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>Finds the endpoints that terms of policies stand for. Thread safe.</summary>
internal sealed class TermResolver
{
    private readonly EndpointTable _endpoints;
    private readonly bool _ipBlocksMatchPods;
    private readonly bool _ipBlocksMatchNodes;
    private readonly IndexSet _ofUnknownNamespaces;
    private readonly LabelIndex _podLabels;
    private readonly LabelIndex _namespaceLabels;
    private readonly IndexSet _selectable;
    private readonly IndexSet _unknownPod;
    private readonly IndexSet _outsideByName;
    private readonly Lazy<PodAddresses> _podAddresses;
    private readonly Lazy<IndexSet> _withoutAddress;
    private readonly Lazy<NodeEndpoints> _nodes;
    private readonly Lazy<PodsOfServiceAccounts> _accounts;
    private readonly IndexSetPool _pool = new();
    private readonly ConcurrentDictionary<EndpointTerm, StrongBox<EndpointMatch>> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Thousands of policies have the same selectors.</summary>
    private readonly ConcurrentDictionary<LabelPredicate, StrongBox<EndpointMatch>> _knownPods = new(LabelPredicateComparer.Instance);

    /// <param name="snapshot">The cluster.</param>
    /// <param name="endpoints">Of it.</param>
    /// <param name="peers">Has looked at the labels already.</param>
    /// <param name="options">What <see cref="PodMatch.AsOption"/> means, and which labels are not known.</param>
    public TermResolver(ClusterSnapshot snapshot, EndpointTable endpoints, PeerResolver peers, ReachabilityOptions options)
    {
        _endpoints = endpoints;
        _ipBlocksMatchPods = options.IPBlockMatchesPods;
        _ipBlocksMatchNodes = options.IPBlockMatchesNodes;
        _ofUnknownNamespaces =
            IndexSet.UnionOf([.. options.NamespacesOfUnknownLabels.Order(StringComparer.Ordinal).Select(ns => Range(endpoints.InNamespace(ns)))]);
        (_podLabels, _namespaceLabels) = (peers.PodLabels, peers.NamespaceLabels);
        _selectable = IndexSet.Range(0, endpoints.SelectableCount);
        _unknownPod = IndexSet.Range(endpoints.UnknownPod, endpoints.UnknownPod + 1);
        _outsideByName = SetOf(endpoints.IndexesOfNamed(static end => end.IsOutside));
        Everyone = peers.Everyone.Certain;
        _podAddresses = new Lazy<PodAddresses>(() => new PodAddresses(endpoints));
        _withoutAddress = new Lazy<IndexSet>(() => Where(0, endpoints.PodCount, pod => endpoints[pod].Addresses.Count == 0));
        _nodes = new Lazy<NodeEndpoints>(() => new NodeEndpoints(snapshot, endpoints));
        _accounts = new Lazy<PodsOfServiceAccounts>(() => new PodsOfServiceAccounts(snapshot, endpoints));
    }

    public IndexSet Everyone { get; }

    public EndpointMatch Resolve(EndpointTerm term)
    {
        // What is about one namespace seldom comes twice, and costs little.
        if (term is EndpointTerm.Pods pods && InOneNamespace(pods.Which) is { } few)
            return new EndpointMatch(few);
        if (_known.TryGetValue(term, out var known))
            return known.Value;
        var found = Find(term);
        found = found.IsExact ? new EndpointMatch(_pool.Get(found.Must)) : new EndpointMatch(_pool.Get(found.Must), _pool.Get(found.May));
        return _known.GetOrAdd(term, new StrongBox<EndpointMatch>(found)).Value;
    }

    /// <summary>The same for a subject on a node.</summary>
    /// <param name="term">The endpoints.</param>
    /// <param name="node">As <see cref="NodeOf"/> numbers it.</param>
    public EndpointMatch Resolve(EndpointTerm term, int node) => !TermContent.GoesByOwnNode(term) ? Resolve(term) : term switch
    {
        EndpointTerm.Nodes nodes => _nodes.Value.Find(nodes.Which, nodes.Scope, node),
        EndpointTerm.AllOf all => all.Parts.Select(part => Resolve(part, node)).Aggregate(new EndpointMatch(Everyone), static (a, b) => a.Intersect(b)),
        EndpointTerm.AnyOf any => EndpointMatch.UnionOf(any.Parts.Select(part => Resolve(part, node))),
        EndpointTerm.Not not => Resolve(not.Part, node).Not(Everyone),
        _ => Resolve(term),
    };

    /// <summary>What two sets have in common, equal sets as one object.</summary>
    public IndexSet Both(IndexSet a, IndexSet b) => _pool.Both(a, b);

    /// <inheritdoc cref="NodeEndpoints.NodeOf"/>
    public int NodeOf(int endpoint) => _nodes.Value.NodeOf(endpoint);

    /// <summary>Sets whose members are treated differently by terms that mean other nodes for subjects on other nodes.</summary>
    public IEnumerable<IndexSet> NodeSplitters() => _nodes.Value.Each.Concat(_nodes.Value.PodsOfEach());

    private EndpointMatch Find(EndpointTerm term) => term switch
    {
        EndpointTerm.Pods pods => Pods(pods.Which),
        EndpointTerm.Nodes { Scope: NodeScope.Any } nodes => _nodes.Value.Find(nodes.Which),

        // Which node is a pod's own differs from pod to pod.
        EndpointTerm.Nodes nodes => _nodes.Value.Find(nodes.Which, nodes.Scope, NodeEndpoints.Unknown),
        EndpointTerm.Addresses addresses => Addresses(addresses),
        EndpointTerm.OfFamily family => OfFamily(family.Family),
        EndpointTerm.Named named => new EndpointMatch(SetOf(_endpoints.IndexesOfNamed(end => end.IsMeantByRule(named.Name)))),
        EndpointTerm.AllOf all => all.Parts.Select(Resolve).Aggregate(new EndpointMatch(Everyone), static (a, b) => a.Intersect(b)),
        EndpointTerm.AnyOf any => EndpointMatch.UnionOf(any.Parts.Select(Resolve)),
        EndpointTerm.Not not => Resolve(not.Part).Not(Everyone),
        // What is known by a name is none of the addresses that nobody knows.
        EndpointTerm.SomeOf some => new EndpointMatch(IndexSet.Empty, Resolve(some.Within).May.Slice(0, _endpoints.UnknownPod + 1)),
        _ => throw new ArgumentException($"{term.GetType()} is not known.", nameof(term)),
    };

    private EndpointMatch Pods(LabelPredicate which)
    {
        // What is about one namespace seldom comes twice, and costs little.
        if (which is LabelPredicate.AllOf all && all.Parts.Any(static part => part is LabelPredicate.InNamespace))
            return Find();
        return (_knownPods.TryGetValue(which, out var known) ? known : _knownPods.GetOrAdd(which, new StrongBox<EndpointMatch>(Find()))).Value;

        EndpointMatch Find() => Among(Select(which), HoldsForUnknown(which), _unknownPod);
    }

    /// <summary>
    /// The pods of a namespace with these labels, looked up word by word; null for another condition, or a namespace that is large or not there. Of a pod of
    /// which nothing is known it does not hold.
    /// </summary>
    private IndexSet? InOneNamespace(LabelPredicate which)
    {
        var ns = which as LabelPredicate.InNamespace;
        foreach (var part in which is LabelPredicate.AllOf all ? all.Parts : [])
            ns ??= part as LabelPredicate.InNamespace;
        if (ns is null || _endpoints.FindNamespace(ns.Name) is not { } number || !NamespaceWords.GoesByLabels(which, ns))
            return null;
        var (start, end) = _endpoints.InNamespace(number);
        return IndexSetPool.IsFew(start, end) ? _pool.Get(start, end, new NamespaceWords(_podLabels, which)) : null;
    }

    /// <summary>Adds some endpoints that match, that do not (false), or of which it cannot be told (null).</summary>
    private static EndpointMatch Among(EndpointMatch found, bool? holds, IndexSet those) => holds switch
    {
        true => found.Union(new EndpointMatch(those)),
        null => found.Union(new EndpointMatch(IndexSet.Empty, those)),
        false => found,
    };

    /// <summary>Of selectable pods.</summary>
    private EndpointMatch Select(LabelPredicate predicate) => Select(predicate, 0, _endpoints.SelectableCount);

    /// <summary>Of the selectable pods from <paramref name="start"/> up to, but not including, <paramref name="end"/>: all, or a namespace's.</summary>
    private EndpointMatch Select(LabelPredicate predicate, int start, int end) => predicate switch
    {
        LabelPredicate.AllOf all => SelectAll(all, start, end),
        LabelPredicate.AnyOf any => EndpointMatch.UnionOf(any.Parts.Select(part => Select(part, start, end))),
        LabelPredicate.Not not => Select(not.Part, start, end).Not(Selectable(start, end)),
        LabelPredicate.Label { Owner: LabelOwner.Pod } label => new EndpointMatch(_podLabels.Select(label, start, end)),
        _ when start > 0 || end < _endpoints.SelectableCount => Select(predicate).Intersect(Selectable(start, end)),
        LabelPredicate.InNamespace ns => new EndpointMatch(InNamespace(ns.Name)),
        LabelPredicate.Label { Owner: LabelOwner.Namespace } label => OfNamespaces(label),
        LabelPredicate.Label { Owner: LabelOwner.ServiceAccount } label => _accounts.Value.Select(label),
        LabelPredicate.HasServiceAccount accounts => new EndpointMatch(_accounts.Value.Select(accounts)),
        LabelPredicate.IsOneOf objects => new EndpointMatch(Where(0, _endpoints.SelectableCount, pod => objects.Objects.Contains(_endpoints[pod].Reference))),
        _ => throw new ArgumentException($"{predicate} is no condition on a pod.", nameof(predicate)),
    };

    private IndexSet Selectable(int start, int end) =>
        start == 0 && end == _endpoints.SelectableCount ? _selectable : IndexSet.Range(start, end);

    /// <summary>Within one namespace, no more than its pods are looked at.</summary>
    private EndpointMatch SelectAll(LabelPredicate.AllOf all, int start, int end)
    {
        var ns = all.Parts.OfType<LabelPredicate.InNamespace>().FirstOrDefault(ns => _endpoints.FindNamespace(ns.Name) is not null);
        if (ns is not null)
        {
            var (first, last) = _endpoints.InNamespace(ns.Name);
            (start, end) = (Math.Max(start, first), Math.Min(end, last));
        }

        if (start >= end)
            return EndpointMatch.Nobody;
        var found = new EndpointMatch(Selectable(start, end));
        foreach (var part in all.Parts)
        {
            if (!ReferenceEquals(part, ns))
                found = found.Intersect(Select(part, start, end));
        }

        return found;
    }

    /// <summary>Whether a condition holds for a pod of which nothing is known.</summary>
    private static bool? HoldsForUnknown(LabelPredicate predicate) => predicate switch
    {
        LabelPredicate.AllOf all => all.Parts.Aggregate((bool?)true, static (holds, part) => holds & HoldsForUnknown(part)),
        LabelPredicate.AnyOf any => any.Parts.Aggregate((bool?)false, static (holds, part) => holds | HoldsForUnknown(part)),
        LabelPredicate.Not not => !HoldsForUnknown(not.Part),

        // A namespace that a policy names has its pods in the input, and this one is not among them.
        LabelPredicate.InNamespace => false,
        _ => null,
    };

    /// <summary>The label that every namespace has by its name is known for all of them.</summary>
    private EndpointMatch OfNamespaces(LabelPredicate.Label label)
    {
        var found = OfNamespaces(_namespaceLabels.Select(label));
        return _ofUnknownNamespaces.IsEmpty || label.Key == Namespace.NameLabel
            ? new EndpointMatch(found)
            : new EndpointMatch(found.Except(_ofUnknownNamespaces), found.Union(_ofUnknownNamespaces));
    }

    /// <summary>Namespaces to come are known by the label of their name alone.</summary>
    private IndexSet InNamespace(string name) => _endpoints.FindNamespace(name) is { } number
        ? Range(_endpoints.InNamespace(number))
        : OfNamespaces(_namespaceLabels.WithValue(Namespace.NameLabel, name));

    private IndexSet OfNamespaces(IndexSet namespaces)
    {
        // Namespaces are in the order of their pods.
        var found = new IndexSet.Builder();
        foreach (var ns in namespaces)
        {
            var (start, end) = _endpoints.InNamespace(ns);
            found.AddRange(start, end);
        }

        return found.Build();
    }

    private EndpointMatch Addresses(EndpointTerm.Addresses term)
    {
        var ofNodes = term.OfNodes && (term.OfPods != PodMatch.AsOption || _ipBlocksMatchNodes);
        var ranges = term.In.Select(Ranges).Aggregate(IndexSet.Empty, static (a, b) => a.Union(b));
        ranges = term.Except.Select(Ranges).Aggregate(ranges, static (a, b) => a.Except(b));
        var meansPods = term.OfPods == PodMatch.Yes || (term.OfPods == PodMatch.AsOption && _ipBlocksMatchPods);
        var pods = new SortedSet<int>();
        foreach (var (address, pod) in term.In.SelectMany(_podAddresses.Value.In))
        {
            if ((pod < _endpoints.SelectableCount ? meansPods : ofNodes) && !term.Except.Any(except => except.Contains(address)))
                pods.Add(pod);
        }

        var found = new EndpointMatch(SetOf(pods).Union(ofNodes ? ranges : ranges.Except(_nodes.Value.Addresses)));

        // A pod whose address is not known has some IPv4 address, and so has what a name in DNS stands for.
        var ipv4 = Ranges(AddressRange.AllIPv4);
        bool? holds = ipv4.Except(ranges).IsEmpty ? true : ipv4.Overlaps(ranges) ? null : false;
        found = Among(found, holds, _outsideByName);
        if (term.OfPods == PodMatch.AsOption)
            return found;
        var pod4 = meansPods ? _withoutAddress.Value.Slice(0, _endpoints.SelectableCount).Union(_unknownPod) : IndexSet.Empty;
        var host4 = ofNodes ? _withoutAddress.Value.Slice(_endpoints.SelectableCount, _endpoints.PodCount) : IndexSet.Empty;
        return Among(found, holds, pod4.Union(host4));
    }

    private EndpointMatch OfFamily(AddressFamilyKind family)
    {
        var other = family == AddressFamilyKind.IPv4 ? AddressFamilyKind.IPv6 : AddressFamilyKind.IPv4;
        var speaking = Where(0, _endpoints.PodCount, pod => Speaks(pod, family))
            .Union(Ranges(family == AddressFamilyKind.IPv4 ? AddressRange.AllIPv4 : AddressRange.AllIPv6))
            .Union(family == AddressFamilyKind.IPv4 ? _unknownPod.Union(_outsideByName) : IndexSet.Empty);
        return new EndpointMatch(speaking.Except(Where(0, _endpoints.PodCount, pod => Speaks(pod, other))), speaking);
    }

    private bool Speaks(int pod, AddressFamilyKind family)
    {
        var addresses = _endpoints[pod].Addresses;
        return addresses.Count == 0 ? family == AddressFamilyKind.IPv4 : addresses.Any(address => address.Family == family);
    }

    private IndexSet Ranges(AddressRange block)
    {
        var (start, end) = _endpoints.Addresses.IndexesOf(block);
        return IndexSet.Range(_endpoints.PodCount + start, _endpoints.PodCount + end);
    }

    private static IndexSet Range((int Start, int End) bounds) => IndexSet.Range(bounds.Start, bounds.End);

    private static IndexSet Where(int start, int end, Func<int, bool> holds) => SetOf(Enumerable.Range(start, end - start).Where(holds));

    private static IndexSet SetOf(IEnumerable<int> ascending)
    {
        var builder = new IndexSet.Builder();
        foreach (var member in ascending)
            builder.Add(member);
        return builder.Build();
    }
}
