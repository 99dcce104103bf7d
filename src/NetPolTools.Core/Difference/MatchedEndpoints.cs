using System.Runtime.InteropServices;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>
/// Which endpoint of the one side is which of the other, so that sets of both can be compared: pods by name, templates by their workload. Sets are compared
/// over the endpoints that both sides have, by the numbers of the side after.
/// </summary>
internal sealed class MatchedEndpoints
{
    private readonly int _podCountBefore;
    private readonly int _podCountAfter;

    /// <summary>By number before; -1 where the side after has no such endpoint. Null where all have the same numbers on both sides.</summary>
    private readonly int[]? _toAfter;
    private readonly IndexSet _matchedAfter;

    public MatchedEndpoints(EndpointTable before, EndpointTable after)
    {
        _podCountBefore = before.PodCount;
        _podCountAfter = after.PodCount;
        if (HaveSamePods(before, after))
        {
            CoversOutside = ReferenceEquals(before, after)
                || (before.Addresses.Ranges.SequenceEqual(after.Addresses.Ranges) && before.Named.SequenceEqual(after.Named));
            _matchedAfter = IndexSet.Range(0, after.PodCount);
            return;
        }

        _toAfter = Match(before, after);
        var matched = new IndexSetAccumulator(after.PodCount);
        foreach (var number in _toAfter)
        {
            if (number >= 0)
                matched.Add(number);
        }

        _matchedAfter = matched.ToSet();
    }

    /// <summary>Whether every number means the same on both sides, those of addresses outside and of named ends too.</summary>
    public bool CoversOutside { get; }

    /// <summary>The number after of an endpoint before; -1 for none.</summary>
    public int ToAfter(int before) => _toAfter is null ? before : _toAfter[before];

    private static bool HaveSamePods(EndpointTable before, EndpointTable after)
    {
        if (ReferenceEquals(before, after))
            return true;
        if (before.PodCount != after.PodCount)
            return false;
        for (var i = 0; i < before.PodCount; i++)
        {
            if (!KeyOf(before[i]).Equals(KeyOf(after[i])))
                return false;
        }

        return true;
    }

    private static int[] Match(EndpointTable before, EndpointTable after)
    {
        // Templates of one workload that is not in the input have no names of their own; which of them is which decides nothing.
        var numbers = new Dictionary<(ObjectReference, string?, bool), Queue<int>>();
        for (var i = 0; i < after.PodCount; i++)
        {
            ref var same = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, KeyOf(after[i]), out _);
            (same ??= new Queue<int>(1)).Enqueue(i);
        }

        var toAfter = new int[before.PodCount];
        for (var i = 0; i < toAfter.Length; i++)
            toAfter[i] = numbers.TryGetValue(KeyOf(before[i]), out var same) && same.TryDequeue(out var number) ? number : -1;
        return toAfter;
    }

    private static (ObjectReference Owner, string? Pod, bool IsHostNetwork) KeyOf(Endpoint endpoint) =>
        (endpoint.Owner, endpoint.PodName, endpoint.IsHostNetwork);

    /// <summary>Sets of either side as far as both sides have their members, each worked out once. Not thread safe.</summary>
    public sealed class CommonSets(MatchedEndpoints matched)
    {
        private readonly IndexSetAccumulator _scratch = new(matched._podCountAfter);
        private readonly Dictionary<IndexSet, IndexSet> _before = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<IndexSet, IndexSet> _after = new(ReferenceEqualityComparer.Instance);

        /// <summary>What a set of the side before holds of the endpoints that both sides have; all of it where that covers everything.</summary>
        public IndexSet Before(IndexSet set)
        {
            if (matched.CoversOutside)
                return set;
            ref var common = ref CollectionsMarshal.GetValueRefOrAddDefault(_before, set, out var isKnown);
            if (!isKnown)
                common = Moved(set.Slice(0, matched._podCountBefore));
            return common!;
        }

        /// <summary>The same for a set of the side after.</summary>
        public IndexSet After(IndexSet set)
        {
            if (matched.CoversOutside)
                return set;
            ref var common = ref CollectionsMarshal.GetValueRefOrAddDefault(_after, set, out var isKnown);
            if (!isKnown)
            {
                var pods = set.Slice(0, matched._podCountAfter);
                common = matched._toAfter is null ? pods : pods.Intersect(matched._matchedAfter);
            }

            return common!;
        }

        private IndexSet Moved(IndexSet pods)
        {
            if (matched._toAfter is null)
                return pods;
            _scratch.Clear();
            foreach (var pod in pods)
            {
                if (matched._toAfter[pod] is >= 0 and var number)
                    _scratch.Add(number);
            }

            return _scratch.ToSet();
        }
    }
}
