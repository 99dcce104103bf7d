namespace NetPolTools.Diagnostics;

public enum DiagnosticSeverity
{
    /// <summary>The answer stands, and the user should know of this.</summary>
    Warning,

    /// <summary>Something of the input took no part in the answer.</summary>
    Error,
}
