using NetPolTools.Listing;

namespace NetPolTools.Intents;

/// <summary>One side of an intent.</summary>
/// <param name="Text">As the file names it.</param>
public sealed record IntentEnd(string Text)
{
    /// <summary>What it names; empty where it is everything, or whole namespaces.</summary>
    public IReadOnlyList<EndpointPattern> Patterns { get; init; } = [];

    /// <summary>Every pod, every address of no pod, and every end that policies have a name for.</summary>
    public bool IsEverything { get; init; }

    /// <summary>The namespaces that it is all pods of, with wildcards; null where it is something else.</summary>
    public string? OfNamespaces { get; init; }

    /// <summary>Of these namespaces, those that another default is for.</summary>
    public IReadOnlyList<string> ExceptNamespaces { get; init; } = [];

    public override string ToString() => Text;
}
