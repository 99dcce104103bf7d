namespace NetPolTools.Reading;

/// <summary>Makes something of the tokens of manifests.</summary>
public interface IManifestBinder
{
    /// <summary>Reads every document to the end of the input.</summary>
    /// <param name="tokens">Before its first token.</param>
    /// <param name="cancellation">Looked at between objects.</param>
    /// <returns>How many documents hold something.</returns>
    int Bind(ManifestTokenReader tokens, CancellationToken cancellation = default);
}
