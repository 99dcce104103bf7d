using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>
/// Which policies and rules could go at once without any change, now and for pods to come: others allow all that they allow, and isolate the same pods. It
/// goes by what selectors and blocks can match at all, never by what they match today.
/// </summary>
internal sealed class Redundancy
{
    private readonly SelectorDemands _demands = new();
    private readonly List<(NetworkPolicy, IReadOnlyList<JudgedRule>, NetworkPolicy)> _policies = [];
    private readonly List<(RuleSite, IReadOnlyList<JudgedRule>)> _rules = [];

    public Redundancy(LintContext context)
    {
        // Where other policies stand among NetworkPolicies by name, each NetworkPolicy has a place of its own.
        var layout = context.Map.Stack.Layout;
        if (layout.BreaksTiesByName && context.Map.Stack.Policies.Any(policy =>
            policy.Rank.Tier == layout.NetworkPolicies.Tier && policy.Rank.Order == layout.NetworkPolicies.Order))
        {
            return;
        }

        foreach (var ofNamespace in context.Policies.GroupBy(static policy => policy.Namespace))
        {
            var terms = new PeerTerms();
            JudgedPolicy[] policies =
            [
                .. ofNamespace.Where(policy => !context.Map.Stack.TakenOver.Contains(policy) && SelectorAlgebra.Contradiction(policy.PodSelector) is null)
                    .Select(policy => new JudgedPolicy(policy, terms)),
            ];
            Judge(policies);
        }
    }

    /// <summary>Policies that could go, each with the rules that allow what it allows, and one that isolates its pods.</summary>
    public IReadOnlyList<(NetworkPolicy Policy, IReadOnlyList<JudgedRule> Because, NetworkPolicy Isolating)> Policies => _policies;

    /// <summary>Rules of other policies that could go, each with the rules that allow what it allows.</summary>
    public IReadOnlyList<(RuleSite Rule, IReadOnlyList<JudgedRule> Because)> Rules => _rules;

    /// <summary>What comes later goes first, so that of several that are the same the first stays.</summary>
    private void Judge(JudgedPolicy[] policies)
    {
        if (policies.Sum(static policy => Math.Max(1, policy.Rules.Count)) < 2)
            return;
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
            if (grants.Wider(policy.Policy.PodSelector).SelectMany(static group => group.Policies)
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
            var groups = directions[rule.Site.Direction].Wider(rule.Policy.Policy.PodSelector);
            foreach (var peer in rule.Site.NamesNoPeer ? [null] : rule.Peers.AsEnumerable<RulePeerTerms?>())
            {
                foreach (var port in rule.Site.NamesNoPort ? [null] : rule.Ports.Select(static port => (PortRange?)port))
                {
                    if (groups.SelectMany(group => group.Grants.Covering(peer, port)).FirstOrDefault(other => other.Stays && mayCover(other)) is not { } other)
                        return null;
                    if (!because.Contains(other))
                        because.Add(other);
                }
            }
        }

        return because;
    }
}
