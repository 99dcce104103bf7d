using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.ClusterPolicies;

/// <summary>Ports of NetworkPolicies as rules of the admin tiers write them.</summary>
public static class ClusterPolicyPorts
{
    /// <summary>Null for everything, ICMP and its like too, which a rule says by naming no port.</summary>
    /// <param name="kind">The kind of the policy.</param>
    /// <param name="ports">
    /// As in a NetworkPolicy. A name there goes with a protocol, TCP unless another is said; here it stands for every container port of that name.
    /// </param>
    public static IReadOnlyList<AdminPort>? Of(AdminPolicyKind kind, IReadOnlyList<NetworkPolicyPort>? ports) =>
        ports is { Count: > 0 } ? [.. ports.Select(port => Of(kind, port))] : null;

    private static AdminPort Of(AdminPolicyKind kind, NetworkPolicyPort port)
    {
        if (port.Port is { Name: { } name })
            return new AdminPort { PortName = name };
        var protocol = port.Protocol ?? "TCP";
        var (first, last) = port.Port is { } number ? (number.Number, port.EndPort ?? number.Number) : (PortSet.MinPort, PortSet.MaxPort);
        if (!kind.HasProtocols)
        {
            return first == last
                ? new AdminPort { PortNumber = new AdminPortNumber(protocol, first) }
                : new AdminPort { PortRange = new AdminPortRange(protocol, first, last) };
        }

        return Destination(protocol, first, last);
    }

    /// <summary>Ports of a protocol, both inclusive, as a ClusterNetworkPolicy has them.</summary>
    internal static AdminPort Destination(string protocol, int first, int last) => new()
    {
        Protocols =
        [
            new AdminProtocol(
                protocol.ToLowerInvariant(),
                first == last ? new AdminDestinationPort(first, null) : new AdminDestinationPort(null, new AdminPortRange(null, first, last))),
        ],
    };
}
