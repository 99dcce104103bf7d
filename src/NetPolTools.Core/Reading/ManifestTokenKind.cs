namespace NetPolTools.Reading;

/// <summary>What a <see cref="ManifestTokenReader"/> stands on.</summary>
public enum ManifestTokenKind
{
    /// <summary>Before the first token.</summary>
    None,

    /// <summary>A document begins; its one value follows. An empty document has no value: the next token is another start or the end.</summary>
    DocumentStart,
    ObjectStart,
    ObjectEnd,
    ArrayStart,
    ArrayEnd,

    /// <summary>A key of an object; its value follows.</summary>
    PropertyName,
    String,

    /// <summary>A number; <see cref="ManifestTokenReader.Text"/> is its JSON form.</summary>
    Number,

    /// <summary><see cref="ManifestTokenReader.Text"/> is <c>true</c> or <c>false</c>.</summary>
    Boolean,
    Null,
    EndOfInput,
}
