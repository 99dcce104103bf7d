namespace NetPolTools.Policies;

/// <summary>What a rule does with the traffic it matches. Within a tier the first rule that matches acts.</summary>
public enum RuleAction
{
    /// <summary>The direction is allowed; nothing below is asked.</summary>
    Allow,

    /// <summary>The direction is denied; nothing below is asked.</summary>
    Deny,

    /// <summary>The traffic leaves the tier: its other rules are not asked, nor is what the tier does with unmatched traffic; the next tier decides.</summary>
    Pass,
}
