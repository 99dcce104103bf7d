using NetPolTools.Listing;
using NetPolTools.Sets;

namespace NetPolTools.Output;

/// <summary>Ranges of addresses as people write them.</summary>
internal static class AddressText
{
    private const string AllIPv4 = "0.0.0.0-255.255.255.255";
    private const string AllIPv6 = "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";

    /// <param name="addresses">As <see cref="Listing.ConnectionEnd.Addresses"/> has them.</param>
    public static string Of(string addresses) => addresses switch
    {
        AllIPv4 => AddressWords.AnyIPv4,
        AllIPv6 => AddressWords.AnyIPv6,
        _ => string.Join(", ", addresses.Split(',').Select(CidrOrRange)),
    };

    private static string CidrOrRange(string addresses)
    {
        var dash = addresses.IndexOf('-');
        if (dash < 0)
            return addresses;
        var (first, last) = (NetAddress.Parse(addresses[..dash]), NetAddress.Parse(addresses[(dash + 1)..]));
        return new AddressRange(first.Family, first.Value, last.Value).ToCidrOrRange();
    }
}
