using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>Outside addresses cut so finely that neither side's policies tell two addresses of one range apart.</summary>
internal sealed class CommonRanges
{
    private CommonRanges((AddressRange Range, int Before, int After)[] ranges)
    {
        Ranges = ranges;
    }

    /// <summary>Disjoint and ascending, each with its position in the partition of either side.</summary>
    public IReadOnlyList<(AddressRange Range, int Before, int After)> Ranges { get; }

    /// <param name="mapBefore">One side; ranges that are all addresses of pods there are left out.</param>
    /// <param name="mapAfter">The other, likewise.</param>
    /// <param name="asked">Addresses beyond these are left out.</param>
    public static CommonRanges Create(ReachabilityMap mapBefore, ReachabilityMap mapAfter, AskedAddresses asked)
    {
        var (before, after) = (mapBefore.Endpoints.Addresses, mapAfter.Endpoints.Addresses);
        // Both are complete and in the same order, so the ends of ranges alone say which one to go on with.
        var ranges = new List<(AddressRange, int, int)>();
        for (int b = 0, a = 0; b < before.Ranges.Count && a < after.Ranges.Count;)
        {
            var (left, right) = (before.Ranges[b], after.Ranges[a]);
            var common = left.Intersect(right);
            if (AskedAddresses.Clip(common, asked.Range) is { } clipped && !IsOccupied(mapBefore, b, asked) && !IsOccupied(mapAfter, a, asked))
                ranges.Add((clipped, b, a));
            if (left.LastAddress == common.LastAddress)
                b++;
            if (right.LastAddress == common.LastAddress)
                a++;
        }

        return new CommonRanges([.. ranges]);
    }

    private static bool IsOccupied(ReachabilityMap map, int range, AskedAddresses asked) =>
        (asked.IsOutsideOnly ? map.Occupied.ByPodsOrNodes : map.Occupied.ByPods).Contains(map.Endpoints.PodCount + range);
}
