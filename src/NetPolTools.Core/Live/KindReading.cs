using NetPolTools.Objects;
using NetPolTools.Reading;

namespace NetPolTools.Live;

/// <summary>One kind on its way out of a cluster: what was found, kept apart so that kinds can be read side by side.</summary>
internal sealed class KindReading(ClusterKind kind) : IManifestSink
{
    private readonly List<KubernetesObject> _objects = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly List<string> _skipped = [];
    private volatile int _count;

    public ClusterKind Kind { get; private set; } = kind;

    public ReadOutcome? Outcome { get; private set; }

    public IReadOnlyList<KubernetesObject> Objects => _objects;

    /// <summary>How many objects came so far; for other threads to look at.</summary>
    public int Count => _count;

    public void Read(ClusterApi api, CancellationToken cancellation)
    {
        var outcome = List(Kind);
        if (outcome.Status is ReadStatus.Absent or ReadStatus.Forbidden && Kind.Substitute is { } substitute)
        {
            // Without either of them, the one that is there and refused is what to ask an administrator for.
            var instead = List(substitute);
            if (outcome.Status == ReadStatus.Absent || instead.Status != ReadStatus.Forbidden)
                (Kind, outcome) = (substitute, instead);
        }

        if (outcome.Status == ReadStatus.Read && _diagnostics.Find(static diagnostic => diagnostic.Id == DiagnosticId.SyntaxError) is { } broken)
            outcome = new ReadOutcome(ReadStatus.Failed, $"What came as {Kind} cannot be read. {broken.Message}");
        Outcome = outcome;

        ReadOutcome List(ClusterKind kind)
        {
            var listed = api.List(kind, isWhole: false, ReadChunk, cancellation);
            if (listed.Status != ReadStatus.Expired)
                return listed;

            // Reading took longer than the server keeps a list for its chunks.
            Clear();
            return api.List(kind, isWhole: true, ReadChunk, cancellation);
        }

        ListMetadata? ReadChunk(Stream stream)
        {
            using var tokens = new JsonTokenReader(stream, api.Name, new StringPool()) { HasLines = false };
            var binder = new ManifestBinder(this);
            binder.Bind(tokens, cancellation);
            return binder.ListMetadata;
        }
    }

    /// <summary>Passes on what was found, in the order it came.</summary>
    public void PassTo(IManifestSink sink)
    {
        foreach (var found in _objects)
            sink.Add(found);
        foreach (var diagnostic in _diagnostics)
            sink.Report(diagnostic);
        foreach (var skipped in _skipped)
            sink.Skipped(skipped);
    }

    private void Clear()
    {
        _objects.Clear();
        _diagnostics.Clear();
        _skipped.Clear();
        _count = 0;
    }

    void IManifestSink.Add(KubernetesObject found)
    {
        _objects.Add(found);
        _count = _objects.Count;
    }

    void IManifestSink.Report(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);

    void IManifestSink.Skipped(string kind) => _skipped.Add(kind);
}
