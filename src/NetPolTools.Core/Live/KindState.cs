using NetPolTools.Objects;
using NetPolTools.Reading;

namespace NetPolTools.Live;

/// <summary>The objects of one kind as they are now. One thread changes them, another takes them.</summary>
internal sealed class KindState
{
    private readonly object _lock = new();
    private Dictionary<(string? Namespace, string Name), KubernetesObject[]> _objects = [];

    /// <summary>Everything is as in this list.</summary>
    public void Replace(IEnumerable<KubernetesObject> listed)
    {
        var objects = listed.GroupBy(static found => (found.Metadata.Namespace, found.Name))
            .ToDictionary(static same => same.Key, static same => same.ToArray());
        lock (_lock)
            _objects = objects;
    }

    /// <summary>One object came, went or became another. What stands for it may be nothing, where it is broken, or two.</summary>
    public void Apply(KindChange change, IReadOnlyList<KubernetesObject> bound)
    {
        lock (_lock)
        {
            if (change.IsDeletion || bound.Count == 0)
                _objects.Remove((change.Namespace, change.Name));
            else
                _objects[(change.Namespace, change.Name)] = [.. bound];
        }
    }

    public void AddTo(IManifestSink sink)
    {
        lock (_lock)
        {
            foreach (var found in _objects.Values.SelectMany(static objects => objects))
                sink.Add(found);
        }
    }
}
