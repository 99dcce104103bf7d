using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>The addresses outside the cluster that a question is about.</summary>
internal static class AskedAddresses
{
    /// <summary>The outside addresses that patterns speak of, null for all of them; an address that a pod has is that pod.</summary>
    /// <param name="patterns">Empty for everything.</param>
    /// <param name="isOfPod">Whether a pod has the address that a pattern names.</param>
    public static IEnumerable<AddressRange?> Of(IReadOnlyList<EndpointPattern> patterns, Func<EndpointPattern, bool> isOfPod)
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
