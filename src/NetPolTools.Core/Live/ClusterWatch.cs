using System.Collections.Concurrent;
using System.Diagnostics;
using NetPolTools.Diagnostics;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Live;

/// <summary>
/// Follows a cluster: its state as it is now, and again each time it has changed. Changes that come in a row, as those of a rollout do, make one state.
/// A connection that is lost is made again; what happened in the meantime is in the next state.
/// </summary>
/// <param name="reading">What to follow; not read yet.</param>
public sealed class ClusterWatch(ClusterReading reading) : IWatchNews
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<Diagnostic> _told = new();
    private readonly HashSet<KindWatch> _lost = [];
    private readonly object _lock = new();
    private long _firstChange;
    private long _lastChange;

    /// <summary>How long nothing must change before there is a new state.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a state may be put off where changes never stop.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it waits before it asks again after a connection that ended soon; each time twice as long, up to half a minute.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The states, the first as soon as all is read. Ends where the cluster cannot be read at first, or may no longer be; otherwise when cancelled.
    /// Whoever takes long over a state is given as long between states.
    /// </summary>
    /// <param name="report">Told what is wrong with objects, and when the connection is lost and back; on the caller's thread.</param>
    /// <param name="onProgress">Told what is under way, again and again, until the first state is there; on the caller's thread.</param>
    /// <param name="cancellation">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    public IEnumerable<ClusterSnapshot> States(Action<Diagnostic> report, Action<string> onProgress, CancellationToken cancellation)
    {
        if (!reading.ReadInto(new DiagnosticsOnly(report), onProgress, cancellation))
            yield break;

        KindWatch[] watches = [.. reading.Readings.Select(kind => new KindWatch(reading.Api, kind, this, FirstPause))];
        var state = StateOf(watches);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] following = [.. watches.Select(watch => Task.Factory.StartNew(
            () => watch.Follow(ending.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        try
        {
            while (true)
            {
                var started = Stopwatch.GetTimestamp();
                yield return state;
                if (!WaitForChange(Stopwatch.GetElapsedTime(started), following, report, cancellation))
                    yield break;
                state = StateOf(watches);
            }
        }
        finally
        {
            ending.Cancel();
            Task.WhenAll(following).ContinueWith(static _ => { }, TaskScheduler.Default).Wait(CancellationToken.None);
        }
    }

    void IWatchNews.Changed(IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            _told.Enqueue(diagnostic);
        lock (_lock)
        {
            _lastChange = Stopwatch.GetTimestamp();
            if (_firstChange == 0)
                _firstChange = _lastChange;
        }
    }

    void IWatchNews.Refused(ClusterKind kind, string message)
    {
        var (severity, consequence) = kind.Need == KindNeed.Essential
            ? (DiagnosticSeverity.Error, "so changes cannot be followed.")
            : (DiagnosticSeverity.Warning, "so they stay as they were in this answer.");
        Tell(DiagnosticId.ForbiddenKind, severity, $"You may not watch {kind}, {consequence} ({message})");
    }

    void IWatchNews.Lost(KindWatch watch, string message)
    {
        lock (_lock)
        {
            // All kinds lose it at once: the first speaks for them.
            if (_lost.Count == 0)
                Tell(DiagnosticId.ConnectionLost, DiagnosticSeverity.Warning, $"The connection is lost and will be tried again. {message}");
            _lost.Add(watch);
        }
    }

    void IWatchNews.Back(KindWatch watch)
    {
        lock (_lock)
        {
            if (_lost.Remove(watch) && _lost.Count == 0)
                Tell(DiagnosticId.ConnectionLost, DiagnosticSeverity.Warning, "The connection is back.");
        }
    }

    private void Tell(DiagnosticId id, DiagnosticSeverity severity, string message) =>
        _told.Enqueue(new Diagnostic(id, severity, message) { Location = new SourceLocation(reading.Api.Name, 0, 0) });

    private ClusterSnapshot StateOf(KindWatch[] watches)
    {
        lock (_lock)
            _firstChange = 0;
        var builder = new ClusterSnapshotBuilder();
        foreach (var watch in watches)
            watch.State.AddTo(builder);
        return builder.Build();
    }

    /// <returns>False where there is nothing more to come.</returns>
    private bool WaitForChange(TimeSpan rest, Task[] following, Action<Diagnostic> report, CancellationToken cancellation)
    {
        var resumed = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var isOver = false;
            while (_told.TryDequeue(out var diagnostic))
            {
                report(diagnostic);
                isOver |= diagnostic is { Id: DiagnosticId.ForbiddenKind, Severity: DiagnosticSeverity.Error };
            }

            if (isOver)
                return false;
            foreach (var failed in following.Where(static task => task.IsFaulted))
                failed.GetAwaiter().GetResult();
            if (Stopwatch.GetElapsedTime(resumed) >= rest && IsDue())
                return true;
            cancellation.WaitHandle.WaitOne(Tick);
        }
    }

    private bool IsDue()
    {
        lock (_lock)
            return _firstChange != 0 && (Stopwatch.GetElapsedTime(_lastChange) >= Quiet || Stopwatch.GetElapsedTime(_firstChange) >= LongestDelay);
    }

    /// <summary>The objects are taken from what was read of each kind.</summary>
    private sealed class DiagnosticsOnly(Action<Diagnostic> report) : IManifestSink
    {
        public void Add(Objects.KubernetesObject found)
        {
        }

        public void Report(Diagnostic diagnostic) => report(diagnostic);

        public void Skipped(string kind)
        {
        }
    }
}
