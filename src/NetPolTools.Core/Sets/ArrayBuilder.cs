namespace NetPolTools.Sets;

/// <summary>Items in the order they came. A struct to be kept in a field: copies of it share some items and not others.</summary>
/// <remarks>Hot. What List does too; but a List of our own structs is compiled when a program runs, and this when it is built.</remarks>
internal struct ArrayBuilder<T>
{
    private T[]? _items;

    public int Count { get; private set; }

    public readonly ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    public void Add(T item)
    {
        if (_items is null || Count == _items.Length)
        {
            var more = new T[Math.Max(2, Count * 2)];
            _items?.AsSpan().CopyTo(more);
            _items = more;
        }

        _items[Count++] = item;
    }

    public void Add(ReadOnlySpan<T> items)
    {
        foreach (var item in items)
            Add(item);
    }
}
