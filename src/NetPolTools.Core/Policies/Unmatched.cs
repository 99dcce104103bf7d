namespace NetPolTools.Policies;

/// <summary>What becomes of traffic that no rule of a tier matches, once a policy of the tier applies to the subject in the direction.</summary>
public enum Unmatched
{
    /// <summary>The next tier decides, and behind the last one everything is allowed.</summary>
    NextTier,

    /// <summary>It is denied. Where several policies of a tier apply, one that says so is enough.</summary>
    Deny,
}
