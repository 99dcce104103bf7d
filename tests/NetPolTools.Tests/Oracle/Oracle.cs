using System.Net;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Oracle;

/// <summary>
/// A slow and obvious evaluator, one pair and one port at a time, to hold the engine against. It shares no set, index or class with it.
/// Quoted are the API reference and the documentation of Kubernetes. The same selector, block and pod are compared for thousands of pairs: what came of
/// it is remembered.
/// </summary>
internal sealed class Oracle(ClusterSnapshot snapshot, bool ipBlockMatchesPods)
{
    private readonly Dictionary<(LabelSelector, LabelSet), bool> _matches = [];
    private readonly Dictionary<(string Cidr, NetAddress), bool> _isIn = [];
    private readonly Dictionary<(PolicyDirection, OracleEndpoint), List<NetworkPolicy>> _isolating = [];

    /// <summary>What policies say of two different endpoints; an endpoint and itself stand for two replicas of it.</summary>
    public OracleAnswer Ask(OracleEndpoint source, OracleEndpoint destination) => new()
    {
        Egress = Grants(PolicyDirection.Egress, source, destination),
        Ingress = Grants(PolicyDirection.Ingress, destination, source),
        IsNodeAndItsPod = IsNodeOf(source, destination),
    };

    /// <summary>What the policies that isolate the subject grant it with a peer; null where none isolates it.</summary>
    private List<PortGrant>? Grants(PolicyDirection direction, OracleEndpoint subject, OracleEndpoint peer)
    {
        if (!_isolating.TryGetValue((direction, subject), out var isolating))
        {
            isolating = [.. snapshot.NetworkPolicies.Where(policy => Isolates(policy, direction) && Selects(policy, subject))];
            _isolating.Add((direction, subject), isolating);
        }

        if (isolating.Count == 0)
            return null;

        // "Network policies do not conflict; they are additive."
        var grants = new List<PortGrant>();
        foreach (var policy in isolating)
        {
            foreach (var rule in (direction == PolicyDirection.Ingress ? policy.Ingress : policy.Egress) ?? [])
            {
                // Port names are looked up on the destination, for ingress and egress alike.
                var names = direction == PolicyDirection.Ingress ? subject.Ports : peer.Ports;

                // "If this field is empty or missing, this rule matches all sources" (destinations).
                if (rule.Peers is not { Count: > 0 })
                    grants.Add(new PortGrant(rule.Ports, names));
                foreach (var item in rule.Peers ?? [])
                {
                    // Towards an ipBlock a port name resolves to nothing.
                    var namesBehind = direction == PolicyDirection.Egress && item.IPBlock is not null ? [] : names;
                    if (Matches(policy, item, peer))
                        grants.Add(new PortGrant(rule.Ports, namesBehind));
                }
            }
        }

        return grants;
    }

    /// <summary>Without policyTypes, ingress always and egress where there are egress rules.</summary>
    private static bool Isolates(NetworkPolicy policy, PolicyDirection direction)
    {
        if (policy.PolicyTypes is null || policy.PolicyTypes.Count == 0)
            return direction == PolicyDirection.Ingress || (policy.Egress is not null && policy.Egress.Count > 0);
        return policy.PolicyTypes.Contains(direction.ToString());
    }

    private bool Selects(NetworkPolicy policy, OracleEndpoint endpoint) =>
        endpoint.IsSelectable && endpoint.Namespace == policy.Metadata.Namespace && Matches(policy.PodSelector, endpoint.Labels);

    private bool Matches(NetworkPolicy policy, NetworkPolicyPeer item, OracleEndpoint peer)
    {
        if (item.IPBlock is { } block)
            return (!peer.IsSelectable || ipBlockMatchesPods) && peer.Addresses.Any(address => IsIn(block, address));
        if (!peer.IsSelectable)
            return false;

        // A podSelector alone looks at the policy's own namespace; beside a namespaceSelector, both must hold.
        var rightNamespace = item.NamespaceSelector is null
            ? peer.Namespace == policy.Metadata.Namespace
            : Matches(item.NamespaceSelector, snapshot.Namespaces.Single(ns => ns.Name == peer.Namespace).Metadata.Labels);
        return rightNamespace && (item.PodSelector is null || Matches(item.PodSelector, peer.Labels));
    }

    private bool IsIn(IPBlock block, NetAddress address) =>
        IsIn(block.Cidr, address) && !block.Except.Any(except => IsIn(except, address));

    private bool IsIn(string cidr, NetAddress address)
    {
        if (!_isIn.TryGetValue((cidr, address), out var isIn))
            _isIn.Add((cidr, address), isIn = HasPrefix(cidr, address));
        return isIn;
    }

    private static bool HasPrefix(string cidr, NetAddress address)
    {
        var slash = cidr.IndexOf('/');
        var network = IPAddress.Parse(cidr[..slash]).GetAddressBytes();
        var bytes = IPAddress.Parse(address.ToString()).GetAddressBytes();
        if (network.Length != bytes.Length)
            return false;
        var length = int.Parse(cidr[(slash + 1)..]);
        for (var bit = 0; bit < length; bit++)
        {
            var mask = 0x80 >> (bit % 8);
            if ((network[bit / 8] & mask) != (bytes[bit / 8] & mask))
                return false;
        }

        return true;
    }

    private bool Matches(LabelSelector selector, LabelSet labels)
    {
        if (!_matches.TryGetValue((selector, labels), out var matches))
            _matches.Add((selector, labels), matches = HaveAllOf(selector, labels));
        return matches;
    }

    private static bool HaveAllOf(LabelSelector selector, LabelSet labels)
    {
        var actual = labels.ToDictionary(static label => label.Key, static label => label.Value);
        return selector.MatchLabels.All(wanted => actual.TryGetValue(wanted.Key, out var value) && value == wanted.Value)
            && selector.MatchExpressions.All(expression => Matches(expression, actual));
    }

    private static bool Matches(LabelSelectorRequirement expression, Dictionary<string, string> labels) => expression.Operator switch
    {
        "In" => labels.ContainsKey(expression.Key) && expression.Values.Contains(labels[expression.Key]),
        "NotIn" => !labels.ContainsKey(expression.Key) || !expression.Values.Contains(labels[expression.Key]),
        "Exists" => labels.ContainsKey(expression.Key),
        "DoesNotExist" => !labels.ContainsKey(expression.Key),
        _ => throw new ArgumentException(expression.Operator),
    };

    /// <summary>Whether one is the node that runs the other: the node's address itself, or a hostNetwork pod that speaks with it.</summary>
    private static bool IsNodeOf(OracleEndpoint node, OracleEndpoint pod)
    {
        if (node.IsOutside)
            return pod.NodeAddresses.Contains(node.Addresses[0]);
        if (!node.IsHostNetwork)
            return false;
        return node.NodeName is not null && pod.NodeName is not null
            ? node.NodeName == pod.NodeName
            : node.NodeAddresses.Intersect(pod.NodeAddresses).Any();
    }
}
