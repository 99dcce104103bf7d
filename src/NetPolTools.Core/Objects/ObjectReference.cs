namespace NetPolTools.Objects;

/// <summary>Names one object of a cluster; <see cref="Namespace"/> is null for kinds that have none.</summary>
public sealed record ObjectReference(string Kind, string? Namespace, string Name)
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
}
