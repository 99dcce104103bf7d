namespace NetPolTools.Sets;

/// <summary>Items in numbered groups, all in one array (a compressed sparse row). A group keeps the order of its items.</summary>
/// <param name="count">How many buckets there are.</param>
/// <remarks>Hot: one array for all, where lists would be as many objects as there are buckets.</remarks>
internal sealed class GroupedArray<T>(int count)
{
    // Where bucket b begins. As long as items are put, _starts[b + 1] is where the next one of b goes; before that, _starts[b + 2] is how many it will have.
    private readonly int[] _starts = new int[count + 2];
    private T[] _items = [];

    public int Count => count;

    /// <summary>All items, bucket by bucket.</summary>
    public ReadOnlySpan<T> Items => _items;

    /// <summary>The items of a bucket, once all are put.</summary>
    public Span<T> this[int bucket] => _items.AsSpan(_starts[bucket], _starts[bucket + 1] - _starts[bucket]);

    public void Announce(int bucket) => _starts[bucket + 2]++;

    /// <summary>Makes room for all that was announced.</summary>
    public void MakeRoom()
    {
        for (var i = 2; i < _starts.Length; i++)
            _starts[i] += _starts[i - 1];
        _items = new T[_starts[^1]];
    }

    public void Put(int bucket, T item) => _items[_starts[bucket + 1]++] = item;

    /// <summary>Where a bucket begins among all items, once all are put; for the number behind the last bucket, where that ends.</summary>
    public int StartOf(int bucket) => _starts[bucket];
}
