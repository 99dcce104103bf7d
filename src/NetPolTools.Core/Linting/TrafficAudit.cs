using System.Collections.Concurrent;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>
/// Whether traffic that somebody needs is denied for sure, and by which policies. What may be allowed counts as allowed: then nothing is wrong for sure.
/// </summary>
internal sealed class TrafficAudit
{
    private const int MostPlaces = 3;

    private readonly ReachabilityMap _map;
    private readonly ReachabilityMap _atMost;
    private readonly ConcurrentDictionary<RuleSet, PortSet> _byAddresses = new(ReferenceEqualityComparer.Instance);

    public TrafficAudit(ReachabilityMap map)
    {
        _map = map;
        _atMost = map.AtMost ?? map;
    }

    /// <summary>Those of some ports of a pod that may be open to some of the sources.</summary>
    /// <param name="sources">Pods; where they use their node's network and its address is not known, everything may be open to them.</param>
    /// <param name="pod">The destination.</param>
    /// <param name="ports">Those that are needed.</param>
    public PortSet MayReach(IEnumerable<int> sources, int pod, PortSet ports)
    {
        var open = PortSet.None;
        foreach (var source in sources)
        {
            open = open.Union(source >= _map.Endpoints.SelectableCount && source < _map.Endpoints.PodCount && _map.Endpoints[source].Addresses.Count == 0
                ? ports
                : _atMost.Between(source, pod).Intersect(ports));
            if (open.Covers(ports))
                break;
        }

        return open;
    }

    /// <summary>Those of some ports of a pod that may be open to anybody at all, pods that the input does not hold among them.</summary>
    public PortSet MayBeReached(int pod, PortSet ports)
    {
        if (_atMost.IngressOf(pod) is not { DeniesUnmatched: true } rules
            || rules.TieredPolicies.Any(static policy => policy.Ingress?.Rules.Any(static rule => rule.Action == RuleAction.Allow) == true))
        {
            return ports;
        }

        return PortSet.UnionOf([.. rules.Policies.SelectMany(RuleSite.Of).Where(static rule => rule.Direction == PolicyDirection.Ingress)
            .Select(rule => RulePorts.Resolve(rule.Rule, _map.Traffic, _map.Endpoints[pod]).Intersect(ports))]);
    }

    /// <summary>Those of some ports of a pod that may be open to some address outside, or to an end that only has a name, such as a node.</summary>
    public PortSet MayBeReachedByAddresses(int pod, PortSet ports)
    {
        if (_atMost.IngressOf(pod) is not { } rules)
            return ports;
        return _byAddresses.GetOrAdd(rules, OpenToAddresses).Intersect(ports);
    }

    private PortSet OpenToAddresses(RuleSet rules)
    {
        var open = PortSet.None;
        for (var end = _map.Endpoints.PodCount; end < _map.Endpoints.Count && !open.IsAll; end++)
            open = end == _map.Endpoints.UnknownPod ? open : open.Union(rules.PortsFor(_map.Classes.ClassOf(end)));
        return open;
    }

    /// <summary>
    /// The policies that keep a pod from traffic: those that deny it before NetworkPolicies are asked, or else those that isolate the pod. None where this
    /// direction is open to one of the peers.
    /// </summary>
    /// <param name="direction">Of the pod's traffic.</param>
    /// <param name="pod">Whose.</param>
    /// <param name="peers">The other ends.</param>
    /// <param name="ports">That are denied.</param>
    public IReadOnlyList<PolicyPlace> Closing(PolicyDirection direction, int pod, IEnumerable<int> peers, PortSet ports)
    {
        int[] ends = [.. peers.Distinct()];
        var rules = _map.RulesOf(direction, pod);
        if (rules is null || Array.Exists(ends, end => !rules.PortsFor(_map.Classes.ClassOf(end)).Intersect(ports).IsEmpty))
            return [];
        var field = direction == PolicyDirection.Ingress ? "spec.ingress" : "spec.egress";
        var before = _map.DenyingBefore(direction, pod, IndexSet.Of(ends), ports).Select(static policy => policy.Origin).Distinct().Take(MostPlaces).ToArray();
        if (before.Length > 0)
            return [.. before.Select(origin => new PolicyPlace(origin.Object, field, origin.Location))];
        return
        [
            .. rules.Policies.Select(policy => new PolicyPlace(policy, field, policy.Location))
                .Concat(rules.TieredPolicies.Where(policy => !policy.IsOfEngine && policy.Rules(direction)?.Unmatched == Unmatched.Deny)
                    .Select(policy => new PolicyPlace(policy.Origin.Object, field, policy.Origin.Location)))
                .Distinct()
                .Take(MostPlaces),
        ];
    }
}
