using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>
/// The answer to "who can talk to whom, on which ports" for one snapshot, kept as sets over classes of endpoints. Immutable; questions may come
/// from several threads.
/// </summary>
/// <remarks>
/// Endpoints go by the numbers of <see cref="Endpoints"/>. A connection needs the source's egress and the destination's ingress to allow it, on
/// the same port; an endpoint that no policy isolates in a direction allows everything in it. That a pod reaches itself, and a node the pods it runs, is
/// not in the rule sets: see <see cref="AreOnOneNode"/>.
/// </remarks>
public sealed class ReachabilityMap
{
    private readonly Lazy<DestinationIndex> _destinationIndex;
    private readonly Lazy<WhoReachesIndex> _whoReaches;
    private readonly Lazy<WhoReachesIndex> _whomReached;
    private readonly Lazy<EndpointNames> _names;
    private readonly Lazy<PeerResolver> _peers;
    private readonly Lazy<NamedPortIndex> _namedPorts;
    private readonly Lazy<NodeDirectory> _nodes;
    private readonly Lazy<OccupiedRanges> _occupied;
    private readonly Lazy<PodAddresses> _podAddresses;
    private readonly Lazy<bool> _nodesHavePolicies;
    private readonly Lazy<NamespaceDoubts?> _namespaceDoubts;
    private readonly Lazy<NamedPortDoubts?> _namedPortDoubts;
    private readonly Lazy<Dictionary<NetAddress, Service>> _serviceAddresses;

    internal ReachabilityMap(
        ClusterSnapshot snapshot,
        ReachabilityOptions options,
        EndpointTable endpoints,
        EndpointClasses classes,
        PolicyStack stack,
        TrafficScope traffic,
        DirectionRules ingress,
        DirectionRules egress,
        ReachabilityMap? atMost,
        ReachabilityMap? like = null)
    {
        IsRecompiled = like is not null;
        PeersOfCompiler = like?.PeersOfCompiler;
        Snapshot = snapshot;
        Options = options;
        Endpoints = endpoints;
        Classes = classes;
        Stack = stack;
        Traffic = traffic;
        Ingress = ingress;
        Egress = egress;
        AtMost = atMost;
        DependsOnIPBlock = ingress.DependsOnIPBlock || egress.DependsOnIPBlock;
        _destinationIndex = new Lazy<DestinationIndex>(() => new DestinationIndex(this));
        _whoReaches = new Lazy<WhoReachesIndex>(() => new WhoReachesIndex(this, PolicyDirection.Ingress));
        _whomReached = new Lazy<WhoReachesIndex>(() => new WhoReachesIndex(this, PolicyDirection.Egress));
        _names = like?._names ?? new Lazy<EndpointNames>(() => new EndpointNames(endpoints));
        _peers = like?._peers ?? new Lazy<PeerResolver>(() => new PeerResolver(snapshot, endpoints, options.IPBlockMatchesNodes));
        _namedPorts = like?._namedPorts ?? new Lazy<NamedPortIndex>(() => new NamedPortIndex(endpoints));
        _nodes = like?._nodes ?? new Lazy<NodeDirectory>(() => new NodeDirectory(snapshot, endpoints));
        _occupied = like?._occupied ?? new Lazy<OccupiedRanges>(() => new OccupiedRanges(endpoints, _nodes.Value));
        _nodesHavePolicies = new Lazy<bool>(() => !stack.Policies.IsEmpty && _nodes.Value.Addresses.Select(endpoints.IndexOfAddress)
            .Any(node => IngressOf(node) is not null || EgressOf(node) is not null));
        _podAddresses = like?._podAddresses ?? new Lazy<PodAddresses>(() => new PodAddresses(endpoints));
        _serviceAddresses = like?._serviceAddresses ?? new Lazy<Dictionary<NetAddress, Service>>(() => ServicesByAddress(snapshot));
        _namedPortDoubts = new Lazy<NamedPortDoubts?>(() => NamedPortDoubts.Find(snapshot, options));
        _namespaceDoubts = new Lazy<NamespaceDoubts?>(() => Reachability.NamespaceDoubts.Find(this));
    }

    /// <summary>What the map was made from.</summary>
    public ClusterSnapshot Snapshot { get; }

    public ReachabilityOptions Options { get; }

    public EndpointTable Endpoints { get; }

    public EndpointClasses Classes { get; }

    /// <summary>The policies beside NetworkPolicies.</summary>
    public PolicyStack Stack { get; }

    /// <summary>Whether answers are about ICMP and other protocols too, and what NetworkPolicies mean for these.</summary>
    internal TrafficScope Traffic { get; }

    /// <summary>
    /// What may be allowed, where the input does not decide everything: the same endpoints and classes, and rule sets that allow all that is not denied
    /// for sure. What it allows and this map does not is undetermined. Null where everything is decided.
    /// </summary>
    public ReachabilityMap? AtMost { get; }

    public IReadOnlyList<RuleSet> IngressRuleSets => Ingress.RuleSets;

    public IReadOnlyList<RuleSet> EgressRuleSets => Egress.RuleSets;

    /// <summary>Whether any answer depends on ipBlocks matching pods: <see cref="BetweenOtherwise"/> may differ from <see cref="Between"/>.</summary>
    public bool DependsOnIPBlock { get; }

    /// <summary>What policies let endpoints receive.</summary>
    internal DirectionRules Ingress { get; }

    /// <summary>What policies let endpoints send.</summary>
    internal DirectionRules Egress { get; }

    /// <summary>For questions about many destinations.</summary>
    internal DestinationIndex DestinationIndex => _destinationIndex.Value;

    /// <summary>For questions about all sources of a destination, or all destinations of a source.</summary>
    /// <param name="direction">Whose rules are those of the one asked about: ingress for its sources.</param>
    internal WhoReachesIndex WhoReaches(PolicyDirection direction) => (direction == PolicyDirection.Ingress ? _whoReaches : _whomReached).Value;

    /// <summary>Whether it was made of another one, with which it shares what is the same in both.</summary>
    internal bool IsRecompiled { get; }

    /// <summary>For questions that name their ends.</summary>
    internal EndpointNames Names => _names.Value;

    /// <summary>For questions about single rules.</summary>
    internal PeerResolver Peers => PeersOfCompiler ?? _peers.Value;

    /// <summary>What compiling looked up; null where it is not kept: few questions need it, and it is as large as the map.</summary>
    internal PeerResolver? PeersOfCompiler { private get; init; }

    internal NamedPortIndex NamedPorts => _namedPorts.Value;

    internal NodeDirectory Nodes => _nodes.Value;

    /// <summary>Services by the addresses that their clients dial.</summary>
    internal IReadOnlyDictionary<NetAddress, Service> ServiceAddresses => _serviceAddresses.Value;

    /// <summary>Ranges of addresses that are not outside the cluster.</summary>
    internal OccupiedRanges Occupied => _occupied.Value;

    /// <summary>The ranges of addresses, by their numbers as endpoints, that some rule names; all others are the same to these rules.</summary>
    internal IndexSet AddressesNamedBy(RuleSet rules)
    {
        var peers = new IndexSetAccumulator(Endpoints.Count);
        rules.AddPeers(peers);
        return peers.ToSet().Slice(Endpoints.PodCount, Endpoints.PodCount + Endpoints.Addresses.Ranges.Count);
    }

    /// <summary>Whether policies are about nodes themselves.</summary>
    internal bool NodesHavePolicies => _nodesHavePolicies.Value;

    /// <summary>The addresses that pods are known to have.</summary>
    internal PodAddresses PodAddresses => _podAddresses.Value;

    /// <summary>Null where no answer depends on labels of namespaces that the input does not hold.</summary>
    internal NamespaceDoubts? NamespaceDoubts => _namespaceDoubts.Value;

    /// <summary>Null where no answer depends on named ports towards ipBlocks.</summary>
    internal NamedPortDoubts? NamedPortDoubts => _namedPortDoubts.Value;

    private static Dictionary<NetAddress, Service> ServicesByAddress(ClusterSnapshot snapshot)
    {
        var services = new Dictionary<NetAddress, Service>();
        foreach (var service in snapshot.Services)
        {
            foreach (var address in service.ClusterIPs)
                services.TryAdd(address, service);
        }

        return services;
    }

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ReachabilityMap Compile(ClusterSnapshot snapshot, ReachabilityOptions? options = null, CancellationToken cancellation = default) =>
        Compile(snapshot, options ?? new ReachabilityOptions(), keepsPeers: false, cancellation);

    /// <inheritdoc cref="Compile(ClusterSnapshot, ReachabilityOptions, CancellationToken)"/>
    /// <param name="keepsPeers">Whether <see cref="Peers"/> will be asked about most rules, so that nothing of it is to be looked up twice.</param>
    internal static ReachabilityMap Compile(ClusterSnapshot snapshot, ReachabilityOptions options, bool keepsPeers, CancellationToken cancellation) =>
        PolicyCompiler.Compile(snapshot, options, keepsPeers, cancellation);

    /// <inheritdoc cref="Compile(ClusterSnapshot, ReachabilityOptions, CancellationToken)"/>
    /// <param name="like">That of a cluster of which most is the same, and then shared.</param>
    internal static ReachabilityMap Compile(
        ClusterSnapshot snapshot, ReachabilityOptions options, ReachabilityMap like, CancellationToken cancellation) =>
        PolicyRecompiler.TryCompile(like, snapshot, options, cancellation) ?? Compile(snapshot, options, keepsPeers: false, cancellation);

    /// <summary>What an endpoint's policies allow it to receive; null when none selects it.</summary>
    public RuleSet? IngressOf(int endpoint) => Ingress.OfClass(Classes.ClassOf(endpoint));

    /// <summary>What an endpoint's policies allow it to send; null as with <see cref="IngressOf"/>.</summary>
    public RuleSet? EgressOf(int endpoint) => Egress.OfClass(Classes.ClassOf(endpoint));

    /// <summary>Either of them.</summary>
    internal RuleSet? RulesOf(PolicyDirection direction, int endpoint) => direction == PolicyDirection.Ingress ? IngressOf(endpoint) : EgressOf(endpoint);

    /// <summary>The ports of <paramref name="destination"/> that policies let <paramref name="source"/> reach, as two different pods.</summary>
    public PortSet Between(int source, int destination)
    {
        var sent = EgressOf(source)?.PortsFor(Classes.ClassOf(destination)) ?? PortSet.All;
        if (sent.IsEmpty)
            return sent;
        return sent.Intersect(IngressOf(destination)?.PortsFor(Classes.ClassOf(source)) ?? PortSet.All);
    }

    /// <summary>The ports of which nothing in the input tells whether policies let <paramref name="source"/> reach them.</summary>
    public PortSet Undetermined(int source, int destination) => AtMost?.Between(source, destination).Except(Between(source, destination)) ?? PortSet.None;

    /// <summary>The same under the opposite ipBlock assumption.</summary>
    public PortSet BetweenOtherwise(int source, int destination)
    {
        var sent = EgressOf(source)?.PortsForOtherwise(Classes.ClassOf(destination)) ?? PortSet.All;
        return sent.Intersect(IngressOf(destination)?.PortsForOtherwise(Classes.ClassOf(source)) ?? PortSet.All);
    }

    /// <summary>
    /// How policies beside NetworkPolicies decide the traffic of a subject with a peer, rule by rule; null where none of them selects the subject.
    /// </summary>
    internal TierTrace? Trace(PolicyDirection direction, int subject, int peer)
    {
        var rules = direction == PolicyDirection.Ingress ? Ingress : Egress;
        var ofClass = Classes.ClassOf(subject);
        return rules.Tiers?.Trace(ofClass, peer, rules.OfClass(ofClass) is { } ruleSet ? ruleSet.Groups : []);
    }

    /// <summary>
    /// The policies beside NetworkPolicies that deny a pod to come, whatever its labels, the traffic that no rule allows; empty where it is not
    /// denied for sure.
    /// </summary>
    internal IReadOnlyList<string> DeniesToCome(PolicyDirection direction, Objects.Namespace ns) =>
        (direction == PolicyDirection.Ingress ? Ingress : Egress).Tiers?.ToCome.Denying(ns) ?? [];

    /// <summary>
    /// The policies above NetworkPolicies that allow a pod to come some traffic, or may, whatever NetworkPolicies say.
    /// </summary>
    internal IReadOnlyList<string> AllowsToCome(PolicyDirection direction, Objects.Namespace ns) =>
        (direction == PolicyDirection.Ingress ? Ingress : Egress).Tiers?.ToCome.Allowing(ns) ?? [];

    /// <inheritdoc cref="DirectionTiers.EffectsBefore"/>
    internal IReadOnlyList<TierEffect> EffectsBefore(PolicyDirection direction, int subject) =>
        (direction == PolicyDirection.Ingress ? Ingress : Egress).Tiers?.EffectsBefore(Classes.ClassOf(subject)) ?? [];

    /// <inheritdoc cref="DirectionTiers.Walk"/>
    internal IEnumerable<(int Subject, T Seen)> Walk<T>(PolicyDirection direction, Func<int, T> make)
        where T : ITierObserver => (direction == PolicyDirection.Ingress ? Ingress : Egress).Tiers?.Walk(make) ?? [];

    /// <inheritdoc cref="DirectionTiers.DenyingBefore"/>
    internal IEnumerable<TieredPolicy> DenyingBefore(PolicyDirection direction, int subject, IndexSet peers, PortSet ports) =>
        (direction == PolicyDirection.Ingress ? Ingress : Egress).Tiers?.DenyingBefore(Classes.ClassOf(subject), peers, ports) ?? [];

    /// <inheritdoc cref="DirectionTiers.DenyingEnds"/>
    internal IReadOnlyList<IReadOnlyList<TieredPolicy>> DenyingEnds(PolicyDirection direction, int subject)
    {
        var rules = direction == PolicyDirection.Ingress ? Ingress : Egress;
        var ofClass = Classes.ClassOf(subject);
        return rules.Tiers?.DenyingEnds(ofClass, hasMain: rules.OfClass(ofClass) is { Groups.IsEmpty: false }) ?? [];
    }

    /// <summary>The policies beside NetworkPolicies, looked up; in order.</summary>
    internal IReadOnlyList<CompiledPolicy> Tiered(PolicyDirection direction) =>
        (direction == PolicyDirection.Ingress ? Ingress : Egress).Tiers?.Policies ?? [];

    /// <summary>The ports that a rule of such a policy means on a destination.</summary>
    internal PortMatch PortsOf(PolicyDirection direction, CompiledRule rule, int destination) =>
        (direction == PolicyDirection.Ingress ? Ingress : Egress).Tiers!.PortsOn(destination, rule);

    /// <summary>The classes that policies let a class reach, each once with its ports. Its own class among them means other pods of it.</summary>
    /// <param name="source">An endpoint, for its class.</param>
    /// <param name="among">The classes that are asked about.</param>
    /// <param name="ports">Remembers port sets between calls.</param>
    /// <param name="only">Of these, those that are wanted; null for all.</param>
    public IEnumerable<(int Destination, PortSet Ports)> DestinationsOf(int source, DestinationScan among, PortSetPool ports, IndexSet? only = null) =>
        DestinationsOf(source, among, ports, only, null);

    /// <inheritdoc cref="DestinationsOf(int, DestinationScan, PortSetPool, IndexSet)"/>
    /// <param name="isKnown">Whether nobody wants to know of a destination that it is reached on some of these ports; null where somebody does.</param>
    internal IEnumerable<(int Destination, PortSet Ports)> DestinationsOf(
        int source, DestinationScan among, PortSetPool ports, IndexSet? only, Func<int, PortSet, bool>? isKnown)
    {
        var sourceClass = Classes.ClassOf(source);
        var egress = EgressOf(source);
        var sent = egress is null ? only : only is null ? among.SentBy(egress) : among.SentBy(egress).Intersect(only);
        foreach (var destination in sent is null ? among.NotIsolated : sent.Intersect(among.NotIsolated))
        {
            if (egress is null)
                yield return (destination, PortSet.All);
            else if (egress.PortsFor(destination) is { IsEmpty: false } open)
                yield return (destination, open);
        }

        foreach (var destination in among.Isolated(DestinationIndex, sourceClass, sent, ports))
        {
            var received = among.Received(destination) ?? IngressOf(destination)!.PortsFor(sourceClass);
            if (isKnown?.Invoke(destination, received) == true)
                continue;
            var both = egress is null ? received : ports.Intersect(egress.PortsFor(destination), received);
            if (!both.IsEmpty)
                yield return (destination, both);
        }
    }

    /// <summary>The same without preparation, each destination asked for itself: for few sources.</summary>
    internal IEnumerable<(int Destination, PortSet Ports)> DestinationsOf(int source, IndexSet among, PortSetPool ports)
    {
        foreach (var destination in among)
        {
            if (Between(source, destination) is { IsEmpty: false } both)
                yield return (destination, ports.Intern(both));
        }
    }

    /// <summary>Prepares to ask about some classes as destinations.</summary>
    public DestinationScan Destinations(IndexSet classes) => new(
        classes.Except(DestinationIndex.NotIsolated), classes.Intersect(DestinationIndex.NotIsolated), Endpoints.Count);

    /// <summary>The classes, each by its representative, for which something holds.</summary>
    internal IndexSet ClassesWhere(Func<int, bool> holds)
    {
        var found = new IndexSet.Builder();
        foreach (var representative in Classes.Representatives)
        {
            if (holds(representative))
                found.Add(representative);
        }

        return found.Build();
    }

    /// <summary>
    /// Whether a node reaches a pod that it runs, whatever rules allow: kubelet's probes need it. For some engines a rule that denies is asked first, and a
    /// setting may take the exception away.
    /// </summary>
    /// <param name="pod">On the node.</param>
    /// <param name="node">An endpoint that stands for the node.</param>
    internal bool NodeReaches(int pod, int node)
    {
        if (!Stack.Layout.DeniesOwnNode)
            return true;
        if (EgressOf(node) is not null)
            return false;
        if (IngressOf(pod) is not { } ruleSet)
            return true;
        if (!Stack.Layout.NodesReachTheirPods || (ruleSet.Policies.Count == 0 && ruleSet.TieredPolicies.All(static policy => policy.IsOfEngine)))
            return false;
        return Trace(PolicyDirection.Ingress, pod, node)?.Decisions.Any(static decision =>
            decision is { Rule: not null, Action: RuleAction.Deny, IsCertain: true }) != true;
    }

    /// <summary>Whether two pods are known to run on the same node. Traffic from a node to its pods is always allowed (kubelet probes).</summary>
    public bool AreOnOneNode(int a, int b)
    {
        var (first, second) = (Endpoints[a], Endpoints[b]);
        if (first.Spec.NodeName is { } node && second.Spec.NodeName is { } other)
            return node == other;
        foreach (var address in first.NodeAddresses)
        {
            if (second.NodeAddresses.Contains(address))
                return true;
        }

        return false;
    }
}
