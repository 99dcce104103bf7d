using System.Runtime.InteropServices;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>Numbers for what rule sets of two sides say: those that say the same in the same way have the same.</summary>
internal sealed class RuleSetContents
{
    /// <summary>Ends the list of a block that says nothing of some peers, so that it is no list of anything else.</summary>
    private const int SilentOn = -1;

    private readonly Func<IndexSet, IndexSet> _commonBefore;
    private readonly Func<IndexSet, IndexSet> _commonAfter;
    private readonly Dictionary<RuleSet, int> _ofRuleSets = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<GrantBlock, int> _ofBlocks = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IndexSet, int> _ofPeers = [];
    private readonly Dictionary<PortSet, int> _ofPorts = [];
    private readonly Dictionary<int[], int> _lists = new(new SameNumbers());

    /// <param name="common">What is compared of their sets.</param>
    public RuleSetContents(MatchedEndpoints.CommonSets common)
    {
        (_commonBefore, _commonAfter) = (common.Before, common.After);
    }

    /// <summary>Whether two rule sets, one of each side, say the same in the same way; false where that takes more than to compare their blocks.</summary>
    /// <param name="before">Null where everything is allowed, by no policy at all.</param>
    /// <param name="after">Likewise.</param>
    public bool AreSame(RuleSet? before, RuleSet? after)
    {
        if (before is null || after is null)
            return before is null && after is null;
        var differing = new DifferingBlocks(before, after);
        return differing.Before.Length < before.Blocks.Length
            ? AreSame(differing)
            : NumberOf(before, _commonBefore) == NumberOf(after, _commonAfter);
    }

    /// <summary>What a block of the side before says.</summary>
    public int NumberOfBefore(GrantBlock block) => NumberOf(block, _commonBefore);

    /// <summary>What a block of the side after says.</summary>
    public int NumberOfAfter(GrantBlock block) => NumberOf(block, _commonAfter);

    public int NumberOf(int[] numbers) => NumberOf(_lists, numbers);

    private int NumberOf(GrantBlock block, Func<IndexSet, IndexSet> common)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_ofBlocks, block, out var isKnown);
        if (isKnown)
            return number;
        var grants = new SortedDictionary<int, PortSet>();
        foreach (var (ports, peers) in block.Entries)
        {
            if (common(peers) is not { IsEmpty: false } both)
                continue;
            var key = NumberOf(_ofPeers, both);
            grants[key] = grants.TryGetValue(key, out var known) ? known.Union(ports) : ports;
        }

        return number = NumberOf([.. grants.SelectMany(grant => new[] { grant.Key, NumberOf(_ofPorts, grant.Value) })]);
    }

    private bool AreSame(DifferingBlocks differing) => differing is { Before: [var before], After: [var after] }
        ? NumberOfBefore(before) == NumberOfAfter(after)
        : NumbersOf(differing.Before, _commonBefore).SetEquals(NumbersOf(differing.After, _commonAfter));

    /// <summary>The same for all ends that have the rule set.</summary>
    private int NumberOf(RuleSet ruleSet, Func<IndexSet, IndexSet> common)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_ofRuleSets, ruleSet, out var isKnown);
        if (isKnown)
            return number;
        var numbers = NumbersOf(ruleSet.Blocks.AsSpan(ruleSet.SharedCount), common);
        var own = ruleSet.SharedCount == 0 ? IndexSet.Empty : common(ruleSet.OwnPeers);
        foreach (var shared in NumbersOf(ruleSet.Blocks.AsSpan(0, ruleSet.SharedCount), common))
            numbers.Add(own.IsEmpty ? shared : NumberOf([shared, NumberOf(_ofPeers, own), SilentOn]));
        return number = NumberOf([.. numbers]);
    }

    private SortedSet<int> NumbersOf(ReadOnlySpan<GrantBlock> blocks, Func<IndexSet, IndexSet> common)
    {
        var numbers = new SortedSet<int>();
        foreach (var block in blocks)
            numbers.Add(NumberOf(block, common));
        return numbers;
    }

    private static int NumberOf<T>(Dictionary<T, int> numbers, T item)
        where T : notnull
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, item, out var isKnown);
        if (!isKnown)
            number = numbers.Count;
        return number;
    }

    private sealed class SameNumbers : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] numbers)
        {
            var hash = default(HashCode);
            hash.AddBytes(MemoryMarshal.AsBytes(numbers.AsSpan()));
            return hash.ToHashCode();
        }
    }
}
