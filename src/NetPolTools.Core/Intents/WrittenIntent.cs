using NetPolTools.Text;

namespace NetPolTools.Intents;

/// <summary>A place in a file of intents.</summary>
/// <param name="Location">Line and column.</param>
/// <param name="Path">The field.</param>
internal readonly record struct IntentPlace(SourceLocation Location, string Path);

/// <summary>An intent with its fields, as it was written.</summary>
/// <param name="Place">Where it begins.</param>
internal sealed record WrittenIntent(IntentPlace Place)
{
    /// <summary>Whether any field was there.</summary>
    public bool IsGiven { get; init; }

    public string? Name { get; init; }

    /// <summary>Null where none are given, or they are wrong.</summary>
    public IReadOnlyList<string>? From { get; init; }

    public IntentPlace? FromPlace { get; init; }

    /// <inheritdoc cref="From"/>
    public IReadOnlyList<string>? To { get; init; }

    public IntentPlace? ToPlace { get; init; }

    /// <summary>Null where none are given.</summary>
    public IReadOnlyList<string>? Ports { get; init; }

    public IntentPlace PortsPlace { get; init; }

    /// <summary>One of the words; null where none is given.</summary>
    public string? Expect { get; init; }
}
