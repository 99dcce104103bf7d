using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>
/// Turns policies into sets once: which pods each isolates, which endpoints each rule names; then into classes of endpoints that behave the
/// same; then into one rule set for each combination of policies that some class is under. Directions and namespaces go side by side.
/// </summary>
internal sealed class PolicyCompiler
{
    // Of pods and policies together.
    private const int FewestInParallel = 256;

    private readonly ClusterSnapshot _snapshot;
    private readonly ReachabilityOptions _options;
    private readonly IReadOnlyList<NetworkPolicy> _policies;
    private readonly PolicyStack _stack;
    private readonly EndpointTable _endpoints;
    private readonly NamespaceParts _parts;
    private readonly TrafficScope _traffic;
    private readonly CancellationToken _cancellation;

    private PolicyCompiler(ClusterSnapshot snapshot, ReachabilityOptions options, CancellationToken cancellation)
    {
        _snapshot = snapshot;
        _options = options;
        _cancellation = cancellation;
        var areEnforced = options.NotEnforcedBecause is null;
        _policies = areEnforced ? snapshot.NetworkPolicies : [];
        _stack = areEnforced ? PolicyStack.Of(snapshot, options.Layout, found => !options.NotEnforced.Contains(found.Reference)) : PolicyStack.Empty;
        _traffic = new TrafficScope(options.CountsIcmp || _stack.Policies.Any(TellsIcmpApart), options.RulesDecideIcmp);

        // Conditions on pods alone, as most terms are, name neither addresses nor ends.
        var terms = TermContent.Except<EndpointTerm.Pods>(_stack.Policies);
        var addresses = AddressPartition.Create(snapshot.NetworkPolicies, RangesOf(terms, snapshot, options.IPBlockMatchesNodes), cancellation);
        _endpoints = EndpointTable.Create(snapshot, addresses, NamedIn(terms, _stack.Layout), cancellation);
        _parts = new NamespaceParts(_policies, _endpoints.NumberOfNamespace, snapshot.Namespaces.Count);
    }

    private bool IsSmall => _endpoints.PodCount + _policies.Count < FewestInParallel;

    public static ReachabilityMap Compile(ClusterSnapshot snapshot, ReachabilityOptions options, bool keepsPeers, CancellationToken cancellation)
    {
        var compiler = new PolicyCompiler(snapshot, options, cancellation);
        var endpoints = compiler._endpoints;
        var (peers, namedPorts) = (new PeerResolver(snapshot, endpoints, options.IPBlockMatchesNodes), new NamedPortIndex(endpoints));
        var (ingress, egress) = compiler.Group(peers, namedPorts);
        var (received, sent) = compiler.Tiers(peers, namedPorts);
        ClassSplitters? ofReceived = null, ofSent = null;
        ParallelParts.Do(
            compiler.IsSmall, () => ofReceived = received?.Splitters(namedPorts), () => ofSent = sent?.Splitters(namedPorts));
        var splitters = ClassSplitters.Sets(
            [
                .. ingress.Concat(egress).Select(static part => part.Splitters),
                .. new[] { ofReceived, ofSent }.OfType<ClassSplitters>(),
            ],
            cancellation);
        var classes = EndpointClasses.Refine(endpoints.PodCount, endpoints.Count, splitters);
        ParallelParts.Do(
            compiler.IsSmall, () => received?.Assign(classes, endpoints.Count), () => sent?.Assign(classes, endpoints.Count));
        return compiler.Map(ingress, egress, received, sent, classes, keepsPeers ? peers : null);
    }

    private ReachabilityMap Map(
        SubjectGrouper[] ingress, SubjectGrouper[] egress, DirectionTiers? received, DirectionTiers? sent, EndpointClasses classes, PeerResolver? peers)
    {
        var (receive, send) = MakeRuleSets(ingress, egress, received, sent, classes, isAtMost: false);
        if (receive.IsDetermined && send.IsDetermined && (_traffic.LeftOpen.IsEmpty || _policies.Count == 0))
            return Make(receive, send, null);
        var (mayReceive, maySend) = MakeRuleSets(ingress, egress, received, sent, classes, isAtMost: true);
        return Make(receive, send, Make(mayReceive, maySend, null));

        ReachabilityMap Make(DirectionRules receiving, DirectionRules sending, ReachabilityMap? atMost) =>
            new(_snapshot, _options, _endpoints, classes, _stack, _traffic, receiving, sending, atMost) { PeersOfCompiler = peers };
    }

    private static bool TellsIcmpApart(TieredPolicy policy) => TellsIcmpApart(policy.Ingress) || TellsIcmpApart(policy.Egress);

    private static bool TellsIcmpApart(RuleList? list) => list?.Rules.Any(static rule => PortTermResolver.TellsIcmpApart(rule.Ports)) == true;

    /// <summary>The ends that policies or the engine have names for, and where some are names in DNS, one for all other names.</summary>
    private static NamedEnd[] NamedIn(EndpointTerm[] terms, EngineLayout layout)
    {
        NamedEnd[] named =
        [
            .. terms.SelectMany(TermContent.NamesIn).Concat(layout.Ends).Distinct().Order(StringComparer.Ordinal).Select(static name => new NamedEnd(name)),
        ];
        return Array.Exists(named, static end => end.IsOutside) ? [.. named, NamedEnd.AnyOtherDomain] : named;
    }

    /// <summary>Where addresses are to be cut for the policies beside NetworkPolicies.</summary>
    private static IEnumerable<AddressRange> RangesOf(EndpointTerm[] terms, ClusterSnapshot snapshot, bool blocksMatchNodes)
    {
        var named = terms.SelectMany(TermContent.RangesIn);
        var areApart = Array.Exists(terms, TermContent.NamesNodes)
            || (!blocksMatchNodes && snapshot.NetworkPolicies.Any(static policy => policy.IPBlocks().Any()));
        return areApart ? named.Concat(NodeEndpoints.Mentioned(snapshot).Select(AddressRange.Of)) : named;
    }

    /// <summary>The policies beside NetworkPolicies, looked up; null where a direction has none.</summary>
    private (DirectionTiers? Received, DirectionTiers? Sent) Tiers(PeerResolver peers, NamedPortIndex namedPorts)
    {
        if (_stack.Policies.IsEmpty)
            return (null, null);
        var everything = _traffic.Everything;
        var terms = new TermResolver(_snapshot, _endpoints, peers, _options);
        var ports = new PortTermResolver(everything);
        return (Of(PolicyDirection.Ingress), Of(PolicyDirection.Egress));

        DirectionTiers? Of(PolicyDirection direction)
        {
            var compiler = new TieredPolicyCompiler(_endpoints, terms, namedPorts, ports, direction);
            var compiled = new CompiledPolicy?[_stack.Policies.Length];
            var bounds = ParallelParts.Bounds(compiled.Length, FewestInParallel);
            ParallelParts.ForEachPart(bounds.Length - 1, part => Compile(compiler, compiled, bounds[part], bounds[part + 1]), _cancellation);
            ImmutableArray<CompiledPolicy> policies = [.. compiled.OfType<CompiledPolicy>()];
            if (policies.IsEmpty)
                return null;
            return new DirectionTiers(compiler, policies, Mixed, _stack.Layout, terms.Everyone, _endpoints.UnknownPod, everything);

            ImmutableArray<CompiledPolicy> Mixed(NetworkPolicy policy) => PolicyCompiler.Mixed(policy, compiler, _stack.Layout, _traffic);
        }
    }

    private void Compile(TieredPolicyCompiler compiler, CompiledPolicy?[] into, int start, int end)
    {
        for (var i = start; i < end; i++)
            into[i] = compiler.Compile(_stack.Policies[i]);
    }

    /// <summary>A NetworkPolicy as one policy among others; where what it isolates from is denied in a tier behind, that is a part of its own.</summary>
    private static ImmutableArray<CompiledPolicy> Mixed(NetworkPolicy policy, TieredPolicyCompiler compiler, EngineLayout layout, TrafficScope traffic)
    {
        if (compiler.Compile(NetworkPolicyTranslator.Translate(policy, layout))?.WithoutDoubt(compiler, traffic) is not { } compiled)
            return [];
        return layout.DefaultDeny is { } last
            ? [compiled with { Unmatched = Unmatched.NextTier }, compiled with { Policy = compiled.Policy with { Rank = new PolicyRank(last, 0) }, Rules = [] }]
            : [compiled];
    }

    /// <returns>For each direction, by part.</returns>
    private (SubjectGrouper[] Ingress, SubjectGrouper[] Egress) Group(PeerResolver peers, NamedPortIndex namedPorts)
    {
        var ingress = new SubjectGrouper[_parts.Count];
        var egress = new SubjectGrouper[_parts.Count];
        ForEachPart(
            part => ingress[part] = Group(part, new SubjectGrouper(peers, namedPorts, _traffic, PolicyDirection.Ingress, _options)),
            part => egress[part] = Group(part, new SubjectGrouper(peers, namedPorts, _traffic, PolicyDirection.Egress, _options)));
        return (ingress, egress);
    }

    private SubjectGrouper Group(int part, SubjectGrouper grouper)
    {
        var (start, end) = _parts.Namespaces(part);
        for (var ns = start; ns < end; ns++)
        {
            foreach (var position in _parts.PoliciesOf(ns))
            {
                _cancellation.ThrowIfCancellationRequested();
                if (!_stack.TakenOver.Contains(_policies[position]))
                    grouper.Add(position, _policies[position], ns);
            }
        }

        return grouper;
    }

    private (DirectionRules Received, DirectionRules Sent) MakeRuleSets(
        SubjectGrouper[] ingress, SubjectGrouper[] egress, DirectionTiers? received, DirectionTiers? sent, EndpointClasses classes, bool isAtMost)
    {
        var receive = new RuleSetBuilder[_parts.Count];
        var send = new RuleSetBuilder[_parts.Count];
        ForEachPart(
            part => receive[part] = Make(part, ingress[part], PolicyDirection.Ingress, received),
            part => send[part] = Make(part, egress[part], PolicyDirection.Egress, sent));
        return (Together(receive, PolicyDirection.Ingress, received), Together(send, PolicyDirection.Egress, sent));

        RuleSetBuilder Make(int part, SubjectGrouper grouped, PolicyDirection direction, DirectionTiers? tiers)
        {
            var (start, end) = _parts.Namespaces(part);
            var maker = Maker(direction, tiers);
            maker.Make(grouped.Groups, start == end ? 0 : _endpoints.InNamespace(start).Start, start == end ? 0 : _endpoints.InNamespace(end - 1).End);
            return maker;
        }

        RuleSetBuilder Maker(PolicyDirection direction, DirectionTiers? tiers) =>
            new(_endpoints, classes, _traffic, direction, tiers, isAtMost, _cancellation);

        DirectionRules Together(RuleSetBuilder[] parts, PolicyDirection direction, DirectionTiers? tiers)
        {
            if (tiers?.SelectsOthers(_endpoints.SelectableCount) != true)
                return new DirectionRules(parts, _endpoints.Count, tiers);

            // Nodes, and the pod of which nothing is known, are no subjects of NetworkPolicies.
            var others = Maker(direction, tiers);
            others.Make([], _endpoints.SelectableCount, _endpoints.Count);
            return new DirectionRules([.. parts, others], _endpoints.Count, tiers);
        }
    }

    /// <summary>The directions have nothing to do with each other.</summary>
    private void ForEachPart(Action<int> ingress, Action<int> egress) => ParallelParts.ForEachPart(
        2 * _parts.Count,
        i => (i % 2 == 0 ? ingress : egress)(i / 2),
        _cancellation,
        IsSmall);
}
