using System.Collections.Immutable;
using NetPolTools.Sets;

namespace NetPolTools.Policies;

/// <summary>
/// Kinds of traffic as a rule describes them: a protocol, with ports of the destination where it has ports. Closed: the nested records are all there are.
/// </summary>
public abstract record PortTerm
{
    /// <summary>All traffic: every port, and ICMP and every other protocol too.</summary>
    public static readonly PortTerm Everything = new AllOf([]);

    /// <summary>No traffic at all.</summary>
    public static readonly PortTerm Nothing = new AnyOf([]);

    private PortTerm()
    {
    }

    /// <summary>Every port of a protocol.</summary>
    public static PortTerm Every(Protocol protocol) => new Range(protocol, PortSet.MinPort, PortSet.MaxPort);

    /// <summary>Ports from <paramref name="First"/> to <paramref name="Last"/>, both inclusive, within 1-65535; nothing where it ends before it
    /// begins.</summary>
    public sealed record Range(Protocol Protocol, int First, int Last) : PortTerm;

    /// <summary>
    /// The numbers that this name has among the container ports of the destination pod. What is no pod, and a pod without such a port, has none.
    /// </summary>
    /// <param name="Name">Compared ordinally.</param>
    /// <param name="Protocol">The port must have it; null for any.</param>
    public sealed record Named(string Name, Protocol? Protocol) : PortTerm;

    /// <summary>ICMP messages.</summary>
    /// <param name="Family">IPv4 for ICMP, IPv6 for ICMPv6.</param>
    /// <param name="Type">0-255; null for all.</param>
    /// <param name="Code">0-255; null for all. Answers go by type: with a code, whether a message of the type matches cannot be told.</param>
    public sealed record Icmp(AddressFamilyKind Family, int? Type = null, int? Code = null) : PortTerm;

    /// <summary>A protocol by its IP protocol number, 1-255; those of TCP, UDP, SCTP, ICMP and ICMPv6 mean all of them.</summary>
    public sealed record ProtocolNumber(int Number) : PortTerm;

    /// <summary>In every part; without parts everything.</summary>
    public sealed record AllOf(ImmutableArray<PortTerm> Parts) : PortTerm;

    /// <summary>In some part; without parts nothing.</summary>
    public sealed record AnyOf(ImmutableArray<PortTerm> Parts) : PortTerm;

    /// <summary>All traffic that is not in the part.</summary>
    public sealed record Not(PortTerm Part) : PortTerm;
}
