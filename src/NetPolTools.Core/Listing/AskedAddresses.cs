using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>Outside addresses that a question asks about.</summary>
/// <param name="Range">Null for all of them.</param>
/// <param name="Ports">Only these count.</param>
/// <param name="Note">To be told with every connection; null for nothing to tell.</param>
internal sealed record AskedAddresses(AddressRange? Range, PortSet Ports, string? Note)
{
    public static readonly AskedAddresses Everything = new(null, PortSet.All, null);

    /// <summary>Whether it is about addresses outside the cluster alone, and not about those of pods and nodes.</summary>
    public bool IsOutsideOnly { get; init; }

    /// <summary>Whether it is about one address alone.</summary>
    public bool IsSingle => Range is { } range && range.IsSingle;

    /// <summary>The outside addresses that patterns name, those of nodes among them; an address that a pod has is that pod.</summary>
    /// <param name="patterns">Empty for everything.</param>
    /// <param name="isOfPod">Whether a pod has the address that a pattern names.</param>
    /// <param name="nodes">Of the cluster; of both sides of a comparison.</param>
    public static IEnumerable<AskedAddresses> NamedBy(
        IReadOnlyList<EndpointPattern> patterns, Func<EndpointPattern, bool> isOfPod, params NodeDirectory[] nodes)
    {
        if (patterns.Count == 0)
            return [Everything];
        return patterns.SelectMany(pattern => NamedBy(pattern, isOfPod, nodes));
    }

    private static IEnumerable<AskedAddresses> NamedBy(EndpointPattern pattern, Func<EndpointPattern, bool> isOfPod, NodeDirectory[] nodes)
    {
        if (pattern.Addresses is { } asked)
            return asked.IsSingle && isOfPod(pattern) ? [] : [Everything with { Range = asked }];
        return OfBlocks(pattern).Concat(OfNodes(pattern, nodes).Distinct());
    }

    // Loops: what the framework has for sequences of structs is not compiled ahead, and a first answer would wait for it.
    private static IEnumerable<AskedAddresses> OfBlocks(EndpointPattern pattern)
    {
        for (var i = 0; i < pattern.Outside.Count; i++)
            yield return Everything with { Range = pattern.Outside[i], IsOutsideOnly = !pattern.MayBeNodes };
    }

    private static IEnumerable<AskedAddresses> OfNodes(EndpointPattern pattern, NodeDirectory[] nodes)
    {
        foreach (var directory in nodes)
        {
            foreach (var address in pattern.NodeAddresses(directory))
                yield return Everything with { Range = AddressRange.Of(address) };
        }
    }

    /// <summary>What of a range is asked about.</summary>
    public static AddressRange? Clip(AddressRange range, AddressRange? asked)
    {
        if (asked is not { } by)
            return range;
        if (!range.Overlaps(by))
            return null;
        return range.Intersect(by);
    }
}
