using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Isolation;

/// <summary>What a rule set allows, in a few words, and by which policies. Workloads under the same rule set share the work.</summary>
internal sealed class PeerSummary
{
    private readonly RuleSet _ruleSet;
    private readonly PeerCount _peers;
    private bool? _isEverything;

    /// <param name="counter">Of the map that the rule set is from.</param>
    /// <param name="ruleSet">What is summed up.</param>
    public PeerSummary(PeerCounter counter, RuleSet ruleSet)
    {
        _ruleSet = ruleSet;
        _peers = counter.Count(ruleSet);
        Ports = ruleSet.GrantedPorts();
        Policies = [.. ruleSet.Policies.OrderBy(static policy => policy.Name, StringComparer.Ordinal)];
        OtherPolicies = [.. ruleSet.TieredPolicies.Select(static policy => policy.Origin.Reference.ToString()).Distinct()];
        KeepsUnknownAway = ruleSet.DeniesUnmatched || (!_peers.IsEveryAddress && !_peers.HasUnknownPod);
    }

    /// <summary>Whether some policy keeps away who is in no rule: neither a pod of which nothing is known nor every address is allowed anything.</summary>
    public bool KeepsUnknownAway { get; }

    /// <summary>The NetworkPolicies of the rule set, by name.</summary>
    public NetworkPolicy[] Policies { get; }

    /// <summary>Its policies of other kinds, in the order in which they are asked.</summary>
    public string[] OtherPolicies { get; }

    /// <summary>The ports on which any peer is allowed.</summary>
    public PortSet Ports { get; }

    /// <summary>Whether every peer is allowed on every port. Looked at only where every peer is allowed on some: it takes the grants apart.</summary>
    private bool IsEverything => _isEverything ??= Ports.IsAll && _ruleSet.Allowed().All(static grant => grant.Ports.IsAll);

    /// <param name="subject">Whom the rule set is about; alone, it is no peer of itself.</param>
    /// <param name="subjectClass">Its class.</param>
    public string For(Endpoint subject, int subjectClass)
    {
        if (_peers is { IsEveryWorkload: true, IsEveryAddress: true })
            return IsEverything ? DirectionIsolation.Everything : "everyone";

        var count = _peers.Workloads;
        if (count > 0 && !subject.MayHaveReplicas && !_ruleSet.PortsFor(subjectClass).IsEmpty)
            count--;
        var addresses = _peers.IsEveryAddress ? "every address" : _peers.IsAnyAddress ? "addresses" : null;
        var workloads = count == 0 ? null : _peers.IsEveryWorkload ? "every workload" : $"{count} workload{(count == 1 ? "" : "s")}";
        return (workloads, addresses) switch
        {
            (null, null) => DirectionIsolation.Nothing,
            (null, _) => addresses,
            (_, null) => workloads,
            _ => $"{workloads}, {addresses}",
        };
    }
}
