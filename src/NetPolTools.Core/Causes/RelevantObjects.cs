using NetPolTools.Dialects;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Causes;

/// <summary>
/// Which objects of two states of a cluster can matter to what policies say of some ends: the ends themselves, their namespaces, the policies that can select
/// one of them in either state, and whatever holds for the whole cluster. All others are the same to a question about these ends.
/// </summary>
internal sealed class RelevantObjects
{
    /// <summary>What runs there tells which network plugin the cluster has.</summary>
    private const string SystemNamespace = "kube-system";

    private readonly HashSet<ObjectReference> _owners = [];
    private readonly HashSet<string> _namespaces = [];
    private readonly HashSet<string> _wholeNamespaces = [];
    private readonly Dictionary<string, HashSet<LabelSet>> _labels = [];
    private readonly HashSet<ObjectReference> _ofOneNamespace = [];
    private readonly Func<string, bool> _isNamed;
    private readonly bool _goesByLabels;
    private readonly bool _keepsPods;
    private readonly AddressRange[] _addresses;
    private readonly bool _keepsPolicies;
    private readonly bool _keepsServices;

    /// <param name="states">What is meant in each state.</param>
    /// <param name="isNamed">Whether the question names a namespace of a name itself.</param>
    public RelevantObjects(IReadOnlyList<AskedState> states, Func<string, bool> isNamed)
    {
        _isNamed = isNamed;
        foreach (var state in states)
        {
            _wholeNamespaces.UnionWith(state.Namespaces);
            foreach (var end in state.Ends.Where(end => end < state.Map.Endpoints.PodCount))
                Add(state.Map.Endpoints[end]);
            _ofOneNamespace.UnionWith(state.Map.Stack.Policies.Select(static policy => policy.Origin.Reference)
                .Where(static reference => reference.Namespace is not null));
        }

        _namespaces.UnionWith(_wholeNamespaces);

        var areOutside = states.Any(static state => state.Ends.Any(end => end >= state.Map.Endpoints.PodCount)) && states.Any(AddressesMatter);
        _keepsPods = areOutside && states.Any(static state => state.NamesNodes);
        _addresses = areOutside ? [.. states.SelectMany(AddressesOf).Distinct()] : [];
        var objects = states.SelectMany(static state => state.Map.Snapshot.PolicyObjects);

        // Plugins with policies of their own may select by other labels than pods have.
        _goesByLabels = states.All(static state => state.Map.Options.Layout == EngineLayout.Kubernetes) && objects.All(static found => EngineOf(found) is null);

        // Where there are policies of several plugins, it takes all of them to tell what they come to.
        _keepsPolicies = objects.Select(EngineOf).OfType<string>().Distinct().Take(2).Count() > 1;

        // Policies of plugins may name Services of any namespace.
        _keepsServices = objects.Any(found => EngineOf(found) is not null && Matters(found));
    }

    /// <summary>Whether what makes one part of a state can matter: an object, or a workload with its pods.</summary>
    public bool Contains(ObjectReference part, IEnumerable<KubernetesObject> objects) =>
        _owners.Contains(part) || objects.Any(Matters);

    /// <summary>The same of a policy, which is a part by itself. May be asked from several threads.</summary>
    public bool Contains(NetworkPolicy policy) =>
        MaySelect(policy) || AllDialects.Dialects.Any(dialect => dialect.Engine is not null && dialect.IsMeantFor(policy));

    /// <summary>
    /// Which addresses are outside is told by those that pods and nodes have, where a policy names one of these by itself; pods tell of nodes too.
    /// </summary>
    private static bool AddressesMatter(AskedState state)
    {
        var map = state.Map;
        if (!map.Occupied.ByPodsOrNodes.IsEmpty)
            return true;
        return (state.NamesNodes || !map.Stack.Policies.IsEmpty || !map.Options.IPBlockMatchesNodes)
            && map.Snapshot.Pods.Any(static pod => pod.Addresses.Count + pod.HostAddresses.Count > 0);
    }

    /// <summary>Where pods and nodes may have addresses that are asked about: these, and what policies make one of them where it may hold no others.</summary>
    private static IEnumerable<AddressRange> AddressesOf(AskedState state)
    {
        var endpoints = state.Map.Endpoints;
        var most = (UInt128)(2L * (endpoints.PodCount + state.Map.Nodes.Addresses.Count));
        return state.Addresses.Concat(state.Ends.Where(end => end >= endpoints.PodCount && end < endpoints.UnknownPod)
            .Select(end => endpoints.Addresses.Ranges[end - endpoints.PodCount])
            .Where(range => range.Last - range.First < most));
    }

    private static string? EngineOf(PolicyObject found) => (found as IDialectObject)?.Dialect.Engine;

    private void Add(Endpoint end)
    {
        _owners.Add(end.Owner);
        _namespaces.Add(end.Namespace);
        if (!_labels.TryGetValue(end.Namespace, out var labels))
            _labels.Add(end.Namespace, labels = []);
        labels.Add(end.Labels);
    }

    private bool Matters(KubernetesObject found) => found switch
    {
        Pod or Workload => _keepsPods || found.Metadata.Namespace == SystemNamespace || _wholeNamespaces.Contains(found.Metadata.Namespace!)
            || (found is Pod pod && pod.Addresses.Concat(pod.HostAddresses).Any(address => Array.Exists(_addresses, range => range.Contains(address)))),
        Namespace ns => _keepsPods || _addresses.Length > 0 || _namespaces.Contains(ns.Name) || _isNamed(ns.Name),
        NetworkPolicy policy => Contains(policy),
        PolicyObject policy => Matters(policy),
        Service or ServiceEndpoints => _keepsServices || _namespaces.Contains(found.Metadata.Namespace!),
        ServiceAccount => _namespaces.Contains(found.Metadata.Namespace!),
        Entrance or ApiServerCallback or ScrapeMonitor or AccessRole or AccessBinding => false,
        _ => true,
    };

    private bool MaySelect(NetworkPolicy policy)
    {
        var ns = policy.Metadata.Namespace!;
        return _wholeNamespaces.Contains(ns) || (_labels.TryGetValue(ns, out var labels) && (!_goesByLabels || labels.Any(policy.PodSelector.Matches)));
    }

    /// <summary>A policy of one namespace selects what is there; anything else is what policies of any namespace refer to.</summary>
    private bool Matters(PolicyObject policy) =>
        _keepsPolicies || policy.Metadata.Namespace is not { } ns || _namespaces.Contains(ns) || !_ofOneNamespace.Contains(policy.Reference);
}
