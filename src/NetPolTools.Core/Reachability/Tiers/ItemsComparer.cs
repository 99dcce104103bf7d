namespace NetPolTools.Reachability;

/// <summary>Compares arrays item by item.</summary>
internal sealed class ItemsComparer : IEqualityComparer<object[]>
{
    public static readonly ItemsComparer Instance = new();

    // Of arrays of a derived type too, which only a span to read from takes.
    public bool Equals(object[]? x, object[]? y) => new ReadOnlySpan<object>(x).SequenceEqual(y);

    public int GetHashCode(object[] items)
    {
        var hash = default(HashCode);
        foreach (var item in items)
            hash.Add(item);
        return hash.ToHashCode();
    }
}
