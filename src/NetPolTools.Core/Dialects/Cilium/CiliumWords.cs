using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using NetPolTools.Sets;

namespace NetPolTools.Dialects.Cilium;

/// <summary>A protocol of a port (pkg/policy/api/l4.go).</summary>
/// <param name="Name">As written.</param>
/// <param name="Number">Of the IP protocol; null for TCP, UDP and SCTP together.</param>
/// <param name="IsExtended">Whether it needs <c>enable-extended-ip-protocols</c>, and has no ports.</param>
internal sealed record CiliumProtocol(string Name, int? Number, bool IsExtended)
{
    private static readonly ImmutableArray<CiliumProtocol> All =
    [
        new("ANY", null, false), new("TCP", 6, false), new("UDP", 17, false), new("SCTP", 132, false),
        new("VRRP", 112, true), new("IGMP", 2, true), new("GRE", 47, true), new("IPIP", 4, true), new("IPV6", 41, true), new("ESP", 50, true),
        new("AH", 51, true),
    ];

    public static IEnumerable<string> Names => All.Select(static protocol => protocol.Name);

    /// <summary>Null for a word that is none; absent and empty are ANY.</summary>
    public static CiliumProtocol? Of(string? word)
    {
        if (string.IsNullOrEmpty(word))
            return All[0];
        foreach (var protocol in All)
        {
            if (protocol.Name == word)
                return protocol;
        }

        return null;
    }

    /// <summary>The protocols with ports that it stands for; none for an extended one.</summary>
    public ImmutableArray<Protocol> WithPorts { get; } = IsExtended ? [] : Name == "ANY" ? [.. Protocols.WithPorts] : [Enum.Parse<Protocol>(Name)];
}

/// <summary>The text of a port: a number, or a name of IANA's form.</summary>
internal static partial class CiliumPortNumber
{
    private const int LongestName = 15;
    private const int Octal = 8;

    public static bool IsName(string text) => text.Length is > 0 and <= LongestName && NamePattern().IsMatch(text);

    /// <summary>As Go reads numbers: with a zero in front they are octal. Null for what is no port.</summary>
    public static int? Parse(string text)
    {
        if (text.Length > 1 && text[0] == '0' && text.All(static c => c is >= '0' and <= '7'))
        {
            var value = text.Aggregate(0L, static (sum, digit) => Math.Min((sum * Octal) + (digit - '0'), int.MaxValue));
            return value <= PortSet.MaxPort ? (int)value : null;
        }

        return text is not ['0', _, ..] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= PortSet.MaxPort
            ? number
            : null;
    }

    [GeneratedRegex("^([a-zA-Z0-9]-?)*[a-zA-Z](-?[a-zA-Z0-9])*$", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}

/// <summary>The names that types of ICMP messages have (pkg/policy/api/icmp.go).</summary>
internal static class CiliumIcmpTypes
{
    private static readonly ImmutableDictionary<string, int> IPv4 = new Dictionary<string, int>
    {
        ["EchoReply"] = 0,
        ["DestinationUnreachable"] = 3,
        ["Redirect"] = 5,
        ["Echo"] = 8,
        ["EchoRequest"] = 8,
        ["RouterAdvertisement"] = 9,
        ["RouterSelection"] = 10,
        ["TimeExceeded"] = 11,
        ["ParameterProblem"] = 12,
        ["Timestamp"] = 13,
        ["TimestampReply"] = 14,
        ["Photuris"] = 40,
        ["ExtendedEchoRequest"] = 42,
        ["ExtendedEchoReply"] = 43,
    }.ToImmutableDictionary();

    private static readonly ImmutableDictionary<string, int> IPv6 = new Dictionary<string, int>
    {
        ["DestinationUnreachable"] = 1,
        ["PacketTooBig"] = 2,
        ["TimeExceeded"] = 3,
        ["ParameterProblem"] = 4,
        ["EchoRequest"] = 128,
        ["EchoReply"] = 129,
        ["MulticastListenerQuery"] = 130,
        ["MulticastListenerReport"] = 131,
        ["MulticastListenerDone"] = 132,
        ["RouterSolicitation"] = 133,
        ["RouterAdvertisement"] = 134,
        ["NeighborSolicitation"] = 135,
        ["NeighborAdvertisement"] = 136,
        ["RedirectMessage"] = 137,
        ["RouterRenumbering"] = 138,
        ["ICMPNodeInformationQuery"] = 139,
        ["ICMPNodeInformationResponse"] = 140,
        ["InverseNeighborDiscoverySolicitation"] = 141,
        ["InverseNeighborDiscoveryAdvertisement"] = 142,
        ["HomeAgentAddressDiscoveryRequest"] = 144,
        ["HomeAgentAddressDiscoveryReply"] = 145,
        ["MobilePrefixSolicitation"] = 146,
        ["MobilePrefixAdvertisement"] = 147,
        ["DuplicateAddressRequestCodeSuffix"] = 157,
        ["DuplicateAddressConfirmationCodeSuffix"] = 158,
        ["ExtendedEchoRequest"] = 160,
        ["ExtendedEchoReply"] = 161,
    }.ToImmutableDictionary();

    public static AddressFamilyKind Family(CiliumIcmpField field) => field.Family == "IPv6" ? AddressFamilyKind.IPv6 : AddressFamilyKind.IPv4;

    /// <summary>0-255; null for what is no type of the family.</summary>
    public static int? Number(CiliumIcmpField field)
    {
        if (field.Type is not { } type)
            return null;
        if (type.Name is not { } name)
            return type.Number is >= 0 and <= byte.MaxValue ? type.Number : null;
        if (byte.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        return (Family(field) == AddressFamilyKind.IPv6 ? IPv6 : IPv4).TryGetValue(name, out var known) ? known : null;
    }
}

/// <summary>Blocks of addresses, read as strictly as Go's netip does, with a prefix.</summary>
internal static class CiliumCidr
{
    public static bool TryParse(string text, out AddressRange range)
    {
        range = default;
        var slash = text.IndexOf('/');
        if (slash < 0 || text.AsSpan(slash + 1) is ['0', _, ..])
            return false;
        if (!text.Contains(':') && HasZeroInFront(text.AsSpan(0, slash)))
            return false;
        return AddressRange.TryParseCidr(text, out range, out _, out _);
    }

    private static bool HasZeroInFront(ReadOnlySpan<char> address)
    {
        while (true)
        {
            var dot = address.IndexOf('.');
            if ((dot < 0 ? address : address[..dot]) is ['0', _, ..])
                return true;
            if (dot < 0)
                return false;
            address = address[(dot + 1)..];
        }
    }

    /// <exception cref="ArgumentException">Not a block: validation comes first.</exception>
    public static AddressRange Parse(string text) =>
        TryParse(text, out var range) ? range : throw new ArgumentException($"'{text}' is not a CIDR block.", nameof(text));
}
