using System.Collections.Concurrent;
using NetPolTools.Diagnostics;
using NetPolTools.Reading;
using NetPolTools.Text;
using NetPolTools.Validation;

namespace NetPolTools.Live;

/// <summary>
/// Reads kinds of a cluster side by side. What the user may not list is told with what the answer lacks for it; what would make the answer wrong ends
/// the reading, and so does a cluster that cannot be read, each with one error.
/// </summary>
/// <param name="reader">The cluster.</param>
/// <param name="kinds">What to read of it.</param>
/// <param name="limit">How long it may take; null for as long as it takes.</param>
public sealed class ClusterReading(IClusterReader reader, IEnumerable<ClusterKind> kinds, TimeSpan? limit = null)
{
    /// <summary>Seconds that reading may take where nobody says otherwise; enough for large clusters over slow lines.</summary>
    public const int DefaultTimeout = 300;

    /// <summary>Seconds; more do not fit a timer.</summary>
    public const int LongestTimeout = 2_147_483;

    /// <summary>Servers count requests of one client; more at a time would wait there instead of here.</summary>
    private const int SideBySide = 6;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly ClusterApi _api = new(reader);
    private readonly List<KindReading> _readings = [.. kinds.Select(static kind => new KindReading(kind))];
    private readonly List<KindReading> _refusedElsewhere = [];

    /// <summary>
    /// What the question is about, where that is not the whole cluster: of kinds that the user may not list everywhere, these namespaces are read alone.
    /// </summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>What to add to the error where the cluster cannot be reached, such as which contexts there are; asked only then.</summary>
    public Func<string>? Advice { get; init; }

    /// <summary>The version of Kubernetes that the cluster runs, once it is read; null where it does not tell.</summary>
    public KubernetesVersion? Version { get; private set; }

    /// <summary>The kinds, each with what was found of it; once all are read.</summary>
    internal IReadOnlyList<KindReading> Readings => _readings;

    internal ClusterApi Api => _api;

    /// <summary>Reads everything; calls sink and progress on the caller's thread.</summary>
    /// <param name="sink">Takes objects and diagnostics, kind by kind, once all are read.</param>
    /// <param name="onProgress">Told what is under way, again and again.</param>
    /// <param name="cancellation">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Whether there is an answer to be had from what was read; where not, the sink knows why.</returns>
    public bool ReadInto(IManifestSink sink, Action<string> onProgress, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (limit is { } longest)
            ending.CancelAfter(longest);
        var failure = ReadAll(ending, onProgress);
        cancellation.ThrowIfCancellationRequested();
        if (failure is null && ending.IsCancellationRequested && !_readings.All(static reading => reading.Outcome is not null))
            failure = TooLate();
        if (failure is null)
        {
            Diagnostic[] refused = [.. Refusals.Of(_readings, Place), .. Refusals.Elsewhere(_refusedElsewhere, Namespaces, Place)];
            var wrong = refused.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();
            foreach (var diagnostic in wrong.Length > 0 ? wrong : refused)
                sink.Report(diagnostic);
            if (wrong.Length > 0)
                return false;
            foreach (var reading in _readings)
                reading.Found.PassTo(sink);
            return true;
        }

        sink.Report(failure.Id == DiagnosticId.ClusterNotRead ? failure with { Message = failure.Message + Advice?.Invoke() } : failure);
        return false;
    }

    private Diagnostic? ReadAll(CancellationTokenSource ending, Action<string> onProgress)
    {
        ReadOutcome? failed = null;
        var connecting = Start(() => Note(_api.Connect(ending.Token)));
        Wait([connecting], () => onProgress($"Connecting to {reader.Name}"));
        Run(_readings);
        if (!ending.IsCancellationRequested)
            Narrow(Run);
        return failed is null ? null : new Diagnostic(failed.FailedWith, DiagnosticSeverity.Error, failed.Message) { Location = Place };

        void Run(IReadOnlyCollection<KindReading> readings)
        {
            if (ending.IsCancellationRequested)
                return;
            var queue = new ConcurrentQueue<KindReading>(readings);
            var asking = Version is null ? [Start(() => Version = _api.Version(ending.Token))] : Array.Empty<Task>();
            Wait([.. asking, .. Enumerable.Range(0, Math.Min(SideBySide, readings.Count)).Select(_ => Start(() => Work(queue)))], () => onProgress(Progress()));
        }

        void Work(ConcurrentQueue<KindReading> queue)
        {
            while (queue.TryDequeue(out var reading))
            {
                reading.Read(_api, ending.Token);
                Note(reading.Outcome!);
            }
        }

        void Note(ReadOutcome outcome)
        {
            // All would fail for the same reason: the first to do so speaks for them.
            if (outcome.Status is not (ReadStatus.Failed or ReadStatus.Expired))
                return;
            Interlocked.CompareExchange(ref failed, outcome, null);
            ending.Cancel();
        }

        Task Start(Action work) => Task.Factory.StartNew(
            () =>
            {
                try
                {
                    work();
                }
                catch (OperationCanceledException) when (ending.IsCancellationRequested)
                {
                    // What is missing then shows in the readings.
                }
                catch
                {
                    ending.Cancel();
                    throw;
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
    }

    /// <summary>
    /// Reads namespaces alone where the user may not list all. Without the pods or policies of other namespaces nothing can be said of them: then
    /// nothing of theirs is left in.
    /// </summary>
    private void Narrow(Action<IReadOnlyCollection<KindReading>> run)
    {
        if (Namespaces.Count == 0)
            return;
        var isPartOfCluster = _readings.Exists(static reading => reading.IsRefused && reading.Kind.Need == KindNeed.Essential);
        (KindReading Whole, KindReading[] Parts)[] narrowed =
        [
            .. _readings.Where(reading => CanBeNarrowed(reading.Kind, isPartOfCluster) && (reading.IsRefused || (isPartOfCluster && reading.Kind.IsNamespaced)))
                .Select(reading => (reading, Namespaces.Select(ns => new KindReading(reading.Kind.In(ns))).ToArray())),
        ];
        run([.. narrowed.SelectMany(static kind => kind.Parts)]);
        foreach (var (whole, parts) in narrowed)
        {
            if (Array.Exists(parts, static part => part.Outcome?.Status is not (ReadStatus.Read or ReadStatus.Absent)))
                continue;
            _readings.InsertRange(_readings.IndexOf(whole), parts);
            _readings.Remove(whole);
            if (whole.IsRefused)
                _refusedElsewhere.Add(whole);
        }
    }

    /// <summary>What is in no namespace cannot be; namespaces can, where nothing of others is left in that might depend on their labels.</summary>
    private static bool CanBeNarrowed(ClusterKind kind, bool isPartOfCluster) =>
        kind.IsNamespaced || (kind.Need == KindNeed.NamespaceLabels && isPartOfCluster);

    private static void Wait(Task[] tasks, Action onTick)
    {
        while (!tasks.All(static task => task.IsCompleted))
        {
            onTick();
            Task.WaitAny([Task.WhenAll(tasks)], Tick);
        }

        Task.WhenAll(tasks).GetAwaiter().GetResult();
    }

    /// <summary><c>Reading context prod: 12000 pods, 3400 replicasets.apps</c>.</summary>
    private string Progress() => $"Reading {reader.Name}: "
        + string.Join(", ", _readings.Where(static reading => reading.Outcome is null && reading.Found.Count > 0)
            .Select(static reading => $"{reading.Found.Count} {reading.Kind}"));

    private SourceLocation Place => new(reader.Name, 0, 0);

    private Diagnostic TooLate()
    {
        var seconds = limit!.Value.TotalSeconds;
        var missing = _readings.Where(static reading => reading.Outcome is null).Select(static reading => reading.Kind.Name).ToArray();
        var message = missing.Length == _readings.Count && _readings.TrueForAll(static reading => reading.Found.Count == 0)
            ? $"Nothing came within {seconds:0} s, the time limit."
            : $"Reading was not done within {seconds:0} s, the time limit. Not read to the end: {string.Join(", ", missing)}.";
        return new Diagnostic(DiagnosticId.ClusterTimeout, DiagnosticSeverity.Error, message) { Location = Place };
    }
}
