namespace NetPolTools.HelpWriter.Prose;

/// <summary>Something that is missing from a file of the help, or that has no place there.</summary>
/// <param name="Line">From 1.</param>
public sealed record Problem(string File, int Line, string Message)
{
    /// <summary>As MSBuild reads errors out of a tool's output.</summary>
    public override string ToString() => $"{File}({Line}): error HELP: {Message}";
}
