namespace NetPolTools.Reading;

/// <summary>
/// The items of a list that lie in one block as a whole, read by another thread; what was found in them is passed on item by item, in the order in
/// which it came.
/// </summary>
/// <param name="list">Their list.</param>
internal sealed class ItemsAhead(ListAhead list)
{
    private readonly List<(int Token, int End)> _items = new(list.ItemsOfBlock);
    private int _next;

    /// <summary>Takes what is found in them.</summary>
    public FoundAhead Found { get; } = new(list.ItemsOfBlock);

    /// <summary>How many items were read.</summary>
    public int Count => _items.Count;

    /// <summary>Guarded by the queue of the blocks.</summary>
    public ItemsAheadState State { get; set; }

    /// <param name="block">Theirs.</param>
    /// <param name="thread">The number of this thread.</param>
    public void Bind(TokenBlock block, int thread) => list.Bind(block, this, thread);

    /// <summary>Takes what came since the item before as found in this one.</summary>
    /// <param name="token">Where it begins.</param>
    public void EndItem(int token) => _items.Add((token, Found.Count));

    /// <summary>Forgets what came since the item before: the reader is to read this one itself.</summary>
    public void ForgetItem() => Found.CutTo(StartOf(_items.Count));

    /// <summary>Passes on what was found in an item; false where nobody has read it. To be asked for in the order of the items.</summary>
    /// <param name="token">Where it begins.</param>
    /// <param name="sink">Takes what was found.</param>
    public bool TryPass(int token, IManifestSink sink)
    {
        if (State != ItemsAheadState.Bound)
            return false;
        while (_next < _items.Count && _items[_next].Token < token)
            _next++;
        if (_next == _items.Count || _items[_next].Token != token)
            return false;
        Found.PassTo(sink, StartOf(_next), _items[_next].End);
        return true;
    }

    /// <summary>Where what was found in an item begins.</summary>
    private int StartOf(int item) => item == 0 ? 0 : _items[item - 1].End;
}

internal enum ItemsAheadState
{
    /// <summary>For whichever thread comes first.</summary>
    Waiting,

    BeingBound,

    Bound,

    /// <summary>The reader reads them itself.</summary>
    Left,
}
