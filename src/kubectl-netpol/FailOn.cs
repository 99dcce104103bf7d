namespace NetPolTools.Kubectl;

/// <summary>From which severity on a finding makes a check fail.</summary>
internal enum FailOn
{
    Note,
    Warning,
    Error,
    Never,
}
