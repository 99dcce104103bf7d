using System.Runtime.InteropServices;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>
/// Which ends of a comparison send, or receive, as before: the same pods under rules that say the same of every pod that both sides have, and of every address
/// outside where both tell the same ones apart. A connection can only have changed where its source does not send as before or its destination does not
/// receive as before. An end about which this is not sure counts as changed, and is then compared connection by connection.
/// </summary>
internal sealed class UnchangedEnds
{
    /// <summary>Of fewer, both directions are compared in the time another thread needs to wake up.</summary>
    private const int FewestEnds = 1000;

    private readonly bool[] _sends;
    private readonly bool[] _receives;

    private UnchangedEnds(bool[] sends, bool[] receives, bool coverOutside)
    {
        _sends = sends;
        _receives = receives;
        CoverOutside = coverOutside;
    }

    /// <summary>Whether an end that sends or receives as before does so with addresses outside and with named ends, too.</summary>
    public bool CoverOutside { get; }

    public bool SendsAsBefore(int end) => _sends[end];

    public bool ReceivesAsBefore(int end) => _receives[end];

    public static UnchangedEnds Of(ReachabilityMap before, ReachabilityMap after, AlignedEnds ends)
    {
        var matched = new MatchedEndpoints(before.Endpoints, after.Endpoints);
        var (sends, receives) = (new bool[ends.Count], new bool[ends.Count]);
        for (var end = 0; end < ends.Count; end++)
        {
            // Whether a node receives and sends as before is not looked at.
            sends[end] = receives[end] = !before.NodesHavePolicies && !after.NodesHavePolicies
                && AreTheSame(ends.Before[end].Members, ends.After[end].Members, matched);
        }

        Compare(before, after);

        // What may be allowed where the input does not decide everything.
        if (before.AtMost is not null || after.AtMost is not null)
            Compare(before.AtMost ?? before, after.AtMost ?? after);
        return new UnchangedEnds(sends, receives, matched.CoversOutside);

        void Compare(ReachabilityMap mapBefore, ReachabilityMap mapAfter)
        {
            if (ReferenceEquals(mapBefore, mapAfter))
                return;
            ParallelParts.Do(
                ends.Count < FewestEnds,
                () => KeepEqual(sends, ends, matched, mapBefore.EgressOf, mapAfter.EgressOf),
                () => KeepEqual(receives, ends, matched, mapBefore.IngressOf, mapAfter.IngressOf));
        }
    }

    private static void KeepEqual(
        bool[] areEqual, AlignedEnds ends, MatchedEndpoints matched, Func<int, RuleSet?> ruleSetBefore, Func<int, RuleSet?> ruleSetAfter)
    {
        var (contents, common) = (new RuleSetContents(), new MatchedEndpoints.CommonSets(matched));
        for (var end = 0; end < areEqual.Length; end++)
        {
            var members = ends.Before[end].Members;
            for (var i = 0; i < members.Length && areEqual[end]; i++)
            {
                areEqual[end] = contents.NumberOf(ruleSetBefore(members[i]), common.Before)
                    == contents.NumberOf(ruleSetAfter(matched.ToAfter(members[i])), common.After);
            }
        }
    }

    private static bool AreTheSame(int[] before, int[] after, MatchedEndpoints matched)
    {
        if (before.Length != after.Length || before.Length == 0)
            return false;
        if (before is [var single])
            return matched.ToAfter(single) == after[0];
        var moved = Array.ConvertAll(before, matched.ToAfter);
        Array.Sort(moved);
        return moved.AsSpan().SequenceEqual(after);
    }

    /// <summary>Numbers for what rule sets say: those that say the same in the same way have the same.</summary>
    private sealed class RuleSetContents
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

        private int NumberOf(int[] numbers) => NumberOf(_lists, numbers);

        private static int NumberOf<T>(Dictionary<T, int> numbers, T item)
            where T : notnull
        {
            ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, item, out var isKnown);
            if (!isKnown)
                number = numbers.Count;
            return number;
        }
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
