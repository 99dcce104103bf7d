using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>Outside addresses that a question asks about.</summary>
/// <param name="Range">Null for all of them.</param>
/// <param name="Ports">Only these count.</param>
/// <param name="Note">To be told with every connection; null for nothing to tell.</param>
internal sealed record AskedAddresses(AddressRange? Range, PortSet Ports, string? Note)
{
    public static AskedAddresses Of(AddressRange? range) => new(range, PortSet.All, null);

    /// <summary>The outside addresses that patterns speak of, null for all of them; an address that a pod has is that pod.</summary>
    /// <param name="patterns">Empty for everything.</param>
    /// <param name="isOfPod">Whether a pod has the address that a pattern names.</param>
    public static IEnumerable<AddressRange?> RangesOf(IReadOnlyList<EndpointPattern> patterns, Func<EndpointPattern, bool> isOfPod)
    {
        if (patterns.Count == 0)
            return [null];
        return patterns
            .Where(pattern => pattern.Addresses is { } asked && !(asked.First == asked.Last && isOfPod(pattern)))
            .Select(static pattern => pattern.Addresses);
    }

    /// <summary>What of a range is asked about.</summary>
    public static AddressRange? Clip(AddressRange range, AddressRange? asked)
    {
        if (asked is not { } by)
            return range;
        if (!range.Overlaps(by))
            return null;
        return new AddressRange(range.Family, UInt128.Max(range.First, by.First), UInt128.Min(range.Last, by.Last));
    }
}
