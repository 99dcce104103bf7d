using System.Collections.Immutable;

namespace NetPolTools.Policies;

/// <summary>What a policy says of one direction.</summary>
/// <param name="Rules">From the top: the first that matches acts.</param>
/// <param name="Unmatched">What the policy wants for traffic that no rule of its tier matches.</param>
public sealed record RuleList(ImmutableArray<TrafficRule> Rules, Unmatched Unmatched)
{
    /// <summary>Whether the order of the rules means nothing, since all of them allow for sure or not at all.</summary>
    public bool IsAdditive
    {
        get
        {
            foreach (var rule in Rules)
            {
                if (rule.Action != RuleAction.Allow)
                    return false;
            }

            return true;
        }
    }
}
