using System.Collections.Immutable;

namespace NetPolTools.Sets;

/// <summary>Kinds of traffic by their protocol. NetworkPolicies and Services name the first three alone, which have ports.</summary>
public enum Protocol
{
    TCP,
    UDP,
    SCTP,

    /// <summary>Messages of ICMP, and of ICMPv6 for IPv6: a ping, for example.</summary>
    ICMP,

    /// <summary>Every protocol that is none of these.</summary>
    Other,
}

/// <summary>What there is to know of protocols.</summary>
public static class Protocols
{
    /// <summary>Those that have ports, and that NetworkPolicies and Services can name.</summary>
    public static ImmutableArray<Protocol> WithPorts { get; } = [Protocol.TCP, Protocol.UDP, Protocol.SCTP];
}
