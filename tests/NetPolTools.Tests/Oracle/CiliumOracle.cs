using NetPolTools.Dialects.Cilium;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Oracle;

/// <summary>
/// Cilium's verdict on one pair of ends and one kind of traffic, from the objects as written: no sets, no tiers, no translation. Settings are the defaults.
/// </summary>
internal sealed class CiliumOracle(ClusterSnapshot snapshot)
{
    private const string NamespaceKey = "io.kubernetes.pod.namespace";
    private const string NamespaceLabels = "io.cilium.k8s.namespace.labels.";
    private const string ClusterKey = "io.cilium.k8s.policy.cluster";

    /// <summary>Null where the input does not tell.</summary>
    public bool? Allows(PolicyDirection direction, OracleEndpoint subject, OracleEndpoint peer, OracleTraffic traffic)
    {
        if (Identity(peer, subject) is not { } identity)
            return null;
        var own = Identity(subject, subject)!;
        var isIsolated = false;
        var isAllowed = false;
        foreach (var policy in snapshot.PolicyObjects.OfType<CiliumPolicy>())
        {
            foreach (var (_, rule) in policy.Rules())
            {
                if (!Selects(policy, rule.EndpointSelector!, own))
                    continue;
                isIsolated |= rule.DeniesByDefault(direction);
                if (rule.Entries(direction, denies: true).Any(entry => Matches(policy, entry, direction, identity, subject, peer, traffic)))
                    return false;
                isAllowed |= rule.Entries(direction, denies: false).Any(entry => Matches(policy, entry, direction, identity, subject, peer, traffic));
            }
        }

        foreach (var policy in snapshot.NetworkPolicies.Where(policy => policy.Namespace == subject.Namespace && policy.PodSelector.Matches(subject.Labels)))
        {
            isIsolated |= policy.Isolates(direction) || policy.Rules(direction).Count > 0;
            isAllowed |= policy.Rules(direction).Any(rule => Matches(policy, rule, direction, subject, peer, identity, traffic));
        }

        return isAllowed || !isIsolated;
    }

    /// <summary>Whether the peer is known to be the node that runs the subject, or on its network.</summary>
    public bool IsOwnNode(OracleEndpoint subject, OracleEndpoint peer) => Identity(peer, subject)?.ContainsKey("reserved:host") == true;

    /// <summary>The labels that rules see; null where it is a node and nobody knows which.</summary>
    private Dictionary<string, string>? Identity(OracleEndpoint end, OracleEndpoint subject)
    {
        if (end.IsSelectable)
        {
            var labels = end.Labels.Pairs.ToDictionary(static pair => "k8s:" + pair.Key, static pair => pair.Value);
            labels["k8s:" + NamespaceKey] = end.Namespace!;
            labels["k8s:" + ClusterKey] = "default";
            labels["k8s:io.cilium.k8s.policy.serviceaccount"] = end.ServiceAccount;
            foreach (var (key, value) in snapshot.Namespaces.Single(ns => ns.Name == end.Namespace).Metadata.Labels.Pairs)
                labels["k8s:" + NamespaceLabels + key] = value;
            return labels;
        }

        Node[] nodes = [.. snapshot.Nodes.Where(node => (end.IsHostNetwork && end.NodeName == node.Name) || node.Addresses.Intersect(end.Addresses).Any())];
        var isNode = end.IsHostNetwork || nodes.Length > 0 || snapshot.Pods.Any(pod => pod.HostAddresses.Intersect(end.Addresses).Any());
        if (!isNode)
        {
            var family = end.Addresses[0].Family == AddressFamilyKind.IPv4 ? "reserved:world-ipv4" : "reserved:world-ipv6";
            return new Dictionary<string, string> { ["reserved:world"] = "", [family] = "" };
        }

        var known = subject.NodeName is not null || subject.NodeAddresses.Count > 0;
        if (nodes.Length == 0 || !known)
            return null;
        var isOwn = nodes.Any(node => subject.NodeName is { } name ? name == node.Name : node.Addresses.Intersect(subject.NodeAddresses).Any());
        return new Dictionary<string, string> { [isOwn ? "reserved:host" : "reserved:remote-node"] = "" };
    }

    private static bool Selects(CiliumPolicy policy, LabelSelector selector, Dictionary<string, string> identity) =>
        (policy.IsClusterwide || identity["k8s:" + NamespaceKey] == policy.Metadata.Namespace) && Holds(selector, identity);

    private static bool Holds(LabelSelector selector, Dictionary<string, string> identity) =>
        selector.MatchLabels.All(label => Find(label.Key, identity) == label.Value)
        && selector.MatchExpressions.All(requirement => Find(requirement.Key, identity) is var found && requirement.Operator switch
        {
            "In" => found is not null && requirement.Values.Contains(found),
            "NotIn" => found is null || !requirement.Values.Contains(found),
            "Exists" => found is not null,
            _ => found is null,
        });

    private static string? Find(string key, Dictionary<string, string> identity)
    {
        var colon = key.IndexOf(':');
        if (colon < 0 || key.StartsWith("any:", StringComparison.Ordinal))
        {
            var name = key[(colon + 1)..];
            if (name == "pod-template-hash")
                return null;
            return identity.Where(label => label.Key[(label.Key.IndexOf(':') + 1)..] == name).Select(static label => label.Value).FirstOrDefault();
        }

        return identity.GetValueOrDefault(key);
    }

    private static bool Matches(
        CiliumPolicy policy,
        CiliumEntry entry,
        PolicyDirection direction,
        Dictionary<string, string> identity,
        OracleEndpoint subject,
        OracleEndpoint peer,
        OracleTraffic traffic)
    {
        var hasPorts = entry.Ports is { Count: > 0 } || entry.Icmps is { Count: > 0 };
        var named = entry.Endpoints is not null || entry.Entities is not null || entry.Cidrs is not null || entry.CidrSet is not null;
        if (named ? !IsPeer(policy, entry, identity, peer) : !hasPorts)
            return false;
        if (!hasPorts)
            return true;
        var destination = direction == PolicyDirection.Ingress ? subject : peer;
        return entry.Icmps is { Count: > 0 } icmps
            ? icmps.SelectMany(static rule => rule.Fields ?? []).Any(field => traffic == OracleTraffic.OfIcmp(
                field.Family == "IPv6" ? AddressFamilyKind.IPv6 : AddressFamilyKind.IPv4, field.Type!.Value.Number))
            : entry.Ports!.SelectMany(static rule => rule.Ports ?? []).Any(port => IsPort(port, destination, traffic));
    }

    private static bool IsPeer(CiliumPolicy policy, CiliumEntry entry, Dictionary<string, string> identity, OracleEndpoint peer)
    {
        var isWorld = identity.ContainsKey("reserved:world");
        return (entry.Endpoints ?? []).Any(selector => IsSelected(policy, selector, identity))
            || (entry.Entities ?? []).Any(entity => entity switch
            {
                "all" => true,
                "world" => isWorld,
                "cluster" => !isWorld,
                _ => identity.ContainsKey("reserved:" + entity),
            })
            || (entry.Cidrs ?? []).Any(cidr => isWorld && IsIn(cidr, peer))
            || (entry.CidrSet ?? []).Any(rule => isWorld && IsIn(rule.Cidr!, peer) && !(rule.Except ?? []).Any(hole => IsIn(hole, peer)));
    }

    private static bool IsIn(string cidr, OracleEndpoint peer) =>
        AddressRange.TryParseCidr(cidr, out var range, out _, out _) && range.Contains(peer.Addresses[0]);

    private static bool IsSelected(CiliumPolicy policy, LabelSelector selector, Dictionary<string, string> identity)
    {
        string[] keys =
        [
            .. selector.Keys.Select(static key =>
                key.Replace("k8s:", "", StringComparison.Ordinal).Replace("any:", "", StringComparison.Ordinal)),
        ];
        if (Array.Exists(keys, static key => key.StartsWith("reserved:", StringComparison.Ordinal)))
            return Holds(selector, identity);
        if (!keys.Contains(ClusterKey) && identity.GetValueOrDefault("k8s:" + ClusterKey) != "default")
            return false;
        var names = keys.Contains(NamespaceKey);
        if (policy.IsClusterwide && !names && !identity.ContainsKey("k8s:" + NamespaceKey))
            return false;
        var namesLabels = Array.Exists(keys, static key => key.StartsWith(NamespaceLabels, StringComparison.Ordinal));
        if (!policy.IsClusterwide && !names && !namesLabels && identity.GetValueOrDefault("k8s:" + NamespaceKey) != policy.Metadata.Namespace)
            return false;
        return Holds(selector, identity);
    }

    private static bool IsPort(CiliumPort port, OracleEndpoint destination, OracleTraffic traffic)
    {
        if (traffic.Protocol is not (Protocol.TCP or Protocol.UDP or Protocol.SCTP))
            return false;
        if (port.Protocol is not (null or "ANY") && port.Protocol != traffic.Protocol.ToString())
            return false;
        if (!int.TryParse(port.Port, out var first))
        {
            return destination.Ports.Any(given => string.Equals(given.Name, port.Port, StringComparison.OrdinalIgnoreCase)
                && given.Protocol == traffic.Protocol && given.Number == traffic.Port);
        }

        return first == 0 || (first <= traffic.Port && traffic.Port <= Math.Max(first, port.EndPort ?? first));
    }

    private bool Matches(
        NetworkPolicy policy,
        NetworkPolicyRule rule,
        PolicyDirection direction,
        OracleEndpoint subject,
        OracleEndpoint peer,
        Dictionary<string, string> identity,
        OracleTraffic traffic)
    {
        var peers = rule.Peers ?? [];
        if (peers.Count > 0 && !peers.Any(given => IsPeer(policy, given, peer, identity)))
            return false;
        if (rule.Ports is not { Count: > 0 })
            return true;
        var destination = direction == PolicyDirection.Ingress ? subject : peer;
        return rule.Ports.Any(port => (port.Protocol ?? "TCP") == traffic.Protocol.ToString() && (
            port.Port is not { } given
            || (given.Name is { } name
                ? destination.Ports.Any(known => known.Name == name && known.Protocol == traffic.Protocol && known.Number == traffic.Port)
                : given.Number <= traffic.Port && traffic.Port <= (port.EndPort ?? given.Number))));
    }

    private bool IsPeer(NetworkPolicy policy, NetworkPolicyPeer given, OracleEndpoint peer, Dictionary<string, string> identity)
    {
        if (given.IPBlock is { } block)
            return identity.ContainsKey("reserved:world") && IsIn(block.Cidr, peer) && !block.Except.Any(hole => IsIn(hole, peer));
        if (!peer.IsSelectable)
            return false;
        var isInNamespace = given.NamespaceSelector is { } namespaces
            ? namespaces.Matches(snapshot.Namespaces.Single(ns => ns.Name == peer.Namespace).Metadata.Labels)
            : peer.Namespace == policy.Namespace;
        return isInNamespace && given.PodSelector?.Matches(peer.Labels) != false;
    }
}
