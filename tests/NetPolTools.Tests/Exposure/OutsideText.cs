using NetPolTools.Listing;
using NetPolTools.Sets;

namespace NetPolTools.Tests.Exposure;

/// <summary>Reads the addresses of a line of exposure from its own words.</summary>
internal static class OutsideText
{
    public static bool Contains(string addresses, NetAddress address) => addresses == AddressWords.Anywhere || addresses.Split(", ").Any(part => part switch
    {
        AddressWords.AnyIPv4 => address.Family == AddressFamilyKind.IPv4,
        AddressWords.AnyIPv6 => address.Family == AddressFamilyKind.IPv6,
        _ => AddressRange.TryParse(part, out var range) && range.Contains(address),
    });
}
