namespace NetPolTools.Linting;

/// <summary>From which severity on a finding makes a check fail.</summary>
public enum LintFailOn
{
    Note,
    Warning,
    Error,
    Never,
}
