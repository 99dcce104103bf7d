using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NetPolTools.Sets;

public enum AddressFamilyKind
{
    IPv4,
    IPv6,
}

/// <summary>An IPv4 or IPv6 address as an integer: 32 bits or 128. An IPv4-mapped IPv6 address is the IPv4 address, as in Go's net package.</summary>
public readonly record struct NetAddress(AddressFamilyKind Family, UInt128 Value) : IComparable<NetAddress>
{
    // Of an IPv6 address with its last 32 bits as IPv4; leading zeros can make one of IPv4 longer still.
    private const int MaxLength = 45;

    public static UInt128 MaxValue(AddressFamilyKind family) => family == AddressFamilyKind.IPv4 ? uint.MaxValue : UInt128.MaxValue;

    public static int Bits(AddressFamilyKind family) => family == AddressFamilyKind.IPv4 ? 32 : 128;

    /// <summary>
    /// Reads an address as the API server's tolerant parser does: four decimal parts, leading zeros without meaning; or IPv6 without a zone.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out NetAddress address)
    {
        if (text.Contains(':'))
            return TryParseIPv6(text, out address);

        address = default;
        uint value = 0;
        for (var part = 0; part < 4; part++)
        {
            var end = part < 3 ? text.IndexOf('.') : text.Length;
            if (end <= 0 || !uint.TryParse(text[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 255)
                return false;
            value = (value << 8) | number;
            text = part < 3 ? text[(end + 1)..] : [];
        }

        address = new NetAddress(AddressFamilyKind.IPv4, value);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out NetAddress)"/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out NetAddress address)
    {
        Span<char> text = stackalloc char[MaxLength];
        if (utf8.Length <= MaxLength && Ascii.ToUtf16(utf8, text, out var length) == OperationStatus.Done)
            return TryParse(text[..length], out address);
        address = default;
        return false;
    }

    /// <exception cref="FormatException">Not an address.</exception>
    public static NetAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an IP address.");

    public int CompareTo(NetAddress other) => Family != other.Family ? Family.CompareTo(other.Family) : Value.CompareTo(other.Value);

    public override string ToString()
    {
        if (Family == AddressFamilyKind.IPv4)
        {
            var v = (uint)Value;
            return string.Create(CultureInfo.InvariantCulture, $"{v >> 24}.{(v >> 16) & 255}.{(v >> 8) & 255}.{v & 255}");
        }

        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < 16; i++)
            bytes[i] = (byte)(Value >> (120 - (8 * i)));
        return new IPAddress(bytes).ToString();
    }

    private static bool TryParseIPv6(ReadOnlySpan<char> text, out NetAddress address)
    {
        address = default;
        if (text.IndexOfAny("%[]/") >= 0 || !IPAddress.TryParse(text, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
            return false;

        Span<byte> bytes = stackalloc byte[16];
        parsed.TryWriteBytes(bytes, out _);
        UInt128 value = 0;
        foreach (var b in bytes)
            value = (value << 8) | b;
        address = value >> 32 == 0xFFFF
            ? new NetAddress(AddressFamilyKind.IPv4, (uint)value)
            : new NetAddress(AddressFamilyKind.IPv6, value);
        return true;
    }
}
