using System.Runtime.ExceptionServices;

namespace NetPolTools.Reading;

/// <summary>
/// The blocks of an input in order. Of a long input, another thread makes the next ones while this one is looked at, and where they hold items of a
/// list and there are enough of them, reads the items too: cutting text into tokens takes a third of the time that reading takes.
/// </summary>
internal sealed class JsonBlockQueue(Stream stream, string file) : IDisposable
{
    private const int MostAhead = 6;

    // What is read in a few blocks is read before a thread is there to help.
    private const int BlocksAlone = 2;

    private readonly JsonTokenizer _tokenizer = new(stream, file);
    private readonly object _lock = new();
    private readonly Stack<JsonBlock> _spare = [];
    private readonly LinkedList<JsonBlock> _ahead = [];
    private ListAhead? _list;
    private ExceptionDispatchInfo? _failure;
    private Task? _helper;
    private int _taken;
    private bool _isEnd;
    private bool _isStopped;

    public JsonBlock Next()
    {
        if (_helper is not null)
            return Take();
        var block = _spare.TryPop(out var spare) ? spare : new JsonBlock();
        _tokenizer.Fill(block);
        if (++_taken == BlocksAlone && !block.IsLast && Environment.ProcessorCount > 1)
            _helper = Task.Factory.StartNew(Help, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return block;
    }

    /// <summary>Takes back a block that is no longer needed.</summary>
    public void GiveBack(JsonBlock block)
    {
        lock (_lock)
            _spare.Push(block);
    }

    /// <summary>Has items read ahead, from the next block on to where the list ends.</summary>
    public void ReadAhead(ListAhead list)
    {
        lock (_lock)
        {
            _list = list;
            foreach (var block in _ahead)
                Expect(block);
            Monitor.PulseAll(_lock);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isStopped = true;
            Monitor.PulseAll(_lock);
        }

        if (_helper is null)
        {
            stream.Dispose();
            return;
        }

        // It may be waiting for a stream that gives nothing; nobody waits for that.
        _helper.ContinueWith(_ => stream.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (_isEnd)
            _helper.Wait();
    }

    private JsonBlock Take()
    {
        lock (_lock)
        {
            while (_ahead.Count == 0)
            {
                _failure?.Throw();
                Monitor.Wait(_lock);
            }

            var block = _ahead.First!.Value;
            _ahead.RemoveFirst();
            Monitor.PulseAll(_lock);
            while (block.Items?.State == ItemsAheadState.BeingBound)
            {
                _failure?.Throw();
                Monitor.Wait(_lock);
            }

            if (block.Items is { State: ItemsAheadState.Waiting } items)
                items.State = ItemsAheadState.Left;
            return block;
        }
    }

    private void Help()
    {
        try
        {
            while (NextWork(out var block, out var items))
            {
                if (items is null)
                    _tokenizer.Fill(block);
                else
                    items.Bind(block);
                Finish(block, items);
            }
        }
        catch (Exception e)
        {
            lock (_lock)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
                Monitor.PulseAll(_lock);
            }
        }
    }

    /// <summary>An empty block to fill, or where there are enough, one whose items are to be read; false where there is nothing more to do.</summary>
    private bool NextWork(out JsonBlock block, out ItemsAhead? items)
    {
        lock (_lock)
        {
            while (!_isStopped)
            {
                items = null;
                if (!_isEnd && _ahead.Count < MostAhead)
                {
                    block = _spare.TryPop(out var spare) ? spare : new JsonBlock();
                    return true;
                }

                // The reader comes to the last one last.
                for (var node = _ahead.Last; node is not null; node = node.Previous)
                {
                    if (node.Value.Items is not { State: ItemsAheadState.Waiting } waiting)
                        continue;
                    waiting.State = ItemsAheadState.BeingBound;
                    (block, items) = (node.Value, waiting);
                    return true;
                }

                Monitor.Wait(_lock);
            }
        }

        (block, items) = (null!, null);
        return false;
    }

    private void Finish(JsonBlock block, ItemsAhead? items)
    {
        lock (_lock)
        {
            if (items is null)
            {
                Expect(block);
                _ahead.AddLast(block);
                _isEnd = block.IsLast;
            }
            else
            {
                items.State = ItemsAheadState.Bound;
            }

            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Notes that a block holds items of the list, if it does.</summary>
    private void Expect(JsonBlock block)
    {
        if (_list is null)
            return;
        if (block.Items is not { State: ItemsAheadState.BeingBound or ItemsAheadState.Bound })
            block.Items = new ItemsAhead(_list);
        if (block.LeastDepth < _list.Depth)
            _list = null;
    }
}
