using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>The policies of one namespace that isolate a direction, those with the same podSelector together. Not thread safe.</summary>
internal sealed class SubjectGrants
{
    private readonly WiderSelectors<Group> _groups;
    private readonly Dictionary<LabelSelector, IReadOnlyList<Group>> _wider = new(ReferenceEqualityComparer.Instance);

    public SubjectGrants(IEnumerable<JudgedPolicy> policies, PolicyDirection direction, SelectorDemands demands)
    {
        _groups = new WiderSelectors<Group>(demands);
        foreach (var same in policies.Where(policy => policy.Policy.Isolates(direction))
            .GroupBy<JudgedPolicy, LabelSelector>(static policy => policy.Subjects, ReferenceEqualityComparer.Instance))
        {
            var group = new Group([.. same], new GrantSites(demands));
            foreach (var rule in same.SelectMany(static policy => policy.Rules).Where(rule => rule.Site.Direction == direction))
                group.Grants.Add(rule);
            _groups.Add(same.Key, group);
        }
    }

    /// <summary>The policies for all pods, of whatever labels, that a selector picks.</summary>
    /// <param name="subjects">Of a policy.</param>
    public IReadOnlyList<Group> Wider(LabelSelector subjects)
    {
        if (!_wider.TryGetValue(subjects, out var wider))
            _wider.Add(subjects, wider = [.. _groups.Covering(subjects)]);
        return wider;
    }

    /// <param name="Policies">With the same podSelector, in the order of the input.</param>
    /// <param name="Grants">What they allow.</param>
    internal sealed record Group(IReadOnlyList<JudgedPolicy> Policies, GrantSites Grants);
}
