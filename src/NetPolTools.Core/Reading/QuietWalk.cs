namespace NetPolTools.Reading;

/// <summary>
/// Goes through objects and lists without a word about wrong shapes: for fields that say nothing about traffic, where a mistake is none of ours.
/// Begins on a value's first token and ends on its last, as <see cref="FieldReader"/> does.
/// </summary>
internal static class QuietWalk
{
    /// <param name="tokens">Stands on a value.</param>
    /// <param name="read">Reads the value of the field of this name, or gives false for one to pass over.</param>
    public static void EachField(ManifestTokenReader tokens, Func<string, bool> read)
    {
        if (tokens.Kind != ManifestTokenKind.ObjectStart)
        {
            tokens.Skip();
            return;
        }

        while (tokens.Read() && tokens.Kind == ManifestTokenKind.PropertyName)
        {
            var name = tokens.Text;
            tokens.Read();
            if (!read(name))
                tokens.Skip();
        }
    }

    /// <param name="tokens">Stands on a value.</param>
    /// <param name="read">Reads one item.</param>
    public static void EachItem(ManifestTokenReader tokens, Action read)
    {
        if (tokens.Kind != ManifestTokenKind.ArrayStart)
        {
            tokens.Skip();
            return;
        }

        while (tokens.Read() && tokens.Kind != ManifestTokenKind.ArrayEnd)
            read();
    }

    /// <summary>A string, number or boolean as text; null for anything else.</summary>
    public static string? Text(ManifestTokenReader tokens)
    {
        if (tokens.Kind is ManifestTokenKind.String or ManifestTokenKind.Number or ManifestTokenKind.Boolean)
            return tokens.Text;
        tokens.Skip();
        return null;
    }

    /// <summary>The texts of a list.</summary>
    public static List<string> Texts(ManifestTokenReader tokens)
    {
        var texts = new List<string>();
        EachItem(tokens, () =>
        {
            if (Text(tokens) is { } text)
                texts.Add(text);
        });
        return texts;
    }
}
