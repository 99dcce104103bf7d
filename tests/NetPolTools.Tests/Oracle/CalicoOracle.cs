using NetPolTools.Dialects.Calico;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Oracle;

/// <summary>
/// A slow and obvious evaluator of Calico's policies beside NetworkPolicies, one packet at a time: walks the tiers as Calico's policy chains do, since 3.32. It
/// takes from the engine the objects as read and the parser of selectors; what they mean is worked out anew.
/// </summary>
/// <param name="snapshot">A cluster in which every end has one address, and all labels are known.</param>
internal sealed class CalicoOracle(ClusterSnapshot snapshot)
{
    private const double DefaultTierOrder = 1_000_000;
    private const double KubernetesOrder = 1000;

    private readonly List<(Func<string, string?> Labels, AddressRange[] Ranges)> _sets =
    [
        .. snapshot.PolicyObjects.OfType<CalicoNetworkSet>().Select(set => (LabelsOf(snapshot, set.Metadata), set.Nets.Select(RangeOf).ToArray())),
        .. snapshot.PolicyObjects.OfType<CalicoHostEndpoint>().Select(host => (LabelsOf(snapshot, host.Metadata), host.ExpectedIPs.Select(RangeOf).ToArray())),
    ];

    /// <summary>A policy of either API, as a chain of rules asks it.</summary>
    private sealed record Asked(double Order, string Tie, Func<OracleEndpoint, bool> Selects, Func<PolicyDirection, bool> AppliesTo,
        Func<PolicyDirection, OracleEndpoint, OracleEndpoint, OracleTraffic, string?> Decide);

    /// <summary>What the policies of the subject say of traffic that it receives or sends.</summary>
    public bool Allows(PolicyDirection direction, OracleEndpoint subject, OracleEndpoint peer, OracleTraffic traffic)
    {
        var (source, destination) = direction == PolicyDirection.Ingress ? (peer, subject) : (subject, peer);
        foreach (var (_, passes, policies) in Tiers())
        {
            Asked[] applying = [.. policies.Where(policy => policy.AppliesTo(direction) && policy.Selects(subject))
                .OrderBy(static policy => policy.Order).ThenBy(static policy => policy.Tie, StringComparer.Ordinal)];
            if (applying.Length == 0)
                continue;
            var action = applying.Select(policy => policy.Decide(direction, source, destination, traffic)).FirstOrDefault(static action => action is not null);
            switch (action)
            {
                case "Allow":
                    return true;
                case "Deny":
                case null when !passes:
                    return false;
            }
        }

        // The profile of the namespace.
        return true;
    }

    private IEnumerable<(string Name, bool Passes, List<Asked> Policies)> Tiers()
    {
        var policies = snapshot.PolicyObjects.OfType<CalicoPolicy>().Where(static policy => !policy.CalicoKind.IsStaged)
            .ToLookup(static policy => policy.Tier ?? "default");
        Dictionary<string, (double Order, bool Passes)> tiers = snapshot.PolicyObjects.OfType<CalicoTier>()
            .ToDictionary(static tier => tier.Name, static tier => (tier.Order ?? double.PositiveInfinity, tier.DefaultAction == "Pass"));
        tiers["default"] = (DefaultTierOrder, false);
        IEnumerable<(string Name, double Order, bool Passes, bool IsMissing)> all =
        [
            .. tiers.Select(static tier => (tier.Key, tier.Value.Order, tier.Value.Passes, false)),
            .. policies.Select(static group => group.Key).Where(name => !tiers.ContainsKey(name))
                .Select(static name => (name, double.PositiveInfinity, false, true)),
        ];
        return all.OrderBy(static tier => tier.Order).ThenBy(static tier => tier.IsMissing).ThenBy(static tier => tier.Name, StringComparer.Ordinal)
            .Select(tier => (tier.Name, tier.Passes,
                policies[tier.Name].Select(Of).Concat(tier.Name == "default" ? snapshot.NetworkPolicies.Select(Of) : []).ToList()));
    }

    private Asked Of(CalicoPolicy policy) => new(
        policy.Order ?? double.PositiveInfinity,
        $"{policy.Name}/{policy.Metadata.Namespace}/{(policy.Metadata.Namespace is null ? "GlobalNetworkPolicy" : "NetworkPolicy")}",
        end => end.IsSelectable && IsSubject(policy, end),
        direction => policy.Types.Count > 0 ? policy.Types.Contains(direction.ToString())
            : policy.IsStorageForm || (direction == PolicyDirection.Egress ? policy.Egress.Count > 0 : policy.Ingress.Count > 0 || policy.Egress.Count == 0),
        (direction, source, destination, traffic) => (direction == PolicyDirection.Ingress ? policy.Ingress : policy.Egress)
            .Where(static rule => rule.Action != "Log")
            .FirstOrDefault(rule => Matches(policy, rule, source, destination, traffic))?.Action);

    private bool IsSubject(CalicoPolicy policy, OracleEndpoint end)
    {
        var labels = LabelsOf(end);
        return (policy.Metadata.Namespace is null || policy.Metadata.Namespace == end.Namespace)
            && Holds(policy.Selector, labels)
            && HoldsOfNamespace(policy.NamespaceSelector, labels)
            && (string.IsNullOrEmpty(policy.ServiceAccountSelector) || Holds(policy.ServiceAccountSelector, key => labels("pcsa." + key)));
    }

    private bool Matches(CalicoPolicy policy, CalicoRule rule, OracleEndpoint source, OracleEndpoint destination, OracleTraffic traffic)
    {
        var family = source.Addresses[0].Family;
        bool HasFamily(IReadOnlyList<string> nets) => nets.Count == 0 || nets.Any(net => RangeOf(net).Family == family);
        if (rule.IPVersion is { } version && version != (family == AddressFamilyKind.IPv4 ? 4 : 6))
            return false;
        if (!HasFamily(rule.Source.Nets) || !HasFamily(rule.Source.NotNets) || !HasFamily(rule.Destination.Nets) || !HasFamily(rule.Destination.NotNets))
            return false;
        if (rule.Protocol is { } protocol && protocol.Number != traffic.Number)
            return false;
        if (rule.NotProtocol is { } not && not.Number == traffic.Number)
            return false;
        if (rule.Icmp is { } icmp && !(icmp.Type == traffic.IcmpType && traffic.Icmp == family))
            return false;
        return IsEnd(policy, rule.Source, source) && IsEnd(policy, rule.Destination, destination) && IsPort(policy, rule, destination, traffic);
    }

    private bool IsEnd(CalicoPolicy policy, CalicoEntity entity, OracleEndpoint end)
    {
        var address = end.Addresses[0];
        if (entity.Nets.Count > 0 && !entity.Nets.Any(net => RangeOf(net).Contains(address)))
            return false;
        if (entity.NotNets.Any(net => RangeOf(net).Contains(address)))
            return false;
        if (NamesThings(policy, entity))
            return Things(end).Any(labels => IsNamed(policy, entity, labels));
        return string.IsNullOrEmpty(entity.NotSelector) || !Things(end).Any(labels => Holds(entity.NotSelector, labels));
    }

    /// <summary>Whether only what has labels can match: in a NetworkPolicy any selector limits an end to a namespace.</summary>
    private static bool NamesThings(CalicoPolicy policy, CalicoEntity entity) =>
        !string.IsNullOrEmpty(entity.Selector) || !string.IsNullOrEmpty(entity.NamespaceSelector) || entity.ServiceAccounts is not null
        || (policy.Metadata.Namespace is not null && !string.IsNullOrEmpty(entity.NotSelector));

    private static bool IsNamed(CalicoPolicy policy, CalicoEntity entity, Func<string, string?> labels)
    {
        if (policy.Metadata.Namespace is { } ns && string.IsNullOrEmpty(entity.NamespaceSelector) && labels("projectcalico.org/namespace") != ns)
            return false;
        if (entity.ServiceAccounts is { } accounts)
        {
            if (accounts.Names.Count > 0 && !accounts.Names.Contains(labels("projectcalico.org/serviceaccount") ?? ""))
                return false;
            if (!string.IsNullOrEmpty(accounts.Selector) && !Holds(accounts.Selector, key => labels("pcsa." + key)))
                return false;
        }

        return Holds(entity.Selector, labels)
            && HoldsOfNamespace(entity.NamespaceSelector, labels)
            && (string.IsNullOrEmpty(entity.NotSelector) || !Holds(entity.NotSelector, labels));
    }

    private bool IsPort(CalicoPolicy policy, CalicoRule rule, OracleEndpoint destination, OracleTraffic traffic)
    {
        var entity = rule.Destination;
        bool IsAt(CalicoPort port) => port.Name is { } name
            ? destination.IsSelectable
                && destination.Ports.Any(given => given.Name == name && given.Protocol == traffic.Protocol && given.Number == traffic.Port)
                && (!NamesThings(policy, entity) || IsNamed(policy, entity, LabelsOf(destination)))
            : traffic.Protocol is not null && port.First <= traffic.Port && traffic.Port <= port.Last;
        return (entity.Ports.Count == 0 || entity.Ports.Any(IsAt)) && !entity.NotPorts.Any(IsAt);
    }

    /// <summary>The labels of everything that has the address of an end: the pod, and the sets and host endpoints that cover it.</summary>
    private IEnumerable<Func<string, string?>> Things(OracleEndpoint end)
    {
        var covering = _sets.Where(set => set.Ranges.Any(range => range.Contains(end.Addresses[0]))).Select(static set => set.Labels);
        return end.IsSelectable ? covering.Prepend(LabelsOf(end)) : covering;
    }

    private Func<string, string?> LabelsOf(OracleEndpoint end)
    {
        var labels = end.Labels.Pairs.ToDictionary(static pair => pair.Key, static pair => pair.Value);
        AddOfNamespace(snapshot, labels, end.Namespace!);
        labels["projectcalico.org/orchestrator"] = "k8s";
        labels["projectcalico.org/serviceaccount"] = end.ServiceAccount;
        labels["pcsa.projectcalico.org/name"] = end.ServiceAccount;
        var account = snapshot.ServiceAccounts.Single(found => found.Name == end.ServiceAccount && found.Metadata.Namespace == end.Namespace);
        foreach (var (key, value) in account.Metadata.Labels.Pairs)
            labels["pcsa." + key] = value;
        return key => labels.GetValueOrDefault(key);
    }

    private static Func<string, string?> LabelsOf(ClusterSnapshot snapshot, ObjectMetadata metadata)
    {
        var labels = metadata.Labels.Pairs.ToDictionary(static pair => pair.Key, static pair => pair.Value);
        if (metadata.Namespace is { } ns)
            AddOfNamespace(snapshot, labels, ns);
        return key => labels.GetValueOrDefault(key);
    }

    private static void AddOfNamespace(ClusterSnapshot snapshot, Dictionary<string, string> labels, string ns)
    {
        foreach (var (key, value) in snapshot.Namespaces.Single(found => found.Name == ns).Metadata.Labels.Pairs)
            labels["pcns." + key] = value;
        labels["pcns.projectcalico.org/name"] = ns;
        labels["projectcalico.org/namespace"] = ns;
    }

    private static bool Holds(string? selector, Func<string, string?> labels) => CalicoSelector.Parse(selector).Matches(labels);

    private static bool HoldsOfNamespace(string? selector, Func<string, string?> labels) => selector switch
    {
        null or "" => true,
        "all()" => labels("projectcalico.org/namespace") is not null,
        "global()" => labels("projectcalico.org/namespace") is null,
        _ => Holds(selector, key => labels("pcns." + key)),
    };

    private static AddressRange RangeOf(string written) => AddressRange.TryParseCidr(written, out var range, out _, out _)
        ? range
        : AddressRange.Of(NetAddress.Parse(written));

    private Asked Of(NetworkPolicy policy) => new(
        KubernetesOrder,
        $"{policy.Name}/{policy.Namespace}/KubernetesNetworkPolicy",
        end => end.IsSelectable && end.Namespace == policy.Namespace && policy.PodSelector.Matches(end.Labels),
        policy.Isolates,
        (direction, source, destination, traffic) => policy.Rules(direction)
            .Any(rule => Matches(policy, rule, direction == PolicyDirection.Ingress ? source : destination, destination, traffic)) ? "Allow" : null);

    private bool Matches(NetworkPolicy policy, NetworkPolicyRule rule, OracleEndpoint peer, OracleEndpoint destination, OracleTraffic traffic) =>
        (rule.Peers is not { Count: > 0 } peers || peers.Any(given => IsPeer(policy, given, peer)))
        && (rule.Ports is not { Count: > 0 } ports || ports.Any(port => IsPort(port, destination, traffic)));

    private bool IsPeer(NetworkPolicy policy, NetworkPolicyPeer given, OracleEndpoint peer)
    {
        if (given.IPBlock is { } block)
            return RangeOf(block.Cidr).Contains(peer.Addresses[0]) && !block.Except.Any(hole => RangeOf(hole).Contains(peer.Addresses[0]));
        if (!peer.IsSelectable)
            return false;
        var isInNamespace = given.NamespaceSelector is { } namespaces
            ? namespaces.Matches(snapshot.Namespaces.Single(ns => ns.Name == peer.Namespace).Metadata.Labels)
            : peer.Namespace == policy.Namespace;
        return isInNamespace && given.PodSelector?.Matches(peer.Labels) != false;
    }

    private static bool IsPort(NetworkPolicyPort port, OracleEndpoint destination, OracleTraffic traffic) =>
        (port.Protocol ?? "TCP") == traffic.Protocol?.ToString() && (port.Port is not { } given
            || (given.Name is { } name
                ? destination.IsSelectable
                    && destination.Ports.Any(known => known.Name == name && known.Protocol == traffic.Protocol && known.Number == traffic.Port)
                : given.Number <= traffic.Port && traffic.Port <= (port.EndPort ?? given.Number)));
}
