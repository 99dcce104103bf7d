namespace NetPolTools.Objects;

/// <summary>What we use of <c>metadata</c>.</summary>
public sealed record ObjectMetadata
{
    public static readonly ObjectMetadata Empty = new();

    public string Name { get; internal init; } = "";

    /// <summary>Whether <see cref="Name"/> is only what the server makes a name from (generateName): several objects may have it.</summary>
    public bool IsNameGenerated { get; internal init; }

    /// <summary>Null for kinds that have none.</summary>
    public string? Namespace { get; internal init; }

    /// <summary>Whether the object names no namespace, and <see cref="Namespace"/> is the one that was assumed.</summary>
    public bool IsNamespaceAssumed { get; internal init; }

    public LabelSet Labels { get; internal init; } = LabelSet.Empty;

    /// <summary>Of a NetworkPolicy, in the order written, so that it can be written again; of other kinds only those that are meant for us are kept.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Annotations { get; internal init => field = Indexable.Of(value); } =
        FixedList<KeyValuePair<string, string>>.Empty;

    /// <summary>The owner that has <c>controller: true</c>.</summary>
    public OwnerReference? Controller { get; internal init; }

    /// <summary><c>shop/web</c>, with its labels behind it.</summary>
    public override string ToString() => $"{(Namespace is null ? "" : Namespace + "/")}{Name}{(Labels.Count == 0 ? "" : $" ({Labels})")}";
}

public sealed record OwnerReference(string Kind, string Name)
{
    public string Kind { get; } = Kind;

    public string Name { get; } = Name;

    /// <summary><c>ReplicaSet web-5d9</c>.</summary>
    public override string ToString() => $"{Kind} {Name}";
}
