using NetPolTools.Objects;

namespace NetPolTools.Linting;

/// <summary>A policy while it is found out which policies are of no use.</summary>
internal sealed class JudgedPolicy
{
    public JudgedPolicy(NetworkPolicy policy, PeerTerms terms)
    {
        Policy = policy;
        Subjects = terms.Subjects(policy.PodSelector);
        var ingress = RuleSite.CountInEffect(policy, PolicyDirection.Ingress);
        var rules = new JudgedRule[ingress + RuleSite.CountInEffect(policy, PolicyDirection.Egress)];
        Fill(rules.AsSpan(0, ingress), PolicyDirection.Ingress, terms);
        Fill(rules.AsSpan(ingress), PolicyDirection.Egress, terms);
        Rules = rules;
    }

    public NetworkPolicy Policy { get; }

    /// <summary>Its podSelector; one object for all policies that have it.</summary>
    public LabelSelector Subjects { get; }

    /// <summary>Those in effect, of ingress before those of egress.</summary>
    public IReadOnlyList<JudgedRule> Rules { get; }

    /// <summary>Whether it is of no use itself.</summary>
    public bool IsRedundant { get; set; }

    /// <summary>Whether only that the rule is there makes the policy isolate its pods: without policyTypes it needs an egress rule for that.</summary>
    public bool IsolatesBy(JudgedRule rule) => Policy.PolicyTypes is not { Count: > 0 } && rule.Site.Direction == PolicyDirection.Egress
        && !Rules.Any(other => other != rule && other.Site.Direction == PolicyDirection.Egress && !other.IsRedundant);

    private void Fill(Span<JudgedRule> rules, PolicyDirection direction, PeerTerms terms)
    {
        for (var i = 0; i < rules.Length; i++)
            rules[i] = new JudgedRule(this, new RuleSite(Policy, direction, i, Policy.Rules(direction)[i]), terms);
    }
}
