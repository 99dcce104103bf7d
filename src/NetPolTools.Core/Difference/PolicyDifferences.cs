using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;

namespace NetPolTools.Difference;

/// <summary>The policies that two sides do not have in common, by kind, namespace, name and content.</summary>
internal sealed class PolicyDifferences
{
    /// <summary>So many are compared in the time another thread needs to wake up.</summary>
    private const int FewestPolicies = 100;

    private readonly Dictionary<ObjectReference, PolicyChange[]> _changes = [];
    private readonly Dictionary<(RuleSet? Before, RuleSet? After), PolicyChange[]> _betweenRuleSets = [];

    /// <summary>Thousands of rule sets of one namespace share the groups of policies that select many pods.</summary>
    private readonly Dictionary<SubjectGroup, PolicyChange[]> _ofGroups = new(ReferenceEqualityComparer.Instance);

    public PolicyDifferences(DifferenceSide before, DifferenceSide after)
    {
        if (ReferenceEquals(before.Map, after.Map))
        {
            All = [];
            return;
        }

        Compare(
            before.Snapshot.NetworkPolicies.ToDictionary(static policy => policy.Reference),
            after.Snapshot.NetworkPolicies.ToDictionary(static policy => policy.Reference),
            PolicyContent.AreSame);

        // Those that the plugin does not enforce are in no stack, and change nothing.
        var (were, are) = (Translated(before), Translated(after));
        Compare(new Dictionary<ObjectReference, TieredPolicy[]>(were), are, static (earlier, later) => TieredContent.Of(earlier) == TieredContent.Of(later));
        ObjectReference[] changed = [.. are.Keys.Where(reference => were.ContainsKey(reference) && _changes.ContainsKey(reference))];
        if (changed.Length > 0)
        {
            var responsible = new NamedSets(before, after).Responsible(
                changed.ToDictionary(static policy => policy, policy => TieredContent.Of(were[policy])),
                changed.ToDictionary(static policy => policy, policy => TieredContent.Of(are[policy])));
            foreach (var (policy, changes) in responsible)
                _changes[policy] = changes;
        }

        All = [.. InOrder(_changes.Values.SelectMany(static changes => changes).Distinct())];
    }

    /// <summary>By namespace and name.</summary>
    public IReadOnlyList<PolicyChange> All { get; }

    /// <summary>Of the policies behind two rule sets, those that differ; null stands for no isolating policy.</summary>
    public IReadOnlyList<PolicyChange> Among(RuleSet? before, RuleSet? after)
    {
        if (_betweenRuleSets.TryGetValue((before, after), out var known))
            return known;
        var changes = new List<PolicyChange>();
        foreach (var ruleSet in new[] { before, after }.OfType<RuleSet>())
        {
            foreach (var group in ruleSet.Groups)
                changes.AddRange(Of(group));
            changes.AddRange(ruleSet.TieredPolicies.SelectMany(policy => Of(policy.Origin.Reference)));
        }

        return _betweenRuleSets[(before, after)] = [.. InOrder(changes.Distinct())];
    }

    private PolicyChange[] Of(SubjectGroup group)
    {
        if (!_ofGroups.TryGetValue(group, out var changes))
            _ofGroups.Add(group, changes = [.. group.Policies.ToArray().SelectMany(entry => Of(entry.Policy.Reference))]);
        return changes;
    }

    /// <summary>What differs in one policy: it, or sets of addresses that it refers to; none where it is the same on both sides.</summary>
    public IReadOnlyList<PolicyChange> Of(ObjectReference reference) => _changes.GetValueOrDefault(reference, []);

    public static IOrderedEnumerable<PolicyChange> InOrder(IEnumerable<PolicyChange> changes) => changes
        .OrderBy(static change => change.Namespace, StringComparer.Ordinal)
        .ThenBy(static change => change.Name, StringComparer.Ordinal)
        .ThenBy(static change => change.PolicyKind, StringComparer.Ordinal);

    private static Dictionary<ObjectReference, TieredPolicy[]> Translated(DifferenceSide side) =>
        TieredContent.Translated(side.Map.Stack).ToDictionary(static policies => policies.Key, static policies => policies.ToArray());

    private void Compare<T>(Dictionary<ObjectReference, T> before, Dictionary<ObjectReference, T> after, Func<T, T, bool> areSame)
    {
        var common = new List<(ObjectReference Reference, T Before, T After)>();
        foreach (var (reference, policy) in after)
        {
            if (before.Remove(reference, out var earlier))
                common.Add((reference, earlier, policy));
            else
                Add(PolicyChangeKind.Added, reference);
        }

        // Most policies are the same on both sides, and telling so takes longest.
        var bounds = ParallelParts.Bounds(common.Count, FewestPolicies);
        var areChanged = new bool[common.Count];
        ParallelParts.ForEachPart(
            bounds.Length - 1,
            part =>
            {
                for (var i = bounds[part]; i < bounds[part + 1]; i++)
                    areChanged[i] = !areSame(common[i].Before, common[i].After);
            },
            CancellationToken.None);
        for (var i = 0; i < areChanged.Length; i++)
        {
            if (areChanged[i])
                Add(PolicyChangeKind.Changed, common[i].Reference);
        }

        foreach (var reference in before.Keys)
            Add(PolicyChangeKind.Removed, reference);

        void Add(PolicyChangeKind kind, ObjectReference reference) =>
            _changes.Add(reference, [new PolicyChange(kind, reference.Namespace, reference.Name) { PolicyKind = reference.Kind }]);
    }
}
