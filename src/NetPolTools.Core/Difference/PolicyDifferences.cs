using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Difference;

/// <summary>The policies that two sides do not have in common, by namespace, name and content.</summary>
internal sealed class PolicyDifferences
{
    private readonly Dictionary<(string Namespace, string Name), PolicyChange> _changes = [];
    private readonly Dictionary<(RuleSet? Before, RuleSet? After), PolicyChange[]> _betweenRuleSets = [];

    public PolicyDifferences(IEnumerable<NetworkPolicy> before, IEnumerable<NetworkPolicy> after)
    {
        var unseen = before.ToDictionary(KeyOf);
        foreach (var policy in after)
        {
            var key = KeyOf(policy);
            if (!unseen.Remove(key, out var earlier))
                _changes.Add(key, new PolicyChange(PolicyChangeKind.Added, key.Namespace, key.Name));
            else if (!ReferenceEquals(earlier, policy) && PolicyContent.Of(earlier) != PolicyContent.Of(policy))
                _changes.Add(key, new PolicyChange(PolicyChangeKind.Changed, key.Namespace, key.Name));
        }

        foreach (var (ns, name) in unseen.Keys)
            _changes.Add((ns, name), new PolicyChange(PolicyChangeKind.Removed, ns, name));
        All = [.. InOrder(_changes.Values)];
    }

    /// <summary>By namespace and name.</summary>
    public IReadOnlyList<PolicyChange> All { get; }

    /// <summary>Of the policies behind two rule sets, those that differ; null stands for no isolating policy.</summary>
    public IReadOnlyList<PolicyChange> Among(RuleSet? before, RuleSet? after)
    {
        if (_betweenRuleSets.TryGetValue((before, after), out var known))
            return known;
        var changes = (before?.Policies ?? []).Concat(after?.Policies ?? [])
            .Select(policy => _changes.GetValueOrDefault(KeyOf(policy)))
            .OfType<PolicyChange>();
        return _betweenRuleSets[(before, after)] = [.. InOrder(changes.Distinct())];
    }

    public static IOrderedEnumerable<PolicyChange> InOrder(IEnumerable<PolicyChange> changes) => changes
        .OrderBy(static change => change.Namespace, StringComparer.Ordinal)
        .ThenBy(static change => change.Name, StringComparer.Ordinal);

    private static (string Namespace, string Name) KeyOf(NetworkPolicy policy) => (policy.Metadata.Namespace!, policy.Name);
}
