namespace NetPolTools.Reading;

/// <summary>Makes something of the tokens of manifests.</summary>
public interface IManifestBinder
{
    /// <summary>Reads every document to the end of the input.</summary>
    /// <param name="tokens">Before its first token.</param>
    /// <param name="cancellation">Looked at between objects.</param>
    /// <returns>How many documents hold something.</returns>
    int Bind(ManifestTokenReader tokens, CancellationToken cancellation = default);

    /// <summary>The same, of a file that nobody named: one that lies in a folder.</summary>
    /// <param name="tokens">Before its first token.</param>
    /// <param name="onOther">Called instead of telling errors where the whole input says in no way that it is a manifest.</param>
    /// <param name="cancellation">Looked at between objects.</param>
    int Bind(ManifestTokenReader tokens, Action? onOther, CancellationToken cancellation) => Bind(tokens, cancellation);

    /// <summary>One that finds in an input what this one would, for another thread; null where inputs have to come in order.</summary>
    internal AheadBinder? ForAnotherThread() => null;

    /// <summary>Takes what that has found.</summary>
    internal void Take(FoundAhead found)
    {
    }
}
