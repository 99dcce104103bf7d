using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>A value that is read now, and in which places are looked up later by field path.</summary>
/// <param name="Tokens">Where to read it from; may be the reader it was kept of.</param>
internal readonly record struct KeptValue(ManifestTokenReader Tokens, IPlaceFinder Places);

/// <summary>Knows where the fields of a value stand.</summary>
internal interface IPlaceFinder
{
    /// <inheritdoc cref="TokenBuffer.Find"/>
    SourceLocation Find(string path, string? mapKey);
}
