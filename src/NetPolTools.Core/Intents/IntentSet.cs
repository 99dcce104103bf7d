namespace NetPolTools.Intents;

/// <summary>What a file of intents says.</summary>
public sealed record IntentSet
{
    /// <summary>The file, as it was given; null where the intents come from elsewhere.</summary>
    public string? File { get; init; }

    /// <summary>Where names without a namespace are looked for, with wildcards; empty for everywhere.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>In the order of the file, those of the defaults last.</summary>
    public IReadOnlyList<Intent> Intents { get; init; } = [];
}
