using System.Buffers;
using System.Buffers.Binary;
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
/// <remarks>Kept in two halves: methods and lists of types with a field of 128 bits cannot be compiled ahead.</remarks>
public readonly record struct NetAddress : IComparable<NetAddress>
{
    // Of an IPv6 address with its last 32 bits as IPv4; leading zeros can make one of IPv4 longer still.
    private const int MaxLength = 45;

    public NetAddress(AddressFamilyKind family, UInt128 value)
        : this(family, (ulong)(value >> 64), (ulong)value)
    {
    }

    internal NetAddress(AddressFamilyKind family, ulong high, ulong low)
    {
        Family = family;
        High = high;
        Low = low;
    }

    public AddressFamilyKind Family { get; }

    public UInt128 Value => new(High, Low);

    /// <summary>The first address of a family.</summary>
    internal static NetAddress First(AddressFamilyKind family) => new(family, 0, 0);

    /// <summary>The last address of a family.</summary>
    internal static NetAddress Last(AddressFamilyKind family) =>
        family == AddressFamilyKind.IPv4 ? new(family, 0, uint.MaxValue) : new(family, ulong.MaxValue, ulong.MaxValue);

    /// <summary>The 64 bits above <see cref="Low"/>.</summary>
    internal ulong High { get; }

    /// <summary>The last 64 bits; all of an IPv4 address.</summary>
    internal ulong Low { get; }

    /// <summary>The address behind this one; of the last one of a family there is none.</summary>
    internal NetAddress Next() => new(Family, Low == ulong.MaxValue ? High + 1 : High, unchecked(Low + 1));

    /// <summary>The address before this one; of the first one of a family there is none.</summary>
    internal NetAddress Previous() => new(Family, Low == 0 ? High - 1 : High, unchecked(Low - 1));

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

        address = new NetAddress(AddressFamilyKind.IPv4, 0, value);
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

    public bool Equals(NetAddress other) => Family == other.Family && High == other.High && Low == other.Low;

    public override int GetHashCode() => HashCode.Combine((int)Family, High, Low);

    public int CompareTo(NetAddress other) =>
        Family != other.Family ? ((int)Family).CompareTo((int)other.Family)
            : High != other.High ? High.CompareTo(other.High)
            : Low.CompareTo(other.Low);

    public override string ToString()
    {
        if (Family == AddressFamilyKind.IPv4)
        {
            var v = (uint)Low;
            return string.Create(CultureInfo.InvariantCulture, $"{v >> 24}.{(v >> 16) & 255}.{(v >> 8) & 255}.{v & 255}");
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        return new IPAddress(bytes).ToString();
    }

    private static bool TryParseIPv6(ReadOnlySpan<char> text, out NetAddress address)
    {
        address = default;
        if (text.IndexOfAny("%[]/") >= 0 || !IPAddress.TryParse(text, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
            return false;

        Span<byte> bytes = stackalloc byte[16];
        parsed.TryWriteBytes(bytes, out _);
        var (high, low) = (BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        address = high == 0 && low >> 32 == 0xFFFF
            ? new NetAddress(AddressFamilyKind.IPv4, 0, (uint)low)
            : new NetAddress(AddressFamilyKind.IPv6, high, low);
        return true;
    }
}
