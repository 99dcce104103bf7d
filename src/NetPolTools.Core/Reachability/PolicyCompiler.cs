using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>
/// Turns policies into sets once: which pods each isolates, which endpoints each rule speaks of; then into classes of endpoints that behave the
/// same; then into one rule set for each combination of policies that some class is under. Directions and namespaces go side by side.
/// </summary>
internal sealed class PolicyCompiler
{
    private readonly ReachabilityOptions _options;
    private readonly IReadOnlyList<NetworkPolicy> _policies;
    private readonly EndpointTable _endpoints;
    private readonly PolicyParts _parts;
    private readonly CancellationToken _cancellation;

    private PolicyCompiler(ClusterSnapshot snapshot, ReachabilityOptions options, CancellationToken cancellation)
    {
        _options = options;
        _cancellation = cancellation;
        _policies = options.NotEnforcedBecause is null ? snapshot.NetworkPolicies : [];
        _endpoints = EndpointTable.Create(snapshot, AddressPartition.Create(snapshot.NetworkPolicies, cancellation), cancellation);
        _parts = new PolicyParts(_policies, _endpoints.NumberOfNamespace, snapshot.Namespaces.Count);
    }

    public static ReachabilityMap Compile(ClusterSnapshot snapshot, ReachabilityOptions options, CancellationToken cancellation)
    {
        var compiler = new PolicyCompiler(snapshot, options, cancellation);
        var endpoints = compiler._endpoints;
        var (ingress, egress) = compiler.Group(new PeerResolver(snapshot, endpoints), new NamedPortIndex(endpoints));
        var apart = TellingApart.Sets([.. ingress.Concat(egress).Select(static part => part.Apart)], cancellation);
        var classes = EndpointClasses.Refine(endpoints.PodCount, endpoints.Count, apart);
        var (received, sent) = compiler.MakeRuleSets(ingress, egress, classes);
        return new ReachabilityMap(snapshot, options, endpoints, classes, received, sent);
    }

    /// <returns>For each direction, by part.</returns>
    private (PolicyGrouper[] Ingress, PolicyGrouper[] Egress) Group(PeerResolver peers, NamedPortIndex namedPorts)
    {
        var ingress = new PolicyGrouper[_parts.Count];
        var egress = new PolicyGrouper[_parts.Count];
        ForEachPart(
            part => ingress[part] = Group(part, new PolicyGrouper(peers, namedPorts, PolicyDirection.Ingress)),
            part => egress[part] = Group(part, new PolicyGrouper(peers, namedPorts, PolicyDirection.Egress)));
        return (ingress, egress);
    }

    private PolicyGrouper Group(int part, PolicyGrouper grouper)
    {
        var (start, end) = _parts.Namespaces(part);
        for (var ns = start; ns < end; ns++)
        {
            foreach (var position in _parts.PoliciesOf(ns))
            {
                _cancellation.ThrowIfCancellationRequested();
                grouper.Add(position, _policies[position], ns);
            }
        }

        return grouper;
    }

    private (DirectionRules Received, DirectionRules Sent) MakeRuleSets(PolicyGrouper[] ingress, PolicyGrouper[] egress, EndpointClasses classes)
    {
        var received = new RuleSetMaker[_parts.Count];
        var sent = new RuleSetMaker[_parts.Count];
        ForEachPart(
            part => received[part] = Make(part, ingress[part], PolicyDirection.Ingress),
            part => sent[part] = Make(part, egress[part], PolicyDirection.Egress));
        return (new DirectionRules(received, _endpoints.SelectableCount), new DirectionRules(sent, _endpoints.SelectableCount));

        RuleSetMaker Make(int part, PolicyGrouper grouped, PolicyDirection direction)
        {
            var (start, end) = _parts.Namespaces(part);
            var maker = new RuleSetMaker(_endpoints, classes, _options, direction, _cancellation);
            maker.Make(grouped.Groups, start == end ? 0 : _endpoints.InNamespace(start).Start, start == end ? 0 : _endpoints.InNamespace(end - 1).End);
            return maker;
        }
    }

    /// <summary>The directions have nothing to do with each other.</summary>
    private void ForEachPart(Action<int> ingress, Action<int> egress) => SideBySide.ForEachPart(
        2 * _parts.Count,
        i => (i % 2 == 0 ? ingress : egress)(i / 2),
        _cancellation);
}
