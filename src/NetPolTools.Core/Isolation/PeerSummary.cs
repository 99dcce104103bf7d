using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Isolation;

/// <summary>What a rule set allows, in a few words, and by which policies. Workloads under the same rule set share the work.</summary>
internal sealed class PeerSummary
{
    private const int MostNamed = 2;

    private readonly ReachabilityMap _map;
    private readonly RuleSet _ruleSet;
    private readonly PeerCount _peers;
    private readonly string[] _named;
    private bool? _isEverything;

    /// <param name="map">What the rule set is from.</param>
    /// <param name="counter">Of the map.</param>
    /// <param name="ruleSet">What is summed up.</param>
    /// <param name="scratch">As large as the map.</param>
    /// <param name="named">Ends that policies name and that are known by a name alone.</param>
    public PeerSummary(ReachabilityMap map, PeerCounter counter, RuleSet ruleSet, IndexSetAccumulator scratch, IEnumerable<int> named)
    {
        _map = map;
        _ruleSet = ruleSet;
        _peers = counter.Count(ruleSet, scratch);
        _named = [.. named.Where(end => !ruleSet.PortsFor(map.Classes.ClassOf(end)).IsEmpty).Select(end => map.Endpoints.NamedAt(end)!.Name)];
        Ports = ruleSet.GrantedPorts();
        KeepsUnknownAway = ruleSet.DeniesUnmatched || (!_peers.IsEveryAddress && !_peers.HasUnknownPod);
    }

    /// <summary>Whether some policy keeps away who is in no rule: neither a pod of which nothing is known nor every address is allowed anything.</summary>
    public bool KeepsUnknownAway { get; }

    /// <summary>The ports on which any peer is allowed.</summary>
    public PortSet Ports { get; }

    /// <summary>Whether every peer is allowed on every port. Looked at only where every peer is allowed on some: it takes the grants apart.</summary>
    private bool IsEverything => _isEverything ??= Ports.IsAll && _ruleSet.Allowed().All(static grant => grant.Ports.IsAll);

    /// <param name="subject">The number of the endpoint that the rule set is about; alone, it is no peer of itself.</param>
    public AllowedPeers For(int subject)
    {
        if (_peers is { IsEveryWorkload: true, IsEveryAddress: true })
            return Allowed(IsEverything ? DirectionIsolation.Everything : "everyone", omitted: -1);

        var count = _peers.Workloads;
        var isOmitted = count > 0 && !_map.Endpoints[subject].MayHaveReplicas && !_ruleSet.PortsFor(_map.Classes.ClassOf(subject)).IsEmpty;
        if (isOmitted)
            count--;
        var addresses = _peers.IsEveryAddress ? "every address" : _peers.IsAnyAddress ? "addresses" : null;
        var workloads = count == 0 ? null : _peers.IsEveryWorkload ? "every workload" : $"{count} workload{(count == 1 ? "" : "s")}";
        string?[] parts = [workloads, addresses, .. _named.Length > MostNamed ? [$"{_named.Length} named ends"] : _named];
        var text = string.Join(", ", parts.OfType<string>()) is { Length: > 0 } said ? said : DirectionIsolation.Nothing;
        return Allowed(text, isOmitted ? subject : -1);
    }

    private AllowedPeers Allowed(string text, int omitted) =>
        new(text, _map, _ruleSet, omitted) { IsEveryWorkload = _peers.IsEveryWorkload, IsEveryAddress = _peers.IsEveryAddress, Named = _named };
}
