namespace NetPolTools.Linting;

/// <summary>How much a finding matters, least first.</summary>
public enum LintSeverity
{
    /// <summary>Worth knowing; often intended.</summary>
    Note,

    /// <summary>Probably not what was meant, or weaker than it looks.</summary>
    Warning,

    /// <summary>Traffic breaks, or a policy does not do what it says.</summary>
    Error,
}
