using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>Which policies and rules of some namespaces could go.</summary>
internal sealed class RedundancyOfNamespaces
{
    private readonly SelectorDemands _demands = new();
    private readonly List<(NetworkPolicy, IReadOnlyList<JudgedRule>, NetworkPolicy)> _policies = [];
    private readonly List<(RuleSite, IReadOnlyList<JudgedRule>)> _rules = [];

    /// <param name="namespaces">Their policies.</param>
    /// <param name="takenOver">Policies that the engine does not take as NetworkPolicies.</param>
    public RedundancyOfNamespaces(IEnumerable<NetworkPolicy[]> namespaces, IReadOnlySet<NetworkPolicy> takenOver)
    {
        var terms = new PeerTerms();
        foreach (var ofNamespace in namespaces)
        {
            var policies = Array.Exists(ofNamespace, IsOut) ? Array.FindAll(ofNamespace, policy => !IsOut(policy)) : ofNamespace;
            if (!RedundancyGuess.IsWorthALook(policies))
                continue;
            terms.Clear();
            Judge(Array.ConvertAll(policies, policy => new JudgedPolicy(policy, terms)));
        }

        bool IsOut(NetworkPolicy policy) => takenOver.Contains(policy) || SelectorAlgebra.Contradiction(policy.PodSelector) is not null;
    }

    /// <inheritdoc cref="Redundancy.Policies"/>
    public IReadOnlyList<(NetworkPolicy Policy, IReadOnlyList<JudgedRule> Because, NetworkPolicy Isolating)> Policies => _policies;

    /// <inheritdoc cref="Redundancy.Rules"/>
    public IReadOnlyList<(RuleSite Rule, IReadOnlyList<JudgedRule> Because)> Rules => _rules;

    /// <summary>What comes later goes first, so that of several that are the same the first stays; what is found stands in the order of the input.</summary>
    private void Judge(JudgedPolicy[] policies)
    {
        var (firstPolicy, firstRule) = (_policies.Count, _rules.Count);
        var ingress = new SubjectGrants(policies, PolicyDirection.Ingress, _demands);
        var egress = new SubjectGrants(policies, PolicyDirection.Egress, _demands);
        for (var p = policies.Length - 1; p >= 0; p--)
        {
            var policy = policies[p];
            if (Isolating(policy, ingress, egress) is not { } isolating || Covering(policy, ingress, egress) is not { } because)
                continue;
            policy.IsRedundant = true;
            _policies.Add((policy.Policy, because, isolating));
        }

        for (var p = policies.Length - 1; p >= 0; p--)
        {
            for (var r = policies[p].IsRedundant ? -1 : policies[p].Rules.Count - 1; r >= 0; r--)
            {
                var (rule, because) = (policies[p].Rules[r], new List<JudgedRule>());
                if (policies[p].IsolatesBy(rule) || !AddCovering(rule, rule.Site.Direction == PolicyDirection.Ingress ? ingress : egress, rule, because))
                    continue;
                rule.IsRedundant = true;
                _rules.Add((rule.Site, because));
            }
        }

        _policies.Reverse(firstPolicy, _policies.Count - firstPolicy);
        _rules.Reverse(firstRule, _rules.Count - firstRule);
    }

    /// <summary>Another policy that isolates the same pods in the same directions; null where there is none.</summary>
    private static NetworkPolicy? Isolating(JudgedPolicy policy, SubjectGrants ingress, SubjectGrants egress)
    {
        NetworkPolicy? found = null;
        foreach (var (direction, grants) in new ReadOnlySpan<(PolicyDirection, SubjectGrants)>(
            [(PolicyDirection.Ingress, ingress), (PolicyDirection.Egress, egress)]))
        {
            if (!policy.Policy.Isolates(direction))
                continue;
            if (Isolating(policy, grants) is not { } isolating)
                return null;
            found = isolating.Policy;
        }

        return found;
    }

    private static JudgedPolicy? Isolating(JudgedPolicy policy, SubjectGrants grants)
    {
        foreach (var group in grants.Wider(policy.Subjects))
        {
            for (var i = 0; i < group.Policies.Count; i++)
            {
                if (group.Policies[i] is { IsRedundant: false } other && other != policy)
                    return other;
            }
        }

        return null;
    }

    /// <summary>Rules of other policies that allow all that a policy allows, for pods that have all of these; null where something is left over.</summary>
    private static List<JudgedRule>? Covering(JudgedPolicy policy, SubjectGrants ingress, SubjectGrants egress)
    {
        var because = new List<JudgedRule>();
        for (var i = 0; i < policy.Rules.Count; i++)
        {
            if (!AddCovering(policy.Rules[i], policy.Rules[i].Site.Direction == PolicyDirection.Ingress ? ingress : egress, null, because))
                return null;
        }

        return because;
    }

    /// <summary>Looks for rules that together allow all that a rule allows; false where something is left over.</summary>
    /// <param name="rule">That could go.</param>
    /// <param name="grants">Of its direction.</param>
    /// <param name="alone">The rule, where no other of its policy could go with it; null where all of them could.</param>
    /// <param name="because">Where they are added, each once.</param>
    private static bool AddCovering(JudgedRule rule, SubjectGrants grants, JudgedRule? alone, List<JudgedRule> because)
    {
        var groups = grants.Wider(rule.Policy.Subjects);

        // No items stand for everything.
        for (var peer = 0; peer < Math.Max(rule.Peers.Count, 1); peer++)
        {
            for (var port = 0; port < Math.Max(rule.Ports.Count, 1); port++)
            {
                if (Covering(groups, rule, alone, rule.Site.NamesNoPeer ? null : rule.Peers[peer], rule.Site.NamesNoPort ? null : rule.Ports[port])
                    is not { } other)
                {
                    return false;
                }

                if (!because.Contains(other))
                    because.Add(other);
            }
        }

        return true;
    }

    private static JudgedRule? Covering(SubjectGrants.Group[] groups, JudgedRule rule, JudgedRule? alone, RulePeerTerms? peer, PortRange? port)
    {
        foreach (var group in groups)
        {
            // Where there is nothing but what is to go, nobody has to look.
            if (group.Policies.Count == 1 && group.Policies[0] == rule.Policy && (alone is null || IsOnly(rule)))
                continue;
            if (group.Grants.Find(peer, port, alone is null ? rule.Policy : null, alone) is { } found)
                return found;
        }

        return null;
    }

    private static bool IsOnly(JudgedRule rule) => RuleSite.CountInEffect(rule.Policy.Policy, rule.Site.Direction) == 1;
}
