using System.Globalization;

namespace NetPolTools.Sets;

/// <summary>Addresses of one family from <see cref="First"/> to <see cref="Last"/>, both inclusive.</summary>
public readonly record struct AddressRange(AddressFamilyKind Family, UInt128 First, UInt128 Last) : IComparable<AddressRange>
{
    public static readonly AddressRange AllIPv4 = new(AddressFamilyKind.IPv4, 0, uint.MaxValue);
    public static readonly AddressRange AllIPv6 = new(AddressFamilyKind.IPv6, 0, UInt128.MaxValue);

    public static AddressRange Of(NetAddress address) => new(address.Family, address.Value, address.Value);

    /// <summary>
    /// Reads <c>10.0.0.0/8</c> or <c>2001:db8::/32</c>. Bits below the mask are dropped; <paramref name="hostBits"/> tells whether there were any.
    /// </summary>
    public static bool TryParseCidr(ReadOnlySpan<char> text, out AddressRange range, out int prefixLength, out bool hostBits)
    {
        range = default;
        prefixLength = 0;
        hostBits = false;
        var slash = text.IndexOf('/');
        if (slash < 0
            || !NetAddress.TryParse(text[..slash], out var address)
            || !int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out prefixLength))
        {
            return false;
        }

        // An IPv4-mapped IPv6 block counts its prefix in 128 bits, and one shorter than 96 holds more than mapped addresses.
        if (address.Family == AddressFamilyKind.IPv4 && text[..slash].Contains(':'))
        {
            if (prefixLength >= 96)
                prefixLength -= 96;
            else
                address = new NetAddress(AddressFamilyKind.IPv6, ((UInt128)0xFFFF << 32) | address.Value);
        }

        var bits = NetAddress.Bits(address.Family);
        if (prefixLength < 0 || prefixLength > bits)
            return false;

        var hostMask = prefixLength == 0 ? NetAddress.MaxValue(address.Family) : (UInt128.One << (bits - prefixLength)) - 1;
        hostBits = (address.Value & hostMask) != 0;
        range = new AddressRange(address.Family, address.Value & ~hostMask, address.Value | hostMask);
        return true;
    }

    /// <summary>Reads what <see cref="ToString"/> and <see cref="ToCidrOrRange"/> write: an address, a block or <c>10.0.0.0-10.0.0.9</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AddressRange range)
    {
        if (TryParseCidr(text, out range, out _, out _))
            return true;
        var dash = text.IndexOf('-');
        if (!NetAddress.TryParse(dash < 0 ? text : text[..dash], out var first)
            || !NetAddress.TryParse(dash < 0 ? text : text[(dash + 1)..], out var last)
            || first.Family != last.Family || last.Value < first.Value)
        {
            return false;
        }

        range = new AddressRange(first.Family, first.Value, last.Value);
        return true;
    }

    public bool Contains(NetAddress address) => address.Family == Family && address.Value >= First && address.Value <= Last;

    public bool Contains(AddressRange other) => other.Family == Family && other.First >= First && other.Last <= Last;

    public bool Overlaps(AddressRange other) => other.Family == Family && other.First <= Last && other.Last >= First;

    /// <summary>Whether another range begins with the address behind the last of this one.</summary>
    public bool IsFollowedBy(AddressRange other) => other.Family == Family && other.First != 0 && other.First - 1 == Last;

    public int CompareTo(AddressRange other) =>
        Family != other.Family ? Family.CompareTo(other.Family) : First != other.First ? First.CompareTo(other.First) : Last.CompareTo(other.Last);

    /// <summary><c>10.0.0.0-10.255.255.255</c>; a single address stands alone.</summary>
    public override string ToString() =>
        First == Last ? new NetAddress(Family, First).ToString() : $"{new NetAddress(Family, First)}-{new NetAddress(Family, Last)}";

    /// <summary><c>10.0.0.0/8</c> where the range is one CIDR block, otherwise as <see cref="ToString"/>.</summary>
    public string ToCidrOrRange()
    {
        var size = Last - First;
        var isBlock = (size & (size + 1)) == 0 && (First & size) == 0;
        return isBlock && First != Last ? ToCidr() : ToString();
    }

    /// <summary><c>10.0.0.0/8</c>, or <c>10.0.0.1/32</c> of a single address; of a range that is one CIDR block.</summary>
    public string ToCidr() => $"{new NetAddress(Family, First)}/{NetAddress.Bits(Family) - (int)UInt128.PopCount(Last - First)}";
}
