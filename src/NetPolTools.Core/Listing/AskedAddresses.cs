using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>Outside addresses that a question asks about.</summary>
/// <param name="Range">Null for all of them.</param>
/// <param name="Ports">Only these count.</param>
/// <param name="Note">To be told with every connection; null for nothing to tell.</param>
internal sealed record AskedAddresses(AddressRange? Range, PortSet Ports, string? Note)
{
    public static AskedAddresses Of(AddressRange? range) => new(range, PortSet.All, null);
}
