namespace NetPolTools.Linting;

/// <summary>What settings say of rules.</summary>
/// <param name="Pattern">An id or name, with wildcards.</param>
/// <param name="State">Whether they are asked, and how grave what they find is.</param>
public sealed record LintRuleSetting(string Pattern, LintRuleState State);

/// <summary>Whether a rule is asked, and how grave what it finds is.</summary>
public enum LintRuleState
{
    /// <summary>It is not asked.</summary>
    Off,

    /// <summary>It is asked, also one that is not by default.</summary>
    On,

    /// <summary>It is asked, and all that it finds is worth knowing.</summary>
    Note,

    /// <summary>It is asked, and all that it finds is a warning.</summary>
    Warning,

    /// <summary>It is asked, and all that it finds is an error.</summary>
    Error,
}
