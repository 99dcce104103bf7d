using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>The policies of one namespace that isolate a direction, those with the same podSelector together. Not thread safe.</summary>
internal sealed class SubjectGrants
{
    private readonly WiderSelectors<Group> _groups;
    private readonly Dictionary<LabelSelector, Group[]> _wider = new(ReferenceEqualityComparer.Instance);

    public SubjectGrants(IEnumerable<JudgedPolicy> policies, PolicyDirection direction, SelectorDemands demands)
    {
        _groups = new WiderSelectors<Group>(demands);
        foreach (var same in policies.Where(policy => policy.Policy.Isolates(direction))
            .GroupBy<JudgedPolicy, LabelSelector>(static policy => policy.Subjects, ReferenceEqualityComparer.Instance))
        {
            _groups.Add(same.Key, new Group([.. same], direction, demands));
        }
    }

    /// <summary>The policies for all pods, of whatever labels, that a selector picks.</summary>
    /// <param name="subjects">Of a policy.</param>
    public Group[] Wider(LabelSelector subjects)
    {
        if (!_wider.TryGetValue(subjects, out var wider))
            _wider.Add(subjects, wider = _groups.Covering(subjects));
        return wider;
    }

    /// <summary>Policies with the same podSelector.</summary>
    internal sealed class Group(JudgedPolicy[] policies, PolicyDirection direction, SelectorDemands demands)
    {
        private GrantSites? _grants;

        /// <summary>In the order of the input.</summary>
        public IReadOnlyList<JudgedPolicy> Policies => policies;

        /// <summary>What they allow. Many are alone in what they select, and then nobody asks for it.</summary>
        public GrantSites Grants => _grants ??= Make();

        private GrantSites Make()
        {
            var grants = new GrantSites(demands);
            foreach (var policy in policies)
            {
                for (var i = 0; i < policy.Rules.Count; i++)
                {
                    if (policy.Rules[i].Site.Direction == direction)
                        grants.Add(policy.Rules[i]);
                }
            }

            return grants;
        }
    }
}
