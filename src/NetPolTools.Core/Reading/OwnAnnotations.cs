namespace NetPolTools.Reading;

/// <summary>Annotations that are meant for us. Of objects other than policies no others are kept.</summary>
internal static class OwnAnnotations
{
    public const string Prefix = "netpol.tools/";

    /// <param name="tokens">Stands on a map of annotations.</param>
    public static List<KeyValuePair<string, string>> Read(ManifestTokenReader tokens)
    {
        var own = new List<KeyValuePair<string, string>>();

        // Of what servers write, the text is at hand and nearly always without any.
        if (tokens.TryGetRaw(out var raw, out _) && raw.IndexOf("netpol.tools/"u8) < 0)
        {
            tokens.Skip();
            return own;
        }

        QuietWalk.EachField(tokens, name =>
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal))
                return false;
            if (QuietWalk.Text(tokens) is { } text)
                own.Add(new(name, text));
            return true;
        });
        return own;
    }
}
