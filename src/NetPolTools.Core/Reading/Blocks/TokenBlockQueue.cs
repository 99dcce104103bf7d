using System.Runtime.ExceptionServices;

namespace NetPolTools.Reading;

/// <summary>
/// The blocks of an input in order. Of a long input, another thread makes the next ones while this one is looked at. In a list, both threads cut text
/// into tokens by turns, and each reads the items in what it cut: what lies in its processor's caches stays there.
/// </summary>
/// <param name="stream">Disposed with the queue.</param>
/// <param name="tokenizer">Cuts it.</param>
/// <param name="isIndented"><inheritdoc cref="TokenBlock.IsIndented"/></param>
/// <param name="shared">Blocks of the inputs before; the reader's thread alone asks for them.</param>
internal sealed class TokenBlockQueue(Stream stream, BlockTokenizer tokenizer, bool isIndented, SpareBlocks shared) : IDisposable
{
    private const int MostAhead = 6;

    // What is read in a few blocks is read before a thread is there to help.
    private const int BlocksAlone = 5;

    private const int Reader = 0;
    private const int Other = 1;

    private readonly object _lock = new();
    private readonly Stack<TokenBlock>[] _spare = [new(), new()];
    private readonly LinkedList<TokenBlock> _ahead = [];
    private ListAhead? _list;
    private ExceptionDispatchInfo? _failure;
    private Task? _other;
    private int _taken;
    private bool _isMaking;
    private bool _isEnd;
    private bool _isStopped;

    public TokenBlock Next()
    {
        if (_other is not null)
            return Take();
        var block = SpareOf(Reader);
        tokenizer.Fill(block);
        EndList(block);
        if (++_taken == BlocksAlone && !block.IsLast && Environment.ProcessorCount > 1)
            _other = Task.Factory.StartNew(WorkAlong, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return block;
    }

    /// <summary>Takes back a block that is no longer needed.</summary>
    public void GiveBack(TokenBlock block)
    {
        lock (_lock)
            _spare[block.Maker].Push(block);
    }

    /// <summary>Has items read ahead, from the next block on to where the list ends.</summary>
    public void ReadAhead(ListAhead list)
    {
        // To wake whoever waits takes long, and of small files there are many.
        if (_other is null)
        {
            _list = list;
            return;
        }

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
        if (_other is null)
        {
            while (_spare[Reader].TryPop(out var block))
                shared.Put(block);
            stream.Dispose();
            return;
        }

        lock (_lock)
        {
            _isStopped = true;
            Monitor.PulseAll(_lock);
        }

        // It may be waiting for a stream that gives nothing; nobody waits for that.
        _other.ContinueWith(_ => stream.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (_isEnd)
            _other.Wait();
    }

    private TokenBlock Take()
    {
        while (true)
        {
            TokenBlock? toMake;
            lock (_lock)
            {
                var first = _ahead.First?.Value;
                if (first is not null && first.Items?.State != ItemsAheadState.BeingBound)
                {
                    _ahead.RemoveFirst();
                    if (first.Items is { State: ItemsAheadState.Waiting } items)
                        items.State = ItemsAheadState.Left;
                    Monitor.PulseAll(_lock);
                    return first;
                }

                _failure?.Throw();

                // Outside of lists only the reader can read what is in a block; the other thread makes it.
                toMake = _list is null ? null : StartMaking(Reader);
                if (toMake is null)
                {
                    Monitor.Wait(_lock);
                    continue;
                }
            }

            Make(toMake);
        }
    }

    private void WorkAlong()
    {
        try
        {
            while (NextWork(out var block))
            {
                if (block.Items is null)
                    Make(block);
                else
                    Bind(block, Other);
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

    /// <summary>An empty block to fill, or where there are enough, one whose items are to be read; false where nobody needs anything any more.</summary>
    private bool NextWork(out TokenBlock block)
    {
        lock (_lock)
        {
            while (!_isStopped)
            {
                if (StartMaking(Other) is { } toMake)
                {
                    block = toMake;
                    return true;
                }

                // The reader comes to the last one last.
                for (var node = _ahead.Last; node is not null; node = node.Previous)
                {
                    if (node.Value.Items is not { State: ItemsAheadState.Waiting } waiting)
                        continue;
                    waiting.State = ItemsAheadState.BeingBound;
                    block = node.Value;
                    return true;
                }

                Monitor.Wait(_lock);
            }
        }

        block = null!;
        return false;
    }

    /// <summary>An empty block for this thread to fill; null where there are enough, or another thread is at it: text is cut in order.</summary>
    private TokenBlock? StartMaking(int maker)
    {
        if (_isMaking || _isEnd || _isStopped || _ahead.Count >= MostAhead)
            return null;
        _isMaking = true;
        return SpareOf(maker);
    }

    /// <summary>An empty block, of which nothing is known yet.</summary>
    private TokenBlock SpareOf(int maker)
    {
        // Another thread may ask while this one does; only the reader's is that of the inputs before.
        if (!_spare[maker].TryPop(out var block))
            block = (maker == Reader ? shared.Take() : null) ?? new TokenBlock();
        (block.Maker, block.IsIndented) = (maker, isIndented);
        block.Clear();
        return block;
    }

    /// <summary>Fills a block, and reads the items in it while its text is in this processor's caches.</summary>
    private void Make(TokenBlock block)
    {
        tokenizer.Fill(block);
        lock (_lock)
        {
            Expect(block);
            if (block.Items is not null)
                block.Items.State = ItemsAheadState.BeingBound;
            _ahead.AddLast(block);
            _isEnd = block.IsLast;
            _isMaking = false;
            Monitor.PulseAll(_lock);
        }

        if (block.Items is not null)
            Bind(block, block.Maker);
    }

    private void Bind(TokenBlock block, int thread)
    {
        block.Items!.Bind(block, thread);
        lock (_lock)
        {
            block.Items.State = ItemsAheadState.Bound;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>
    /// Notes in a block that items of the present list may lie in it, and forgets the list where that ends. A long list among the items takes its place, and
    /// what follows that in the outer list is read item by item.
    /// </summary>
    private void Expect(TokenBlock block)
    {
        if (_list is null)
            return;
        if (block.Items is not { State: ItemsAheadState.BeingBound or ItemsAheadState.Bound })
            block.Items = new ItemsAhead(_list);
        EndList(block);
    }

    /// <summary>Forgets the list where it ends in a block: what follows may be another.</summary>
    private void EndList(TokenBlock block)
    {
        if (_list is not null && block.LeastDepth < _list.Depth)
            _list = null;
    }
}
