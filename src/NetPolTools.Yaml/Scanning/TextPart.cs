namespace NetPolTools.Yaml.Scanning;

/// <summary>A part of the text that is scanned on its own: a document with what stands before its marker.</summary>
/// <param name="firstLine">The line of the whole text in which it begins.</param>
internal sealed class TextPart(int firstLine)
{
    private volatile bool _isUnwanted;

    public int FirstLine { get; } = firstLine;

    /// <summary>Whether nobody will look at the rest of it: set by the one who takes tokens, for the one who makes them.</summary>
    public bool IsUnwanted
    {
        get => _isUnwanted;
        set => _isUnwanted = value;
    }
}
