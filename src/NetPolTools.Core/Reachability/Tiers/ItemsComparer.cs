namespace NetPolTools.Reachability;

/// <summary>Compares arrays item by item.</summary>
internal sealed class ItemsComparer : IEqualityComparer<object[]>
{
    public static readonly ItemsComparer Instance = new();

    public bool Equals(object[]? x, object[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(object[] items)
    {
        var hash = default(HashCode);
        foreach (var item in items)
            hash.Add(item);
        return hash.ToHashCode();
    }
}
