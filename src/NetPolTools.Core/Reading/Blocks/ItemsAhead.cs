using NetPolTools.Diagnostics;
using NetPolTools.Objects;

namespace NetPolTools.Reading;

/// <summary>
/// The items of a list that lie in one block as a whole, read by another thread; what was found in them is passed on item by item, in the order in
/// which it came.
/// </summary>
/// <param name="list">Their list.</param>
internal sealed class ItemsAhead(ListAhead list) : IManifestSink
{
    // Objects, diagnostics, and the names of kinds passed over.
    private readonly List<object> _found = new(list.ItemsOfBlock);
    private readonly List<(int Token, int End)> _items = new(list.ItemsOfBlock);
    private int _next;

    /// <summary>How many items were read.</summary>
    public int Count => _items.Count;

    /// <summary>Guarded by the queue of the blocks.</summary>
    public ItemsAheadState State { get; set; }

    /// <param name="block">Theirs.</param>
    /// <param name="thread">The number of this thread.</param>
    public void Bind(TokenBlock block, int thread) => list.Bind(block, this, thread);

    public void Add(KubernetesObject found) => _found.Add(found);

    public void Report(Diagnostic diagnostic) => _found.Add(diagnostic);

    public void Skipped(string kind) => _found.Add(kind);

    /// <summary>Takes what came since the item before as found in this one.</summary>
    /// <param name="token">Where it begins.</param>
    public void EndItem(int token) => _items.Add((token, _found.Count));

    /// <summary>Forgets what came since the item before: the reader is to read this one itself.</summary>
    public void ForgetItem() => _found.RemoveRange(StartOf(_items.Count), _found.Count - StartOf(_items.Count));

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
        for (var i = StartOf(_next); i < _items[_next].End; i++)
        {
            if (_found[i] is KubernetesObject found)
                sink.Add(found);
            else if (_found[i] is Diagnostic diagnostic)
                sink.Report(diagnostic);
            else
                sink.Skipped((string)_found[i]);
        }

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
