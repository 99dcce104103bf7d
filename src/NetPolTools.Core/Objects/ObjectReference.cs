namespace NetPolTools.Objects;

/// <summary>Names one object of a cluster; <see cref="Namespace"/> is null for kinds that have none.</summary>
public sealed record ObjectReference(string Kind, string? Namespace, string Name) : ISpanFormattable
{
    public string Kind { get; } = Kind;

    public string? Namespace { get; } = Namespace;

    public string Name { get; } = Name;

    /// <summary><c>NetworkPolicy store/store-api</c>.</summary>
    public override string ToString()
    {
        if (Name.Length == 0)
            return $"{Kind} without a name";
        return Namespace is null ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
    }

    /// <inheritdoc cref="ToString()"/>
    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>The same in the midst of a sentence, without a text of its own.</summary>
    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        if (Name.Length == 0)
            return destination.TryWrite($"{Kind} without a name", out charsWritten);
        return Namespace is null
            ? destination.TryWrite($"{Kind} {Name}", out charsWritten)
            : destination.TryWrite($"{Kind} {Namespace}/{Name}", out charsWritten);
    }
}
