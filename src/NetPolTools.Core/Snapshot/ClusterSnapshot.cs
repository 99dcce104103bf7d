using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Text;
using NetPolTools.Validation;

namespace NetPolTools.Snapshot;

/// <summary>
/// A cluster as one input describes it: every object once, every namespace that anything mentions. Immutable, to be shared between threads.
/// </summary>
public sealed class ClusterSnapshot
{
    private readonly Lazy<Dictionary<NetworkPolicy, int>> _positions;
    private HashSet<string>? _keptNamespaces;

    internal ClusterSnapshot(
        IReadOnlyList<Namespace> namespaces,
        IReadOnlyList<Node> nodes,
        IReadOnlyList<Workload> workloads,
        IReadOnlyList<Pod> pods,
        IReadOnlyList<NetworkPolicy> networkPolicies,
        IReadOnlyDictionary<string, int> skippedKinds,
        IReadOnlyList<Diagnostic> diagnostics)
    {
        _positions = new Lazy<Dictionary<NetworkPolicy, int>>(Positions);
        Namespaces = Indexable.Of(namespaces);
        Nodes = Indexable.Of(nodes);
        Workloads = Indexable.Of(workloads);
        Pods = Indexable.Of(pods);
        NetworkPolicies = Indexable.Of(networkPolicies);
        SkippedKinds = skippedKinds;
        ReadingDiagnostics = Indexable.Of(diagnostics);
    }

    /// <summary>By name. Each carries the label <see cref="Namespace.NameLabel"/>, also one that only a pod or policy mentions.</summary>
    public IReadOnlyList<Namespace> Namespaces { get; }

    public IReadOnlyList<Node> Nodes { get; }

    public IReadOnlyList<Workload> Workloads { get; }

    /// <summary>All of them, also finished ones.</summary>
    public IReadOnlyList<Pod> Pods { get; }

    /// <summary>Those that the API server would accept.</summary>
    public IReadOnlyList<NetworkPolicy> NetworkPolicies { get; }

    /// <summary>Policies of other APIs, and what they refer to; those that the API server would accept.</summary>
    public IReadOnlyList<PolicyObject> PolicyObjects { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>Those that the input holds; pods may run as others.</summary>
    public IReadOnlyList<ServiceAccount> ServiceAccounts { get; internal init => field = Indexable.Of(value); } = [];

    public IReadOnlyList<Service> Services { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>What Services without a selector lead to.</summary>
    public IReadOnlyList<ServiceEndpoints> ServiceEndpoints { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>Ingresses and routes.</summary>
    public IReadOnlyList<Entrance> Entrances { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>Which Services the API server calls.</summary>
    public IReadOnlyList<ApiServerCallback> ApiServerCallbacks { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>Whom Prometheus is to ask for metrics.</summary>
    public IReadOnlyList<ScrapeMonitor> Monitors { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>Roles and ClusterRoles that the input holds.</summary>
    public IReadOnlyList<AccessRole> Roles { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>RoleBindings and ClusterRoleBindings that the input holds: who may create pods and set labels.</summary>
    public IReadOnlyList<AccessBinding> RoleBindings { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>What identifies the network plugin.</summary>
    public IReadOnlyList<PluginTrace> PluginTraces { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>Objects that decide or may decide traffic, of kinds that are not evaluated.</summary>
    public IReadOnlyList<UnevaluatedObject> UnevaluatedObjects { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>The same by kind: policies first, then what leads traffic to pods, then what stands for pods.</summary>
    public IReadOnlyList<NotEvaluatedKind> NotEvaluated => field ??= NotEvaluatedKind.Of(this);

    /// <summary>The kinds of policies among <see cref="NotEvaluated"/>.</summary>
    internal IReadOnlyList<string> OtherPolicyKinds =>
        field ??= [.. NotEvaluated.Where(static kind => kind.Role == UnevaluatedRole.Policy).Select(static kind => kind.Kind).Distinct()];

    /// <summary>Namespaces that have pods or workloads while the input does not hold their Namespace object, by name.</summary>
    public IReadOnlyList<string> NamespacesWithoutLabels { get; internal init => field = Indexable.Of(value); } = [];

    /// <summary>The kinds of policies that answers are about, as sentences name them: those of other kinds that the input holds beside
    /// NetworkPolicies.</summary>
    internal string EvaluatedPolicies =>
        string.Join(" and ", PolicyObjects.Select(static policy => Wording.Plural(policy.Kind)).Distinct().Order(StringComparer.Ordinal)
            .Prepend("NetworkPolicies"));

    /// <summary>How many objects came twice beside those that were told one by one, where there are many: a warning for each pair of inputs.</summary>
    internal IReadOnlyList<Diagnostic> UntoldDuplicates { get; init; } = [];

    /// <summary>How many objects were passed over, per kind, since their kind says nothing about traffic.</summary>
    public IReadOnlyDictionary<string, int> SkippedKinds { get; }

    /// <summary>Whether there is a pod, a workload or a policy.</summary>
    public bool HoldsAnything => HoldsPods || NetworkPolicies.Count > 0 || PolicyObjects.Count > 0;

    /// <summary>Whether there is anyone to ask about: a pod, or a workload that stands for pods.</summary>
    public bool HoldsPods => Pods.Count > 0 || Workloads.Count > 0;

    /// <summary>The version of Kubernetes of the cluster that it was read from; null for one of manifests.</summary>
    public KubernetesVersion? KubernetesVersion { get; internal init; }

    /// <summary>When and where it was read; null where that is not known, as of manifests. Of several inputs the first that knows is meant.</summary>
    public SnapshotOrigin? Origin { get; internal init; }

    /// <summary>All of them, kind by kind.</summary>
    public IEnumerable<KubernetesObject> Objects() =>
    [
        .. Namespaces, .. Nodes, .. Workloads, .. Pods, .. NetworkPolicies, .. PolicyObjects, .. ServiceAccounts, .. Services, .. ServiceEndpoints,
            .. Entrances, .. ApiServerCallbacks, .. Monitors, .. Roles, .. RoleBindings,
        .. PluginTraces, .. UnevaluatedObjects,
    ];

    /// <summary>
    /// The cluster after these objects have been applied to it: what it has by the same name is replaced, and everything else stays; the pods of a
    /// workload are those of its new template. A namespace that is only mentioned replaces none.
    /// </summary>
    /// <param name="applied">What is applied.</param>
    /// <param name="diagnostics">What the reading of it found.</param>
    public ClusterSnapshot With(IEnumerable<KubernetesObject> applied, IReadOnlyCollection<Diagnostic>? diagnostics = null)
    {
        KubernetesObject[] news = [.. applied];
        var rest = Objects().Where(static found => found is not Pod).Concat(Rollout.Of(Pods, Workloads, news.OfType<Workload>()));
        return Rebuilt(rest.Concat(news), diagnostics ?? []);
    }

    /// <summary>The cluster with some of its objects changed or removed.</summary>
    /// <param name="change">Gives what an object is afterwards, or null for none.</param>
    internal ClusterSnapshot Changed(Func<KubernetesObject, KubernetesObject?> change) =>
        Rebuilt(Objects().Select(change).OfType<KubernetesObject>(), []);

    /// <summary>The cluster after one of the files that it was read from has changed, with the objects that it had there as they are now.</summary>
    /// <param name="file">As locations have it.</param>
    /// <param name="news">What the file holds.</param>
    internal ClusterSnapshot Reread(string file, ClusterSnapshot news)
    {
        var byReference = news.Objects().DistinctBy(static found => (found.GetType(), found.Reference))
            .ToDictionary(static found => (found.GetType(), found.Reference));
        var builder = new ClusterSnapshotBuilder { IsApplying = true };
        builder.AddKnown(this, diagnostic => diagnostic.Location.File != file);
        foreach (var found in Objects())
        {
            if (found.Location.File != file)
                builder.Add(found, static _ => { });
            else if (byReference.Remove((found.GetType(), found.Reference), out var again))
                builder.Add(again, static _ => { });
        }

        foreach (var added in byReference.Values)
            builder.Add(added, static _ => { });

        foreach (var diagnostic in news.ReadingDiagnostics)
            builder.Report(diagnostic);
        return builder.Build();
    }

    /// <summary>The same cluster, of exactly these objects.</summary>
    internal ClusterSnapshot Of(IEnumerable<KubernetesObject> objects) => Rebuilt(objects, []);

    /// <summary>Of these objects, and otherwise the same.</summary>
    private ClusterSnapshot Rebuilt(IEnumerable<KubernetesObject> objects, IReadOnlyCollection<Diagnostic> further)
    {
        var builder = new ClusterSnapshotBuilder { IsApplying = true };
        builder.AddKnown(this);
        foreach (var found in objects)
            builder.Add(found, static _ => { });
        foreach (var diagnostic in further)
            builder.Report(diagnostic);
        return builder.Build();
    }

    /// <summary>The cluster after these objects have been deleted from it.</summary>
    public ClusterSnapshot Without(IEnumerable<KubernetesObject> deleted)
    {
        HashSet<ObjectReference> gone = [.. deleted.Select(static found => found.Reference)];
        var builder = new ClusterSnapshotBuilder();
        foreach (var found in Objects().Where(found => !gone.Contains(found.Reference)))
            builder.Add(found, static _ => { });
        return builder.Build();
    }

    /// <summary>What the reading found wrong or worth knowing, in the order of the input; then what of the input as a whole may make answers wrong.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => field ??= [.. ReadingDiagnostics, .. Gaps];

    /// <summary>What the reading found alone.</summary>
    public IReadOnlyList<Diagnostic> ReadingDiagnostics { get; }

    /// <summary>What the input lacks, or holds and is not evaluated.</summary>
    public IReadOnlyList<Diagnostic> Gaps => field ??= [.. InputGaps.Of(this)];

    /// <summary>Where this very policy stands among <see cref="NetworkPolicies"/>; below zero where it is none of them.</summary>
    internal int PositionOf(NetworkPolicy policy) => _positions.Value.GetValueOrDefault(policy, -1);

    /// <summary>Whether a namespace is there whatever policies there are: it is itself in the input, or some pod is in it.</summary>
    internal bool KeepsNamespace(string name) =>
        (_keptNamespaces ??= [.. Namespaces.Where(static ns => !ns.IsOnlyMentioned).Select(static ns => ns.Name), .. NamespacesWithoutLabels]).Contains(name);

    /// <summary>The same cluster under other policies.</summary>
    /// <param name="policies">Its NetworkPolicies.</param>
    /// <param name="others">Policies of other APIs, and what they refer to; null for those that it has.</param>
    internal ClusterSnapshot WithOnly(IReadOnlyList<NetworkPolicy> policies, IReadOnlyList<PolicyObject>? others = null) =>
        Copy(policies, others ?? PolicyObjects, PluginTraces);

    /// <summary>The same cluster, of whose network plugin something else is known.</summary>
    internal ClusterSnapshot With(IReadOnlyList<PluginTrace> traces) => Copy(NetworkPolicies, PolicyObjects, traces);

    /// <summary>The same cluster with objects that do not exist yet beside what it has.</summary>
    /// <param name="namespaces">Of names that it has not.</param>
    /// <param name="pods">In these namespaces, or in those of the cluster.</param>
    /// <param name="accounts">Those of names that it has stay as they are.</param>
    internal ClusterSnapshot WithToCome(IReadOnlyList<Namespace> namespaces, IReadOnlyList<Pod> pods, IReadOnlyList<ServiceAccount> accounts)
    {
        var known = ServiceAccounts.Select(static account => account.Reference).ToHashSet();
        return Copy(
            NetworkPolicies,
            PolicyObjects,
            PluginTraces,
            [.. Namespaces.Concat(namespaces).OrderBy(static ns => ns.Name, StringComparer.Ordinal)],
            [.. Pods, .. pods],
            [.. ServiceAccounts, .. accounts.Where(account => !known.Contains(account.Reference))]);
    }

    private Dictionary<NetworkPolicy, int> Positions()
    {
        var positions = new Dictionary<NetworkPolicy, int>(NetworkPolicies.Count, ReferenceEqualityComparer.Instance);
        for (var i = 0; i < NetworkPolicies.Count; i++)
            positions[NetworkPolicies[i]] = i;
        return positions;
    }

    private ClusterSnapshot Copy(
        IReadOnlyList<NetworkPolicy> policies,
        IReadOnlyList<PolicyObject> others,
        IReadOnlyList<PluginTrace> traces,
        IReadOnlyList<Namespace>? namespaces = null,
        IReadOnlyList<Pod>? pods = null,
        IReadOnlyList<ServiceAccount>? accounts = null) =>
        new(namespaces ?? Namespaces, Nodes, Workloads, pods ?? Pods, policies, SkippedKinds, ReadingDiagnostics)
        {
            PolicyObjects = others,
            ServiceAccounts = accounts ?? ServiceAccounts,
            Services = Services,
            ServiceEndpoints = ServiceEndpoints,
            Entrances = Entrances,
            ApiServerCallbacks = ApiServerCallbacks,
            Monitors = Monitors,
            Roles = Roles,
            RoleBindings = RoleBindings,
            PluginTraces = traces,
            UnevaluatedObjects = UnevaluatedObjects,
            NamespacesWithoutLabels = NamespacesWithoutLabels,
            KubernetesVersion = KubernetesVersion,
            Origin = Origin,
        };
}
