using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>What rules look at. What several of them need is worked out once.</summary>
internal sealed class LintContext
{
    private const int MostNames = 3;

    private readonly Lazy<ReachabilityMap> _map;
    private readonly Lazy<IndexSet> _served;
    private readonly Lazy<ServiceResolver> _services;
    private readonly Lazy<CiliumProxiedDns> _proxiedDns;
    private readonly Dictionary<NetworkPolicy, IndexSet> _subjects = new(ReferenceEqualityComparer.Instance);

    /// <param name="snapshot">The input.</param>
    /// <param name="complete">Of what it holds all there is.</param>
    /// <param name="map">Its policies, compiled as the plugin has them.</param>
    public LintContext(ClusterSnapshot snapshot, LintCompleteness complete, Func<ReachabilityMap> map)
    {
        Snapshot = snapshot;
        Complete = complete;
        _map = new Lazy<ReachabilityMap>(map);
        _served = new Lazy<IndexSet>(ServedFromOutside);
        _proxiedDns = new Lazy<CiliumProxiedDns>(() => new CiliumProxiedDns(Map));
        _services = new Lazy<ServiceResolver>(() => new ServiceResolver(snapshot, Endpoints));
    }

    public ClusterSnapshot Snapshot { get; }

    public LintCompleteness Complete { get; }

    /// <summary>Compiled when the first rule asks for it.</summary>
    public ReachabilityMap Map => _map.Value;

    public EndpointTable Endpoints => Map.Endpoints;

    /// <summary>What Services lead to.</summary>
    public ServiceResolver Services => _services.Value;

    /// <summary>Whose DNS Cilium sees.</summary>
    public CiliumProxiedDns ProxiedDns => _proxiedDns.Value;

    /// <summary>One pod of each class of pods that policies treat alike; pods of the host's network are not among them.</summary>
    public IndexSet PodClasses => Map.Classes.Representatives.Slice(0, Endpoints.SelectableCount);

    public IReadOnlyList<NetworkPolicy> Policies => Snapshot.NetworkPolicies;

    /// <summary>Every rule of every NetworkPolicy that is in effect.</summary>
    public IEnumerable<RuleSite> Rules() => Policies.SelectMany(RuleSite.Of).Where(static site => site.IsInEffect);

    /// <summary>The pods and templates that a policy selects.</summary>
    public IndexSet Subjects(NetworkPolicy policy)
    {
        if (!_subjects.TryGetValue(policy, out var pods))
            _subjects.Add(policy, pods = Map.Peers.Pods(Endpoints.NumberOfNamespace(policy.Namespace), policy.PodSelector));
        return pods;
    }

    /// <summary>The namespaces that hold pods which a selector picks, by name.</summary>
    public IEnumerable<string> NamespacesWith(LabelSelector selector) =>
        Snapshot.Namespaces.Where(ns => !Map.Peers.Pods(Endpoints.NumberOfNamespace(ns.Name), selector).IsEmpty).Select(static ns => ns.Name);

    /// <summary>Whether a policy selects pods, and each of them is opened to the outside by a Service, an Ingress or a route.</summary>
    public bool AreServed(NetworkPolicy policy) => Subjects(policy) is { IsEmpty: false } subjects && subjects.Except(_served.Value).IsEmpty;

    /// <summary>The workloads of some pods, each once, as sentences name them.</summary>
    public string Names(IEnumerable<int> pods) =>
        Wording.List([.. pods.Select(pod => Endpoints[pod].Owner).Distinct().Select(static owner => owner.ToString())], MostNames);

    private IndexSet ServedFromOutside()
    {
        var entrances = new EntranceResolver(Services);
        var pods = Snapshot.Services.Where(static service => service.IsOpenedToOutside)
            .SelectMany(service => Services.Resolve(service, service.Ports).Pods)
            .Concat(Snapshot.Entrances.SelectMany(entrance => entrances.Resolve(entrance).Pods))
            .Select(static pod => pod.Endpoint);
        var found = new IndexSet.Builder();
        foreach (var pod in pods.Distinct().Order())
            found.Add(pod);
        return found.Build();
    }
}
