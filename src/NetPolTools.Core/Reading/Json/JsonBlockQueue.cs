using System.Collections.Concurrent;

namespace NetPolTools.Reading;

/// <summary>
/// The blocks of an input in order. Of a long input, another thread makes the next ones while this one is looked at: cutting text into tokens takes as long
/// as making objects of them.
/// </summary>
internal sealed class JsonBlockQueue(Stream stream, string file) : IDisposable
{
    private const int MostAhead = 3;

    // What is read in a few blocks is read before a thread is there to help.
    private const int BlocksAlone = 2;

    private readonly JsonTokenizer _tokenizer = new(stream, file);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<JsonBlock> _spare = [];
    private BlockingCollection<JsonBlock>? _ahead;
    private Task? _maker;
    private int _taken;

    /// <param name="done">The block that is no longer needed.</param>
    public JsonBlock Next(JsonBlock? done)
    {
        if (done is not null)
            _spare.Add(done);
        if (_ahead is not null)
            return _ahead.Take();
        var block = Make();
        if (++_taken == BlocksAlone && !block.IsLast && Environment.ProcessorCount > 1)
        {
            _ahead = new BlockingCollection<JsonBlock>(MostAhead);
            _maker = Task.Factory.StartNew(() => MakeAhead(_ahead), _stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        return block;
    }

    public void Dispose()
    {
        _stop.Cancel();
        if (_maker is null)
        {
            stream.Dispose();
            return;
        }

        // It may be waiting for a stream that gives nothing; nobody waits for that.
        _maker.ContinueWith(_ => stream.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (_ahead!.IsAddingCompleted)
            _maker.Wait();
    }

    private void MakeAhead(BlockingCollection<JsonBlock> ahead)
    {
        try
        {
            var isLast = false;
            while (!isLast)
            {
                var block = Make();
                isLast = block.IsLast;
                ahead.Add(block, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody wants the rest.
        }
        finally
        {
            ahead.CompleteAdding();
        }
    }

    private JsonBlock Make()
    {
        var block = _spare.TryTake(out var spare) ? spare : new JsonBlock();
        _tokenizer.Fill(block);
        return block;
    }
}
