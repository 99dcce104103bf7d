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

    public ListOutcome? Outcome { get; private set; }

    public IReadOnlyList<KubernetesObject> Objects => _objects;

    /// <summary>How many objects came so far; for other threads to look at.</summary>
    public int Count => _count;

    public void Read(IClusterReader reader, CancellationToken cancellation)
    {
        var outcome = reader.List(Kind, ReadChunk, cancellation);
        if (outcome.Status is ListStatus.Absent or ListStatus.Forbidden && Kind.Substitute is { } substitute)
        {
            // Without either of them, the one that is there and refused is what to ask an administrator for.
            var instead = reader.List(substitute, ReadChunk, cancellation);
            if (outcome.Status == ListStatus.Absent || instead.Status != ListStatus.Forbidden)
                (Kind, outcome) = (substitute, instead);
        }

        if (outcome.Status == ListStatus.Read && _diagnostics.Find(static diagnostic => diagnostic.Id == DiagnosticId.SyntaxError) is { } broken)
            outcome = new ListOutcome(ListStatus.Failed, $"What came as {Kind} cannot be read. {broken.Message}");
        Outcome = outcome;

        void ReadChunk(Stream stream)
        {
            using var tokens = new JsonTokenReader(stream, reader.Name, new StringPool()) { HasLines = false };
            new ManifestBinder(this).Bind(tokens, cancellation);
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

    void IManifestSink.Add(KubernetesObject found)
    {
        _objects.Add(found);
        _count = _objects.Count;
    }

    void IManifestSink.Report(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);

    void IManifestSink.Skipped(string kind) => _skipped.Add(kind);
}
