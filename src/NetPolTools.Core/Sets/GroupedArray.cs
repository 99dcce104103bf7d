namespace NetPolTools.Sets;

/// <summary>
/// Items in numbered groups, all in one array (a compressed sparse row). A group keeps the order of its items. It is filled in two passes, of which the
/// first counts the items and the second stores them: <c>foreach (var pass in grouped.Filling)</c>, with the same additions in the same order in each.
/// </summary>
/// <param name="count">How many groups there are.</param>
/// <remarks>Hot: one array for all, where lists would be as many objects as there are groups. Filling allocates nothing else.</remarks>
internal sealed class GroupedArray<T>(int count)
{
    // Where group g begins. While items are stored, _starts[g + 1] is where the next one of g goes; while they are counted, _starts[g + 2] is how many it has.
    private readonly int[] _starts = new int[count + 2];
    private T[] _items = [];

    public int Count => count;

    /// <summary>All items, group by group.</summary>
    public ReadOnlySpan<T> Items => _items;

    /// <summary>The two passes in which items are added.</summary>
    public Passes Filling => new(this);

    /// <summary>The items of a group, once it is filled.</summary>
    public Span<T> this[int group] => _items.AsSpan(_starts[group], _starts[group + 1] - _starts[group]);

    /// <summary>Where a group begins among all items, once it is filled; for the number behind the last group, where that ends.</summary>
    public int StartOf(int group) => _starts[group];

    private void MakeRoom()
    {
        for (var i = 2; i < _starts.Length; i++)
            _starts[i] += _starts[i - 1];
        _items = new T[_starts[^1]];
    }

    /// <summary>To be gone through with foreach, once.</summary>
    public struct Passes(GroupedArray<T> array)
    {
        private int _number;

        public readonly Pass Current => new(array._starts, _number == 2 ? array._items : null);

        public readonly Passes GetEnumerator() => this;

        public bool MoveNext()
        {
            if (++_number == 2)
                array.MakeRoom();
            return _number <= 2;
        }
    }

    /// <summary>One of the passes.</summary>
    public readonly struct Pass(int[] starts, T[]? items)
    {
        public void Add(int group, T item)
        {
            if (items is null)
                starts[group + 2]++;
            else
                items[starts[group + 1]++] = item;
        }
    }
}
