namespace NetPolTools.Listing;

/// <summary>
/// Works out a long enumeration on another processor, a little ahead of who goes through it. Order, errors and laziness are those of the enumeration: nothing
/// is worked out before somebody goes through it, memory does not go with its length, and nothing runs on once that has ended.
/// </summary>
internal sealed class WorkAhead<T>
{
    // Short answers are there before a second thread would be.
    private const int WithoutHelp = 512;
    private const int MostAhead = 8192;

    // On a busy machine a thread that waits gets its turn milliseconds late; but lines that come slowly must not wait for one another.
    private const int WorthWaking = 2048;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(20);

    private readonly object _gate = new();
    private List<T> _ready = new(MostAhead);
    private bool _isComplete;
    private bool _isStopped;

    private WorkAhead()
    {
    }

    /// <param name="enumerate">Its token also tells when nobody wants more.</param>
    /// <param name="cancellation">Ends both sides.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IEnumerable<T> Enumerate(Func<CancellationToken, IEnumerable<T>> enumerate, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var items = enumerate(stop.Token).GetEnumerator();
        var withoutHelp = Environment.ProcessorCount > 1 ? WithoutHelp : long.MaxValue;
        for (var i = 0L; i < withoutHelp; i++)
        {
            if (!items.MoveNext())
                yield break;
            yield return items.Current;
        }

        var ahead = new WorkAhead<T>();
        var work = Task.Factory.StartNew(() => ahead.Collect(items), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            var taken = new List<T>(MostAhead);
            while (ahead.Take(ref taken))
            {
                foreach (var item in taken)
                {
                    cancellation.ThrowIfCancellationRequested();
                    yield return item;
                }

                cancellation.ThrowIfCancellationRequested();
                taken.Clear();
            }

            work.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            ahead.Stop();

            // How work ends that nobody wants any more does not matter, only that it has.
            Task.WaitAny([work], CancellationToken.None);
            _ = work.Exception;
        }
    }

    private void Collect(IEnumerator<T> items)
    {
        try
        {
            while (items.MoveNext())
            {
                lock (_gate)
                {
                    while (_ready.Count == MostAhead && !_isStopped)
                        Monitor.Wait(_gate);
                    if (_isStopped)
                        return;
                    _ready.Add(items.Current);
                    if (_ready.Count == WorthWaking)
                        Monitor.Pulse(_gate);
                }
            }
        }
        finally
        {
            lock (_gate)
            {
                _isComplete = true;
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Exchanges an empty list for what is ready, which may be nothing yet.</summary>
    /// <returns>Whether there was anything, or may be.</returns>
    private bool Take(ref List<T> taken)
    {
        lock (_gate)
        {
            if (_ready.Count < WorthWaking && !_isComplete)
                Monitor.Wait(_gate, LongestWait);
            (taken, _ready) = (_ready, taken);
            Monitor.Pulse(_gate);
            return taken.Count > 0 || !_isComplete;
        }
    }

    private void Stop()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.Pulse(_gate);
        }
    }
}
