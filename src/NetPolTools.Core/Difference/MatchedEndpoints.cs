using System.Runtime.InteropServices;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>
/// Which endpoint of the one side is which of the other, so that sets of both can be compared: pods by name, templates by their workload. Sets are compared
/// over what both sides have, by the numbers of the side after.
/// </summary>
internal sealed class MatchedEndpoints
{
    private readonly int _podCountBefore;
    private readonly int _podCountAfter;
    private readonly int _countAfter;

    /// <summary>By number before; -1 where the side after has no such endpoint. Null where all have the same numbers on both sides.</summary>
    private readonly int[]? _toAfter;

    /// <summary>The other way round, where the numbers differ; -1 where the side before has no such endpoint.</summary>
    private readonly int[]? _toBefore;

    /// <summary>By the numbers of the side after.</summary>
    private readonly IndexSet _compared;

    public MatchedEndpoints(EndpointTable before, EndpointTable after)
    {
        (_podCountBefore, _podCountAfter, _countAfter) = (before.PodCount, after.PodCount, after.Count);
        CoversOutside = ReferenceEquals(before, after)
            || (before.Addresses.Ranges.SequenceEqual(after.Addresses.Ranges) && before.Named.SequenceEqual(after.Named));
        var compared = new IndexSetAccumulator(after.Count);
        if (HaveSamePods(before, after))
        {
            compared.Add(IndexSet.Range(0, after.PodCount));
        }
        else
        {
            _toAfter = Match(before, after);
            _toBefore = new int[after.PodCount];
            Array.Fill(_toBefore, -1);
            for (var number = 0; number < _toAfter.Length; number++)
            {
                if (_toAfter[number] < 0)
                    continue;
                compared.Add(_toAfter[number]);
                _toBefore[_toAfter[number]] = number;
            }
        }

        if (CoversOutside)
            compared.Add(IndexSet.Range(after.PodCount, after.Count));
        _compared = compared.ToSet();
    }

    /// <summary>Whether what is beside the pods, addresses outside and named ends, is the same on both sides and compared too.</summary>
    public bool CoversOutside { get; }

    /// <summary>Whether every endpoint has the same number on both sides.</summary>
    public bool AreAllTheSame => _toAfter is null && CoversOutside;

    /// <summary>The number after of an endpoint before; -1 for none.</summary>
    public int ToAfter(int before) => _toAfter is null ? before : _toAfter[before];

    /// <summary>The number before of an endpoint after; -1 for none. What is outside has one where it is compared too.</summary>
    public int ToBefore(int after) => _toBefore is null ? after : after < _podCountAfter ? _toBefore[after] : after - _podCountAfter + _podCountBefore;

    /// <summary>Whether two lists of pods, one of each side, hold the same ones, one at least.</summary>
    public bool AreTheSame(int[] before, int[] after)
    {
        if (before.Length != after.Length || before.Length == 0)
            return false;
        if (before is [var single])
            return ToAfter(single) == after[0];
        var moved = Array.ConvertAll(before, ToAfter);
        Array.Sort(moved);
        return moved.AsSpan().SequenceEqual(after);
    }

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
        private readonly bool _areAll = matched.AreAllTheSame;
        private readonly IndexSetAccumulator _scratch = new(matched._countAfter);
        private readonly Dictionary<IndexSet, IndexSet> _before = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<IndexSet, IndexSet> _after = new(ReferenceEqualityComparer.Instance);

        /// <summary>What a set of the side before holds of that which both sides have.</summary>
        public IndexSet Before(IndexSet set)
        {
            if (_areAll)
                return set;
            ref var common = ref CollectionsMarshal.GetValueRefOrAddDefault(_before, set, out var isKnown);
            if (!isKnown)
                common = matched._toAfter is { } toAfter ? Moved(set, toAfter) : set.Intersect(matched._compared);
            return common!;
        }

        /// <summary>The same for a set of the side after.</summary>
        public IndexSet After(IndexSet set)
        {
            if (_areAll)
                return set;
            ref var common = ref CollectionsMarshal.GetValueRefOrAddDefault(_after, set, out var isKnown);
            if (!isKnown)
                common = set.Intersect(matched._compared);
            return common!;
        }

        private IndexSet Moved(IndexSet set, int[] toAfter)
        {
            _scratch.Clear();
            foreach (var member in set)
            {
                var number = member < toAfter.Length ? toAfter[member]
                    : matched.CoversOutside ? member - matched._podCountBefore + matched._podCountAfter
                    : -1;
                if (number >= 0)
                    _scratch.Add(number);
            }

            return _scratch.ToSet();
        }
    }
}
