namespace NetPolTools.Reading;

/// <summary>Goes through the documents of an input; a syntax error costs one of them.</summary>
internal static class ManifestDocuments
{
    /// <param name="tokens">Before its first token.</param>
    /// <param name="bind">Reads the value that the reader stands on.</param>
    /// <param name="onSyntaxError">Told where the rest of a document had to be given up.</param>
    /// <returns>How many documents hold something.</returns>
    public static int ForEach(ManifestTokenReader tokens, Action bind, Action<ManifestSyntaxException> onSyntaxError)
    {
        var documents = 0;
        var more = true;
        while (more)
        {
            try
            {
                more = Next(tokens);
                if (!more || tokens.Kind == ManifestTokenKind.Null)
                    continue;
                documents++;
                bind();
            }
            catch (ManifestSyntaxException e)
            {
                documents++;
                onSyntaxError(e);
                tokens.SkipDocument();
            }
        }

        return documents;
    }

    /// <summary>Goes to the value of the next document that has one.</summary>
    private static bool Next(ManifestTokenReader tokens)
    {
        while (tokens.Kind == ManifestTokenKind.DocumentStart || tokens.Read())
        {
            if (tokens.Kind == ManifestTokenKind.DocumentStart && tokens.Read() && tokens.Kind != ManifestTokenKind.DocumentStart)
                return true;
        }

        return false;
    }
}
