using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>The text is not well-formed YAML or JSON from here on; the message says what was found and what was expected.</summary>
public sealed class ManifestSyntaxException(SourceLocation location, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public SourceLocation Location { get; } = location;
}
