using System.Diagnostics;
using NetPolTools.Diagnostics;
using NetPolTools.Reading;

namespace NetPolTools.Live;

/// <summary>
/// Follows one kind of a cluster: goes on where a connection ended, tries again while there is none, and lists again where the server no longer keeps
/// the changes in between.
/// </summary>
internal sealed class KindWatch
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Once may be a restart of the server.</summary>
    private const int MostEmptyAnswers = 3;

    private readonly ClusterApi _api;
    private readonly ClusterKind _kind;
    private readonly IWatchNews _news;
    private readonly TimeSpan _shortestWait;
    private ListPosition? _position;
    private TimeSpan _wait;
    private int _emptyAnswers;

    /// <param name="api">The cluster.</param>
    /// <param name="first">The kind, read; what it found is taken out of it.</param>
    /// <param name="news">Told what happens.</param>
    /// <param name="shortestWait">How long it waits at first before it asks again.</param>
    public KindWatch(ClusterApi api, KindReading first, IWatchNews news, TimeSpan shortestWait)
    {
        _api = api;
        _kind = first.Kind;
        _news = news;
        _shortestWait = _wait = shortestWait;
        Take(first);
    }

    public KindState State { get; } = new();

    /// <summary>Runs until cancelled, or until there is nothing to follow.</summary>
    public void Follow(CancellationToken cancellation)
    {
        while (_position is not null)
        {
            var started = Stopwatch.GetTimestamp();
            var ended = WatchOnce(_position, cancellation);
            cancellation.ThrowIfCancellationRequested();
            switch (ended.Status)
            {
                case ReadStatus.Read when Stopwatch.GetElapsedTime(started) >= _shortestWait:
                    _wait = _shortestWait;
                    break;
                case ReadStatus.Read:
                    Pause(cancellation);

                    // Where something on the way does not pass on changes, what is there can still be listed now and then.
                    if (_emptyAnswers >= MostEmptyAnswers)
                        ListAgain(cancellation);
                    break;
                case ReadStatus.Expired or ReadStatus.Absent:
                    ListAgain(cancellation);
                    break;
                case ReadStatus.Forbidden:
                    _news.Refused(_kind, ended.Message);
                    return;
                default:
                    WaitForCluster(ended.Message, cancellation);
                    break;
            }
        }
    }

    private void Take(KindReading reading)
    {
        State.Replace(reading.Found.Objects);
        reading.Found.Clear();
        _position = reading.Outcome!.Position;
    }

    private ReadOutcome WatchOnce(ListPosition position, CancellationToken cancellation)
    {
        ReadOutcome? ended = null;
        var isEmpty = true;
        ReadOutcome outcome;
        try
        {
            outcome = _api.Watch(position, TakeChanges, cancellation);
        }
        catch (NoChangeException)
        {
            return new ReadOutcome(ReadStatus.Failed, $"What came as changes of {_kind} is something else.");
        }

        _emptyAnswers = outcome.Status == ReadStatus.Read && isEmpty ? _emptyAnswers + 1 : 0;

        // Where the connection broke in the middle of an event, it is the outcome that knows why.
        return outcome.Status == ReadStatus.Read && ended is not null ? ended : outcome;

        void TakeChanges(Stream changes)
        {
            using var tokens = new JsonTokenReader(changes, _api.Name, new StringPool()) { HasLines = false };
            ManifestDocuments.ForEach(
                tokens,
                () =>
                {
                    isEmpty = false;
                    var change = KindChange.Read(tokens);
                    if (change.Message is { } message)
                        ended = change.IsExpired ? ReadOutcome.Expired : new ReadOutcome(ReadStatus.Failed, message);
                    else if (change.IsOf(_kind))
                        TakeChange(change, cancellation);
                    else
                        throw new NoChangeException();
                },
                broken => ended = new ReadOutcome(ReadStatus.Failed, $"What came as changes of {_kind} cannot be read. {broken.Message}"));
        }
    }

    private void TakeChange(KindChange change, CancellationToken cancellation)
    {
        if (change.ResourceVersion is { Length: > 0 } version)
            _position = _position! with { ResourceVersion = version };
        if (!change.IsOfObject)
            return;
        var bound = new CollectedObjects();
        change.BindInto(bound, cancellation);
        State.Apply(change, bound.Objects);
        _news.Changed(change.IsDeletion ? [] : bound.Diagnostics);
    }

    private void ListAgain(CancellationToken cancellation)
    {
        while (true)
        {
            var reading = new KindReading(_kind);
            reading.Read(_api, cancellation);
            switch (reading.Outcome!.Status)
            {
                case ReadStatus.Read:
                    Diagnostic[] diagnostics = [.. reading.Found.Diagnostics];
                    Take(reading);
                    _news.Changed(diagnostics);
                    return;
                case ReadStatus.Absent:
                    // It may come back: the definition of a custom resource is being replaced.
                    State.Replace([]);
                    _news.Changed([]);
                    Pause(cancellation);
                    break;
                case ReadStatus.Forbidden:
                    _news.Refused(_kind, reading.Outcome.Message);
                    _position = null;
                    return;
                default:
                    WaitForCluster(reading.Outcome.Message, cancellation);
                    break;
            }
        }
    }

    private void WaitForCluster(string message, CancellationToken cancellation)
    {
        _news.Lost(this, message);
        do
            Pause(cancellation);
        while (_api.Connect(cancellation).Status != ReadStatus.Read);
        _news.Back(this);
    }

    /// <summary>Longer each time, so that a server in trouble is not kept in it.</summary>
    private void Pause(CancellationToken cancellation)
    {
        cancellation.WaitHandle.WaitOne(_wait);
        cancellation.ThrowIfCancellationRequested();
        _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
    }

    /// <summary>Ends a connection that reports something else, which might stay open for long.</summary>
    private sealed class NoChangeException : Exception;
}
