using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Isolation;

/// <summary>What a rule set allows, in a few words. Workloads under the same rule set share the work.</summary>
internal sealed class PeerSummary
{
    private readonly HashSet<ObjectReference> _workloads = [];
    private readonly IndexSet _peers = IndexSet.Empty;
    private readonly bool _isEveryWorkload;
    private readonly bool _isAnyAddress;
    private readonly bool _isEveryAddress;

    public PeerSummary(ReachabilityMap map, RuleSet ruleSet)
    {
        var allowed = ruleSet.Allowed();
        foreach (var (ports, peers) in allowed)
        {
            _peers = _peers.Union(peers);
            Ports = Ports.Union(ports);
            IsOnSamePorts &= ports.Equals(allowed[0].Ports);
        }

        foreach (var peer in _peers.Slice(0, map.Endpoints.SelectableCount))
        {
            foreach (var member in map.Classes.Members(peer))
                _workloads.Add(map.Endpoints[member].Owner);
        }

        // Pods on the host network are addresses to policies; a pod that is not in the input is none.
        // Ranges that are all addresses of pods are not outside: those pods are counted themselves.
        var outside = map.Classes.Representatives.Slice(map.Endpoints.SelectableCount, map.Endpoints.UnknownPod).Except(map.Occupied.ByPods);
        _isEveryWorkload = map.Classes.Representatives.Slice(0, map.Endpoints.SelectableCount).Except(_peers).IsEmpty;
        _isEveryAddress = outside.Except(_peers).IsEmpty;
        _isAnyAddress = outside.Overlaps(_peers);
        KeepsUnknownAway = ruleSet.DeniesUnmatched || (!_isEveryAddress && !_peers.Contains(map.Endpoints.UnknownPod));
    }

    /// <summary>Whether some policy keeps away who is in no rule: neither a pod of which nothing is known nor every address is allowed anything.</summary>
    public bool KeepsUnknownAway { get; }

    /// <summary>The ports on which any peer is allowed.</summary>
    public PortSet Ports { get; } = PortSet.None;

    /// <summary>Whether every peer is allowed on the same ports.</summary>
    private bool IsOnSamePorts { get; } = true;

    /// <param name="subject">Whom the rule set is about; alone, it is no peer of itself.</param>
    public string For(Endpoint subject, int subjectClass)
    {
        if (_isEveryWorkload && _isEveryAddress)
            return IsOnSamePorts && Ports.IsAll ? DirectionIsolation.Everything : "everyone";

        var count = _workloads.Count;
        if (!subject.MayHaveReplicas && _peers.Contains(subjectClass))
            count--;
        var addresses = _isEveryAddress ? "every address" : _isAnyAddress ? "addresses" : null;
        var workloads = count == 0 ? null : _isEveryWorkload ? "every workload" : $"{count} workload{(count == 1 ? "" : "s")}";
        return (workloads, addresses) switch
        {
            (null, null) => DirectionIsolation.Nothing,
            (null, _) => addresses,
            (_, null) => workloads,
            _ => $"{workloads}, {addresses}",
        };
    }
}
