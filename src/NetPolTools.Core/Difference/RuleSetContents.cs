using System.Runtime.InteropServices;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>Numbers for what rule sets say: those that say the same in the same way have the same.</summary>
internal sealed class RuleSetContents
{
    private readonly Dictionary<RuleSet, int> _ofRuleSets = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<GrantBlock, int> _ofBlocks = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IndexSet, int> _ofPeers = [];
    private readonly Dictionary<PortSet, int> _ofPorts = [];
    private readonly Dictionary<int[], int> _lists = new(new SameNumbers());

    public int NumberOf(RuleSet? ruleSet, Func<IndexSet, IndexSet> common)
    {
        // Everything is allowed, by no policy at all.
        if (ruleSet is null)
            return -1;
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_ofRuleSets, ruleSet, out var isKnown);
        if (!isKnown)
        {
            var blocks = new SortedSet<int>();
            foreach (var block in ruleSet.Blocks)
                blocks.Add(NumberOf(block, common));
            number = NumberOf([.. blocks]);
        }

        return number;
    }

    public int NumberOf(GrantBlock block, Func<IndexSet, IndexSet> common)
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

    public int NumberOf(int[] numbers) => NumberOf(_lists, numbers);

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
