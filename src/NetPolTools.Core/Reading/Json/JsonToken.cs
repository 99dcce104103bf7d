namespace NetPolTools.Reading;

/// <summary>A token of a <see cref="JsonBlock"/>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="IsEscaped">Whether its text has escapes in it.</param>
/// <param name="Start">Where it begins in the block's bytes.</param>
/// <param name="TextLength">Bytes of its text, without quotes; none for brackets.</param>
internal readonly record struct JsonToken(ManifestTokenKind Kind, bool IsEscaped, int Start, int TextLength)
{
    /// <summary>Of a bracket that opens a value that ends in the same block: the position of the token that closes it; otherwise 0.</summary>
    public int Close { get; init; }

    public int TextStart => Kind is ManifestTokenKind.String or ManifestTokenKind.PropertyName ? Start + 1 : Start;
}
