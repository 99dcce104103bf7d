namespace NetPolTools.Reading;

/// <summary>What a list of an API server says of itself, before its items or behind them.</summary>
/// <param name="ResourceVersion">Which state of the cluster it is; null where it does not say.</param>
/// <param name="Continue">What to ask for the next chunk with; null where there is none.</param>
internal sealed record ListMetadata(string? ResourceVersion, string? Continue)
{
    /// <summary>Those that a snapshot has; servers give lists none.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <param name="tokens">Stands on the value of <c>metadata</c>.</param>
    public static ListMetadata Read(ManifestTokenReader tokens)
    {
        var metadata = new ListMetadata(null, null);
        QuietWalk.EachField(tokens, name =>
        {
            switch (name)
            {
                case "resourceVersion":
                    metadata = metadata with { ResourceVersion = QuietWalk.Text(tokens) };
                    return true;
                case "continue":
                    metadata = metadata with { Continue = QuietWalk.Text(tokens) is { Length: > 0 } token ? token : null };
                    return true;
                case "annotations":
                    metadata = metadata with { Annotations = ReadAnnotations(tokens) };
                    return true;
                default:
                    return false;
            }
        });
        return metadata;
    }

    private static Dictionary<string, string> ReadAnnotations(ManifestTokenReader tokens)
    {
        var annotations = new Dictionary<string, string>();
        QuietWalk.EachField(tokens, key =>
        {
            if (QuietWalk.Text(tokens) is { } value)
                annotations[key] = value;
            return true;
        });
        return annotations;
    }
}
