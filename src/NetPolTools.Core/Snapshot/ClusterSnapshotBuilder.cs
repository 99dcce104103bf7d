using System.Runtime.InteropServices;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Validation;

namespace NetPolTools.Snapshot;

/// <summary>Collects objects into a <see cref="ClusterSnapshot"/>. Of one object given twice the later is kept, with a warning. Not thread safe.</summary>
public sealed class ClusterSnapshotBuilder : IManifestSink
{
    private readonly ObjectTable<Namespace> _namespaces = new();
    private readonly ObjectTable<Node> _nodes = new();
    private readonly ObjectTable<Workload> _workloads = new();
    private readonly ObjectTable<Pod> _pods = new();
    private readonly ObjectTable<NetworkPolicy> _networkPolicies = new();
    private readonly ObjectTable<PolicyObject> _policyObjects = new();
    private readonly ObjectTable<ServiceAccount> _serviceAccounts = new();
    private readonly ObjectTable<Service> _services = new();
    private readonly ObjectTable<ServiceEndpoints> _serviceEndpoints = new();
    private readonly ObjectTable<Entrance> _entrances = new();
    private readonly ObjectTable<ApiServerCallback> _callbacks = new();
    private readonly ObjectTable<ScrapeMonitor> _monitors = new();
    private readonly ObjectTable<AccessRole> _roles = new();
    private readonly ObjectTable<AccessBinding> _bindings = new();
    private readonly ObjectTable<PluginTrace> _pluginTraces = new();
    private readonly ObjectTable<UnevaluatedObject> _unevaluated = new();
    private readonly Dictionary<string, int> _skippedKinds = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly DuplicateCounts _duplicates = new();
    private readonly Action<Diagnostic> _report;

    public ClusterSnapshotBuilder() => _report = Report;

    /// <inheritdoc cref="ClusterSnapshot.KubernetesVersion"/>
    public KubernetesVersion? KubernetesVersion { get; set; }

    /// <summary>Whether a later object of the same name is meant to stand in the place of the one before, as when it is applied.</summary>
    internal bool IsApplying { get; init; }

    /// <inheritdoc cref="ClusterSnapshot.Origin"/>
    public SnapshotOrigin? Origin { get; private set; }

    /// <summary>How many objects that matter came in so far.</summary>
    public int ObjectCount { get; private set; }

    public void Add(KubernetesObject found) => Add(found, _report);

    /// <param name="found">The object.</param>
    /// <param name="report">Told of a duplicate.</param>
    /// <exception cref="ArgumentException">A kind this builder does not keep.</exception>
    public void Add(KubernetesObject found, Action<Diagnostic> report)
    {
        // Whatever mentions it comes in too.
        if (found is Namespace { IsOnlyMentioned: true })
            return;
        ObjectCount++;

        // It stands for an object that is mostly here in itself too; of a duplicate is told there.
        if (found is PluginTrace trace)
        {
            _pluginTraces.Put(trace);
            return;
        }

        KubernetesObject? replaced = found switch
        {
            Pod pod => _pods.Put(pod),
            NetworkPolicy policy => _networkPolicies.Put(policy),
            PolicyObject policy => _policyObjects.Put(policy),
            Workload workload => _workloads.Put(workload),
            Namespace ns => _namespaces.Put(ns),
            Node node => _nodes.Put(node),
            ServiceAccount account => _serviceAccounts.Put(account),
            Service service => _services.Put(service),
            ServiceEndpoints endpoints => _serviceEndpoints.Put(endpoints),
            Entrance entrance => _entrances.Put(entrance),
            ApiServerCallback callback => _callbacks.Put(callback),
            ScrapeMonitor monitor => _monitors.Put(monitor),
            AccessRole role => _roles.Put(role),
            AccessBinding binding => _bindings.Put(binding),
            UnevaluatedObject unevaluated => _unevaluated.Put(unevaluated),
            _ => throw new ArgumentException($"A snapshot has no place for a {found.Kind}.", nameof(found)),
        };
        if (replaced is null || IsApplying)
            return;

        if (!_duplicates.IsToBeTold(found.Location, replaced.Location))
            return;
        var earlier = replaced.Location.IsKnown ? $" at {replaced.Location}" : "";
        report(new Diagnostic(
            DiagnosticId.DuplicateObject,
            DiagnosticSeverity.Warning,
            $"The same object stands in the input before{earlier}. A cluster keeps one of them; this later one is used.")
        {
            Location = found.Location,
            Object = found.Reference,
        });
    }

    /// <summary>Everything of another snapshot, its diagnostics too.</summary>
    public void AddAll(ClusterSnapshot snapshot)
    {
        foreach (var found in snapshot.Objects())
            Add(found);
        Origin ??= snapshot.Origin;
        AddKnown(snapshot);
    }

    /// <summary>What is known of another snapshot beside its objects and where it is from.</summary>
    /// <param name="snapshot">The other one.</param>
    /// <param name="counts">Which of its diagnostics; null for all.</param>
    internal void AddKnown(ClusterSnapshot snapshot, Func<Diagnostic, bool>? counts = null)
    {
        KubernetesVersion ??= snapshot.KubernetesVersion;
        foreach (var (kind, count) in snapshot.SkippedKinds)
            _skippedKinds[kind] = _skippedKinds.GetValueOrDefault(kind) + count;
        foreach (var diagnostic in snapshot.ReadingDiagnostics.Where(counts ?? (static _ => true)))
            Report(diagnostic);
        _duplicates.Add(snapshot.UntoldDuplicates);
    }

    public void Report(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);

    public void Describe(SnapshotOrigin origin)
    {
        KubernetesVersion ??= origin.KubernetesVersion;
        Origin ??= origin;
        foreach (var (kind, count) in origin.PassedOver)
            _skippedKinds[kind] = _skippedKinds.GetValueOrDefault(kind) + count;
    }

    public void Skipped(string kind) => _skippedKinds[kind] = _skippedKinds.GetValueOrDefault(kind) + 1;

    public ClusterSnapshot Build() => new(
        CompleteNamespaces(),
        [.. _nodes.Objects],
        [.. _workloads.Objects],
        [.. _pods.Objects],
        [.. _networkPolicies.Objects],
        new Dictionary<string, int>(_skippedKinds),
        [.. _diagnostics])
    {
        PolicyObjects = [.. _policyObjects.Objects],
        ServiceAccounts = [.. _serviceAccounts.Objects],
        Services = [.. _services.Objects],
        ServiceEndpoints = [.. _serviceEndpoints.Objects],
        Entrances = [.. _entrances.Objects],
        ApiServerCallbacks = [.. _callbacks.Objects],
        Monitors = [.. _monitors.Objects],
        Roles = [.. _roles.Objects],
        RoleBindings = [.. _bindings.Objects],
        PluginTraces = [.. _pluginTraces.Objects],
        UnevaluatedObjects = [.. _unevaluated.Objects],
        NamespacesWithoutLabels = WithoutLabels(),
        KubernetesVersion = KubernetesVersion,
        UntoldDuplicates = _duplicates.Untold(),
        Origin = Origin,
    };

    private string[] WithoutLabels()
    {
        var given = _namespaces.Objects.Select(static ns => ns.Name).ToHashSet();
        return
        [
            .. _pods.Objects.Select(static pod => pod.Metadata.Namespace!)
                .Concat(_workloads.Objects.Select(static workload => workload.Metadata.Namespace!))
                .Where(name => !given.Contains(name))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private Namespace[] CompleteNamespaces()
    {
        var byName = new Dictionary<string, Namespace>();
        foreach (var given in _namespaces.Objects)
            byName[given.Name] = given;
        Mention(_pods.Objects);
        Mention(_workloads.Objects);
        Mention(_networkPolicies.Objects);
        Mention(_policyObjects.Objects);
        Namespace[] sorted = [.. byName.Values];
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return Array.ConvertAll(sorted, static ns => ns with
        {
            Metadata = ns.Metadata with { Labels = ns.Metadata.Labels.With(Namespace.NameLabel, ns.Name) },
        });

        void Mention<T>(List<T> objects)
            where T : KubernetesObject
        {
            foreach (var found in objects)
            {
                if (found.Metadata.Namespace is not { } name)
                    continue;
                ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(byName, name, out _);
                known ??= new Namespace(new ObjectMetadata { Name = name }) { IsOnlyMentioned = true };
            }
        }
    }

    /// <summary>Objects of one type in the order they came, found by kind, namespace and name.</summary>
    private sealed class ObjectTable<T>
        where T : KubernetesObject
    {
        private readonly Dictionary<T, int> _positions = new(SameObject.Instance);

        public List<T> Objects { get; } = [];

        /// <returns>The object that had this name before; one without a name is none of the others.</returns>
        public T? Put(T found)
        {
            if (found.Metadata.IsNameGenerated || found.Name.Length == 0 || _positions.TryAdd(found, Objects.Count))
            {
                Objects.Add(found);
                return null;
            }

            var position = _positions[found];
            var earlier = Objects[position];
            Objects[position] = found;
            return earlier;
        }
    }

    /// <summary>Of two states of one object, whatever else they say.</summary>
    private sealed class SameObject : IEqualityComparer<KubernetesObject>
    {
        public static readonly SameObject Instance = new();

        public bool Equals(KubernetesObject? a, KubernetesObject? b) =>
            a?.Name == b?.Name && a?.Metadata.Namespace == b?.Metadata.Namespace && a?.Kind == b?.Kind;

        public int GetHashCode(KubernetesObject found) => HashCode.Combine(found.Name, found.Metadata.Namespace);
    }
}
