using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reading;

namespace NetPolTools.Live;

/// <summary>What a reading found, kept to be passed on later.</summary>
internal sealed class CollectedObjects : IManifestSink
{
    private readonly List<KubernetesObject> _objects = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly List<string> _skipped = [];
    private volatile int _count;

    public IReadOnlyList<KubernetesObject> Objects => _objects;

    public IReadOnlyList<Diagnostic> Diagnostics => _diagnostics;

    /// <summary>How many objects came so far; for other threads to look at.</summary>
    public int Count => _count;

    public void Add(KubernetesObject found)
    {
        _objects.Add(found);
        _count = _objects.Count;
    }

    public void Report(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);

    public void Skipped(string kind) => _skipped.Add(kind);

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

    public void Clear()
    {
        _objects.Clear();
        _diagnostics.Clear();
        _skipped.Clear();
        _count = 0;
    }
}
