using System.Collections.Concurrent;
using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Isolation;

/// <summary>
/// The NetworkPolicies of rule sets by name, put together as they are asked for: the lists of ten thousand rule sets in one namespace would take far more than
/// those of the groups they come from. Thread safe.
/// </summary>
/// <param name="policies">All of them, in the order of the snapshot.</param>
internal sealed class PoliciesByName(IReadOnlyList<NetworkPolicy> policies)
{
    private readonly ConcurrentDictionary<SubjectGroup, OfGroup> _groups = new(ReferenceEqualityComparer.Instance);

    /// <summary>For each policy, by its position, how many go before it. Asked for where there are several groups to merge.</summary>
    private readonly Lazy<int[]> _ranks = new(() => RanksOf(policies));

    /// <param name="ruleSet">Null for none.</param>
    /// <param name="most">How many are wanted, from the first.</param>
    public IReadOnlyList<NetworkPolicy> Of(RuleSet? ruleSet, int most = int.MaxValue) => Merged(ruleSet, most, static group => group.Policies);

    /// <param name="ruleSet">Null for none.</param>
    /// <param name="most">How many names are wanted, from the first.</param>
    public IReadOnlyList<string> NamesOf(RuleSet? ruleSet, int most) => Merged(ruleSet, most, static group => group.Names);

    /// <summary>How many policies select pods of a rule set in either direction.</summary>
    public int Count(RuleSet? ingress, RuleSet? egress)
    {
        var count = 0;
        foreach (var group in ingress is null ? [] : ingress.Groups)
            count += Of(group).Names.Length;
        foreach (var group in egress is null ? [] : egress.Groups)
            count += Of(group).EgressOnly;
        return count;
    }

    private T[] Merged<T>(RuleSet? ruleSet, int most, Func<OfGroup, T[]> itemsOf)
    {
        if (ruleSet is null or { Groups.Length: 0 })
            return [];
        OfGroup[] groups = [.. ruleSet.Groups.ToArray().Select(Of)];
        var items = Array.ConvertAll(groups, group => itemsOf(group));
        if (items is [var only])
            return only.Length <= most ? only : only[..most];
        var ranks = Array.ConvertAll(groups, group => group.Ranks(_ranks.Value));
        var (next, merged) = (new int[groups.Length], new T[Math.Min(most, items.Sum(static all => all.Length))]);
        for (var to = 0; to < merged.Length; to++)
        {
            var (first, least) = (-1, int.MaxValue);
            for (var i = 0; i < ranks.Length; i++)
            {
                if (next[i] < ranks[i].Length && ranks[i][next[i]] < least)
                    (first, least) = (i, ranks[i][next[i]]);
            }

            merged[to] = items[first][next[first]++];
        }

        return merged;
    }

    private OfGroup Of(SubjectGroup group) => _groups.GetOrAdd(group, static group => new OfGroup(group.Policies.ToArray()));

    private static int[] RanksOf(IReadOnlyList<NetworkPolicy> policies)
    {
        OrderedPolicy[] sorted = [.. policies.Select(static (policy, i) => new OrderedPolicy(i, policy))];
        Array.Sort(sorted, Compare);
        var ranks = new int[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
            ranks[sorted[i].Position] = i;
        return ranks;
    }

    /// <summary>Those of one name in the order of the snapshot.</summary>
    private static int Compare(OrderedPolicy a, OrderedPolicy b)
    {
        var byName = string.CompareOrdinal(a.Policy.Name, b.Policy.Name);
        return byName != 0 ? byName : a.Position.CompareTo(b.Position);
    }

    private sealed class OfGroup
    {
        private readonly int[] _positions;
        private int[]? _ranks;

        public OfGroup(OrderedPolicy[] policies)
        {
            Array.Sort(policies, Compare);
            _positions = Array.ConvertAll(policies, static entry => entry.Position);
            Policies = Array.ConvertAll(policies, static entry => entry.Policy);
            Names = Array.ConvertAll(Policies, static policy => policy.Name);
            EgressOnly = Policies.Count(static policy => !policy.Isolates(PolicyDirection.Ingress));
        }

        public NetworkPolicy[] Policies { get; }

        public string[] Names { get; }

        public int EgressOnly { get; }

        public int[] Ranks(int[] byPosition) => _ranks ??= Array.ConvertAll(_positions, position => byPosition[position]);
    }
}
