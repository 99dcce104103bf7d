using NetPolTools.Cni;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>Which connections hang on something in a policy that the network plugin does not do as written. Empty, and free, where it does everything.</summary>
internal sealed class LimitNotes
{
    private readonly ReachabilityMap _map;
    private readonly string? _ipv6;
    private readonly Dictionary<RuleSet, (IndexSet Peers, string Note)[]> _byRuleSet = [];

    public LimitNotes(ReachabilityMap map)
    {
        _map = map;
        if (map.Options.Enforcement is not { NotEnforcedBecause: null } enforcement)
            return;
        _ipv6 = enforcement.IPv6?.ToString();
        if (enforcement.Limits.Count == 0)
            return;

        var resolver = new PeerResolver(map.Snapshot, map.Endpoints);
        var byPolicy = enforcement.Limits
            .Select(limited => (limited.Use.Policy, limited.Use.Direction, Peers: PeersOf(limited.Use, resolver), Note: limited.ToString()))
            .ToLookup(static limit => (limit.Policy, limit.Direction));
        foreach (var ruleSet in map.IngressRuleSets.Concat(map.EgressRuleSets))
        {
            (IndexSet, string)[] limits = [.. ruleSet.Policies.SelectMany(policy => byPolicy[(policy, ruleSet.Direction)]).Select(static limit => (limit.Peers, limit.Note))];
            if (limits.Length > 0)
                _byRuleSet.Add(ruleSet, limits);
        }
    }

    public bool IsEmpty => _byRuleSet.Count == 0 && _ipv6 is null;

    /// <summary>What is to be told of connections between endpoints; none twice.</summary>
    public IReadOnlyList<string> Between(IReadOnlyCollection<int> sources, IReadOnlyCollection<int> destinations) => IsEmpty
        ? []
        : [.. Of(PolicyDirection.Egress, sources, destinations).Concat(Of(PolicyDirection.Ingress, destinations, sources)).Distinct()];

    /// <summary>The part of it that the policies of subjects are about.</summary>
    public IReadOnlyList<string> Of(PolicyDirection direction, IReadOnlyCollection<int> subjects, IReadOnlyCollection<int> peers)
    {
        if (IsEmpty)
            return [];
        var ruleSets = subjects.Select(subject => direction == PolicyDirection.Ingress ? _map.IngressOf(subject) : _map.EgressOf(subject)).OfType<RuleSet>().Distinct().ToArray();
        var notes = ruleSets
            .SelectMany(ruleSet => _byRuleSet.GetValueOrDefault(ruleSet, []))
            .Where(limit => peers.Any(limit.Peers.Contains))
            .Select(static limit => limit.Note);
        if (_ipv6 is not null && ruleSets.Length > 0 && subjects.Any(HasIPv6) && peers.Any(HasIPv6))
            notes = notes.Append(_ipv6);
        return [.. notes.Distinct()];
    }

    private static IndexSet PeersOf(FeatureUse use, PeerResolver resolver)
    {
        if (use.Rule?.Peers is not { Count: > 0 } peers)
            return resolver.Everyone.Certain;
        var all = peers.Select(peer => resolver.Peer(use.Policy.Metadata.Namespace!, peer)).Aggregate(static (a, b) => a.Or(b));
        return all.Certain.Or(all.PodsInBlockOrEmpty);
    }

    private bool HasIPv6(int endpoint)
    {
        if (endpoint == _map.Endpoints.UnknownPod)
            return false;
        return endpoint >= _map.Endpoints.PodCount
            ? _map.Endpoints.Addresses.Ranges[endpoint - _map.Endpoints.PodCount].Family == AddressFamilyKind.IPv6
            : _map.Endpoints[endpoint].Addresses.Any(static address => address.Family == AddressFamilyKind.IPv6);
    }
}
