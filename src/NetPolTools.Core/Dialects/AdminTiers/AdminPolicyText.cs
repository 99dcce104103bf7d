using System.Globalization;
using NetPolTools.Sets;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>Parts of an admin policy in words.</summary>
public static class AdminPolicyText
{
    /// <summary><c>pods with app=web of every namespace</c>; whom the policy is about.</summary>
    public static string Subject(AdminPolicy policy) => policy.Subject is { } subject ? AdminTranslator.Subjects(subject).ToString() : "nobody";

    /// <summary><c>addresses of 10.0.0.0/8</c>.</summary>
    public static string Peer(AdminPeer peer) =>
        peer.IsUnknown ? $"a peer that is not known{(peer.Unknown is null ? "" : $" ({peer.Unknown})")}" : AdminTranslator.Peer(peer).ToString()!;

    /// <summary>Any of the peers, on any of the ports.</summary>
    public static string Rule(AdminRule rule) => $"{rule.Action} {string.Join(" or ", (rule.Peers ?? []).Select(Peer))} on {Ports(rule)}";

    /// <summary><c>80/TCP, 8000-8100/TCP, http</c>, and <c>UDP</c> for every port of it.</summary>
    public static string Ports(AdminRule rule) => rule.Ports is { Count: > 0 } ports ? string.Join(", ", ports.Select(Port)) : "everything";

    public static string Port(AdminPort port)
    {
        if (port.PortName is { } name)
            return name;
        if (port.PortNumber is { } number)
            return $"{Number(number.Port)}/{number.Protocol ?? "TCP"}";
        if (port.PortRange is { } range)
            return $"{Number(range.Start)}-{Number(range.End)}/{range.Protocol ?? "TCP"}";
        return port.Protocols.Count == 0 ? $"a port that is not known{(port.Unknown is null ? "" : $" ({port.Unknown})")}"
            : string.Join(", ", port.Protocols.Select(Protocol));
    }

    internal static string Range(AdminPortRange range) =>
        $"{Number(range.Start)}-{Number(range.End)}{(range.Protocol is null ? "" : "/" + range.Protocol)}";

    private static string Protocol(AdminProtocol protocol)
    {
        var name = protocol.Name.ToUpperInvariant();
        return protocol.DestinationPort switch
        {
            { Number: { } number } => $"{Number(number)}/{name}",
            { Range: { } range } when (range.Start, range.End) == (PortSet.MinPort, PortSet.MaxPort) => name,
            { Range: { } range } => $"{Range(range)}/{name}",
            _ => name,
        };
    }

    internal static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
