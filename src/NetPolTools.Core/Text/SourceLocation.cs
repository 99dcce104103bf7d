namespace NetPolTools.Text;

/// <summary>A place in an input: the name of the input as the user gave it, line and column, both from 1.</summary>
/// <remarks><c>default</c> stands for "no place known", as for an object built in memory.</remarks>
public readonly record struct SourceLocation(string? File, int Line, int Column)
{
    public string? File { get; } = File;

    public int Line { get; internal init; } = Line;

    public int Column { get; } = Column;

    public bool IsKnown => File is not null;

    /// <summary><c>file:line:column</c>, the form editors and terminals turn into links; empty when no place is known.</summary>
    public override string ToString() => File is null ? "" : Line == 0 ? File : $"{File}:{Line}:{Column}";
}
