using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Text;
using NetPolTools.Validation;

namespace NetPolTools.Reading;

/// <summary>What the binders of one load share: the sink, the namespace of objects without one, and one copy of everything that repeats.</summary>
internal sealed class BindingContext(IManifestSink sink, ObjectKinds kinds, string defaultNamespace, KubernetesVersion version)
{
    private readonly Dictionary<int, List<ContainerPort[]>> _ports = [];
    private readonly Dictionary<(string ApiVersion, string Kind), (ObjectKind Kind, bool KnownVersion)> _kinds = [];
    private readonly List<Diagnostic> _ofCurrentObject = [];

    public SharedValues Shared { get; } = new();

    public string DefaultNamespace { get; } = defaultNamespace;

    /// <summary>The kinds to read.</summary>
    public ObjectKinds Kinds => kinds;

    /// <summary>The version whose API server is to take new objects.</summary>
    public KubernetesVersion Version { get; } = version;

    /// <inheritdoc cref="ManifestBinder.AreStored"/>
    public bool AreStored { get; set; }

    /// <summary>For the ports of the pod being read, before they become one shared array.</summary>
    public List<ContainerPort> PortScratch { get; } = [];

    public void Add(KubernetesObject found) => sink.Add(found);

    public void Skipped(string kind) => sink.Skipped(kind);

    /// <summary>Keeps a diagnostic until the object it belongs to is known by name.</summary>
    public void Report(Diagnostic diagnostic) => _ofCurrentObject.Add(diagnostic);

    public void Report(DiagnosticId id, DiagnosticSeverity severity, string message, string? fieldPath, SourceLocation location) =>
        Report(new Diagnostic(id, severity, message) { FieldPath = fieldPath, Location = location });

    /// <summary>Forgets what was reported of an object that turns out to be no well-formed text: mostly it is the same mistake, misunderstood.</summary>
    public void DropObject() => _ofCurrentObject.Clear();

    /// <summary>Passes on what was reported, as about an object of this name.</summary>
    public void EndObject(string kind, string? @namespace, string name)
    {
        if (_ofCurrentObject.Count > 0)
            EndObject(new ObjectReference(kind, @namespace is null ? null : Excerpt.Of(@namespace), Excerpt.Of(name)));
    }

    /// <summary>Passes on what was reported, as about this object.</summary>
    public void EndObject(ObjectReference? reference)
    {
        foreach (var diagnostic in _ofCurrentObject)
            sink.Report(diagnostic with { Object = reference });
        _ofCurrentObject.Clear();
    }

    /// <inheritdoc cref="ObjectKinds.Find"/>
    public ObjectKind FindKind(string apiVersion, string kind, out bool knownVersion)
    {
        if (!_kinds.TryGetValue((apiVersion, kind), out var found))
        {
            found = (kinds.Find(apiVersion, kind, out knownVersion), knownVersion);
            _kinds.Add((apiVersion, kind), found);
        }

        knownVersion = found.KnownVersion;
        return found.Kind;
    }

    /// <summary>One array for equal ports.</summary>
    public IReadOnlyList<ContainerPort> Ports(List<ContainerPort> ports)
    {
        if (ports.Count == 0)
            return [];
        var hash = default(HashCode);
        foreach (var port in ports)
            hash.Add(port);
        var key = hash.ToHashCode();
        if (!_ports.TryGetValue(key, out var candidates))
            _ports.Add(key, candidates = []);
        var known = candidates.Find(candidate => candidate.AsSpan().SequenceEqual(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ports)));
        if (known is null)
            candidates.Add(known = [.. ports]);
        return known;
    }
}
