using System.Globalization;
using System.Numerics;

namespace NetPolTools.Sets;

/// <summary>Addresses of one family from <see cref="First"/> to <see cref="Last"/>, both inclusive.</summary>
public readonly record struct AddressRange : IComparable<AddressRange>
{
    public static readonly AddressRange AllIPv4 = All(AddressFamilyKind.IPv4);
    public static readonly AddressRange AllIPv6 = All(AddressFamilyKind.IPv6);

    public AddressRange(AddressFamilyKind family, UInt128 first, UInt128 last)
        : this(new NetAddress(family, first), new NetAddress(family, last))
    {
    }

    /// <summary>Of two addresses of one family.</summary>
    internal AddressRange(NetAddress first, NetAddress last)
    {
        FirstAddress = first;
        LastAddress = last;
    }

    public AddressFamilyKind Family => FirstAddress.Family;

    public UInt128 First => FirstAddress.Value;

    public UInt128 Last => LastAddress.Value;

    public NetAddress FirstAddress { get; }

    public NetAddress LastAddress { get; }

    /// <summary>Whether it is one address alone.</summary>
    public bool IsSingle => FirstAddress == LastAddress;

    public static AddressRange Of(NetAddress address) => new(address, address);

    private static AddressRange All(AddressFamilyKind family) => new(NetAddress.First(family), NetAddress.Last(family));

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
                address = new NetAddress(AddressFamilyKind.IPv6, 0, (0xFFFFUL << 32) | address.Low);
        }

        var bits = NetAddress.Bits(address.Family);
        if (prefixLength < 0 || prefixLength > bits)
            return false;

        var (high, low) = (LowBits(bits - prefixLength - 64), LowBits(bits - prefixLength));
        hostBits = ((address.High & high) | (address.Low & low)) != 0;
        range = new AddressRange(
            new NetAddress(address.Family, address.High & ~high, address.Low & ~low), new NetAddress(address.Family, address.High | high, address.Low | low));
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
            || first.Family != last.Family || last.CompareTo(first) < 0)
        {
            return false;
        }

        range = new AddressRange(first, last);
        return true;
    }

    public bool Contains(NetAddress address) =>
        address.Family == Family && address.CompareTo(FirstAddress) >= 0 && address.CompareTo(LastAddress) <= 0;

    public bool Contains(AddressRange other) => Contains(other.FirstAddress) && Contains(other.LastAddress);

    public bool Overlaps(AddressRange other) =>
        other.Family == Family && other.FirstAddress.CompareTo(LastAddress) <= 0 && other.LastAddress.CompareTo(FirstAddress) >= 0;

    /// <summary>What two ranges that overlap have in common.</summary>
    internal AddressRange Intersect(AddressRange other) => new(
        FirstAddress.CompareTo(other.FirstAddress) >= 0 ? FirstAddress : other.FirstAddress,
        LastAddress.CompareTo(other.LastAddress) <= 0 ? LastAddress : other.LastAddress);

    /// <summary>Whether it is of so many addresses, of one at least.</summary>
    internal bool HasCount(int count) =>
        LastAddress.Low - FirstAddress.Low == (uint)(count - 1)
        && LastAddress.High - FirstAddress.High == (LastAddress.Low < FirstAddress.Low ? 1UL : 0);

    /// <summary>Whether another range begins with the address behind the last of this one.</summary>
    public bool IsFollowedBy(AddressRange other) =>
        other.Family == Family && LastAddress != NetAddress.Last(Family) && other.FirstAddress == LastAddress.Next();

    public int CompareTo(AddressRange other)
    {
        var first = FirstAddress.CompareTo(other.FirstAddress);
        return first != 0 ? first : LastAddress.CompareTo(other.LastAddress);
    }

    /// <summary><c>10.0.0.0-10.255.255.255</c>; a single address stands alone.</summary>
    public override string ToString() => IsSingle ? FirstAddress.ToString() : $"{FirstAddress}-{LastAddress}";

    /// <summary><c>10.0.0.0/8</c> where the range is one CIDR block, otherwise as <see cref="ToString"/>.</summary>
    public string ToCidrOrRange()
    {
        var (high, low) = Differing();
        var isOfLowBits = high == 0 ? IsLowBits(low) : IsLowBits(high) && low == ulong.MaxValue;
        var isBlock = isOfLowBits && (FirstAddress.High & high) == 0 && (FirstAddress.Low & low) == 0;
        return isBlock && !IsSingle ? ToCidr() : ToString();
    }

    /// <summary><c>10.0.0.0/8</c>, or <c>10.0.0.1/32</c> of a single address; of a range that is one CIDR block.</summary>
    public string ToCidr()
    {
        var (high, low) = Differing();
        return $"{FirstAddress}/{NetAddress.Bits(Family) - BitOperations.PopCount(high) - BitOperations.PopCount(low)}";
    }

    /// <summary>The bits in which the first and the last address differ.</summary>
    private (ulong High, ulong Low) Differing() => (FirstAddress.High ^ LastAddress.High, FirstAddress.Low ^ LastAddress.Low);

    private static ulong LowBits(int count) => count <= 0 ? 0 : count >= 64 ? ulong.MaxValue : (1UL << count) - 1;

    private static bool IsLowBits(ulong bits) => (bits & unchecked(bits + 1)) == 0;
}
