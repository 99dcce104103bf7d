namespace NetPolTools.Reading;

/// <summary>What an object says, or its list says, that it is.</summary>
/// <param name="IsPending">The list around the object may still say it, behind its items.</param>
internal readonly record struct ObjectType(string? ApiVersion, string? Kind, bool IsPending = false)
{
    public static ObjectType Unknown => default;

    public bool IsKnown => ApiVersion is not null && Kind is not null;

    /// <summary>PodList holds Pods; List holds anything.</summary>
    public ObjectType OfItems()
    {
        if (Kind is null)
            return new ObjectType(null, null, IsPending: true);
        return Kind.Length > "List".Length && Kind.EndsWith("List", StringComparison.Ordinal)
            ? new ObjectType(ApiVersion, Kind[..^"List".Length], IsPending: ApiVersion is null)
            : Unknown;
    }
}
