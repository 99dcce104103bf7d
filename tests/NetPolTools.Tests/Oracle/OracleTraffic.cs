using NetPolTools.Sets;

namespace NetPolTools.Tests.Oracle;

/// <summary>One kind of traffic to ask the oracle about: a port of a protocol, an ICMP message or a protocol without ports.</summary>
/// <param name="Protocol">Null for what has no ports.</param>
/// <param name="Port">1-65535; of what has no ports nothing.</param>
internal sealed record OracleTraffic(Protocol? Protocol, int Port)
{
    private const int IcmpNumber = 1;
    private const int IcmpV6Number = 58;

    /// <summary>IPv4 for ICMP, IPv6 for ICMPv6, null for anything else.</summary>
    public AddressFamilyKind? Icmp { get; private init; }

    public int IcmpType { get; private init; }

    /// <summary>Null asks about any message of the type.</summary>
    public int? IcmpCode { get; private init; }

    /// <summary>The IP protocol number.</summary>
    public int Number { get; private init; } = NumberOf(Protocol);

    public static OracleTraffic OfIcmp(AddressFamilyKind family, int type, int? code = null) => new(null, 0)
    {
        Icmp = family,
        IcmpType = type,
        IcmpCode = code,
        Number = family == AddressFamilyKind.IPv4 ? IcmpNumber : IcmpV6Number,
    };

    public static OracleTraffic OfProtocol(int number) => new(null, 0) { Number = number };

    private static int NumberOf(Protocol? protocol) => protocol is { } known ? NumberOf(known.ToString()) : 0;

    private static int NumberOf(string protocol) => protocol switch { "TCP" => 6, "UDP" => 17, _ => 132 };
}
