using System.Collections;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>Outside addresses cut so finely that neither side's policies tell two addresses of one range apart.</summary>
internal sealed class CommonRanges
{
    private CommonRanges(IReadOnlyList<(AddressRange Range, int Before, int After)> ranges)
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
        if (ReferenceEquals(mapBefore.Endpoints, mapAfter.Endpoints) && asked.Range is null)
            return new CommonRanges(new OnePartition(mapBefore.Endpoints, Occupied(mapBefore, asked).Union(Occupied(mapAfter, asked))));
        var (before, after) = (mapBefore.Endpoints.Addresses, mapAfter.Endpoints.Addresses);

        // Both are complete and in the same order, so the ends of ranges alone say which one to go on with.
        var ranges = new List<(AddressRange, int, int)>(asked.Range is null ? Math.Max(before.Ranges.Count, after.Ranges.Count) : 0);
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

        return new CommonRanges(ranges);
    }

    private static bool IsOccupied(ReachabilityMap map, int range, AskedAddresses asked) => Occupied(map, asked).Contains(map.Endpoints.PodCount + range);

    private static IndexSet Occupied(ReachabilityMap map, AskedAddresses asked) => asked.IsOutsideOnly ? map.Occupied.ByPodsOrNodes : map.Occupied.ByPods;

    /// <summary>Those of two sides that share their endpoints, as where a change is only tried: of tens of thousands of ranges none is put down anew.</summary>
    private sealed class OnePartition : IReadOnlyList<(AddressRange Range, int Before, int After)>
    {
        private readonly IReadOnlyList<AddressRange> _all;

        /// <summary>The positions of those that are left; null for all.</summary>
        private readonly int[]? _left;

        public OnePartition(EndpointTable endpoints, IndexSet occupied)
        {
            _all = endpoints.Addresses.Ranges;
            if (!occupied.IsEmpty)
                _left = [.. Enumerable.Range(0, _all.Count).Where(range => !occupied.Contains(endpoints.PodCount + range))];
        }

        public int Count => _left?.Length ?? _all.Count;

        public (AddressRange Range, int Before, int After) this[int index]
        {
            get
            {
                var position = _left is null ? index : _left[index];
                return (_all[position], position, position);
            }
        }

        public IEnumerator<(AddressRange Range, int Before, int After)> GetEnumerator()
        {
            for (var i = 0; i < Count; i++)
                yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
