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
    public RedundancyOfNamespaces(IEnumerable<IEnumerable<NetworkPolicy>> namespaces, IReadOnlySet<NetworkPolicy> takenOver)
    {
        foreach (var ofNamespace in namespaces)
        {
            NetworkPolicy[] policies =
                [.. ofNamespace.Where(policy => !takenOver.Contains(policy) && SelectorAlgebra.Contradiction(policy.PodSelector) is null)];
            if (!RedundancyGuess.IsWorthALook(policies))
                continue;
            var terms = new PeerTerms();
            Judge([.. policies.Select(policy => new JudgedPolicy(policy, terms))]);
        }
    }

    /// <inheritdoc cref="Redundancy.Policies"/>
    public IReadOnlyList<(NetworkPolicy Policy, IReadOnlyList<JudgedRule> Because, NetworkPolicy Isolating)> Policies => _policies;

    /// <inheritdoc cref="Redundancy.Rules"/>
    public IReadOnlyList<(RuleSite Rule, IReadOnlyList<JudgedRule> Because)> Rules => _rules;

    /// <summary>What comes later goes first, so that of several that are the same the first stays.</summary>
    private void Judge(JudgedPolicy[] policies)
    {
        var directions = new Dictionary<PolicyDirection, SubjectGrants>
        {
            [PolicyDirection.Ingress] = new(policies, PolicyDirection.Ingress, _demands),
            [PolicyDirection.Egress] = new(policies, PolicyDirection.Egress, _demands),
        };
        foreach (var policy in policies.AsEnumerable().Reverse())
        {
            if (Isolating(policy, directions) is not { } isolating || Covering(policy.Rules, directions, other => other.Policy != policy) is not { } because)
                continue;
            policy.IsRedundant = true;
            _policies.Add((policy.Policy, because, isolating));
        }

        foreach (var policy in policies.AsEnumerable().Reverse().Where(static policy => !policy.IsRedundant))
        {
            foreach (var rule in policy.Rules.Reverse().Where(rule => !policy.IsolatesBy(rule)))
            {
                if (Covering([rule], directions, other => other != rule) is not { } because)
                    continue;
                rule.IsRedundant = true;
                _rules.Add((rule.Site, because));
            }
        }
    }

    /// <summary>Another policy that isolates the same pods in the same directions; null where there is none.</summary>
    private static NetworkPolicy? Isolating(JudgedPolicy policy, Dictionary<PolicyDirection, SubjectGrants> directions)
    {
        NetworkPolicy? found = null;
        foreach (var (direction, grants) in directions)
        {
            if (!policy.Policy.Isolates(direction))
                continue;
            if (grants.Wider(policy.Subjects).SelectMany(static group => group.Policies)
                .FirstOrDefault(other => other != policy && !other.IsRedundant) is not { } isolating)
            {
                return null;
            }

            found = isolating.Policy;
        }

        return found;
    }

    /// <summary>Rules that allow all that some rules allow, for pods that have all of these; null where something is left over.</summary>
    private static List<JudgedRule>? Covering(
        IEnumerable<JudgedRule> rules, Dictionary<PolicyDirection, SubjectGrants> directions, Func<JudgedRule, bool> mayCover)
    {
        var because = new List<JudgedRule>();
        foreach (var rule in rules)
        {
            var groups = directions[rule.Site.Direction].Wider(rule.Policy.Subjects);

            // No items stand for everything.
            for (var peer = 0; peer < Math.Max(rule.Peers.Count, 1); peer++)
            {
                for (var port = 0; port < Math.Max(rule.Ports.Count, 1); port++)
                {
                    if (Covering(groups, rule.Site.NamesNoPeer ? null : rule.Peers[peer], rule.Site.NamesNoPort ? null : rule.Ports[port], mayCover)
                        is not { } other)
                    {
                        return null;
                    }

                    if (!because.Contains(other))
                        because.Add(other);
                }
            }
        }

        return because;
    }

    private static JudgedRule? Covering(IReadOnlyList<SubjectGrants.Group> groups, RulePeerTerms? peer, PortRange? port, Func<JudgedRule, bool> mayCover)
    {
        for (var i = 0; i < groups.Count; i++)
        {
            if (groups[i].Grants.Find(peer, port, mayCover) is { } found)
                return found;
        }

        return null;
    }
}
