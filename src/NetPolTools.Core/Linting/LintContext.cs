using System.Collections.Concurrent;
using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Linting;

/// <summary>What rules look at, several at once. What more than one of them needs is worked out once.</summary>
internal sealed class LintContext
{
    private const int MostNames = 3;

    private readonly Lazy<ReachabilityMap> _map;
    private readonly Lazy<CniVerdict?> _plugin;
    private readonly Lazy<LintInventory> _inventory;
    private readonly Lazy<DestinationPorts> _ports;
    private readonly Lazy<IndexSet> _served;
    private readonly Lazy<ServiceResolver> _services;
    private readonly Lazy<CiliumProxiedDns> _proxiedDns;
    private readonly Lazy<PodProtection> _protection;
    private readonly Lazy<Redundancy> _redundancy;
    private readonly Lazy<ReachabilityMap> _toCome;
    private readonly Lazy<IReadOnlyList<WorkloadSite>> _workloads;
    private readonly Lazy<RuleSite[]> _rules;
    private readonly Lazy<NetworkPolicy[][]> _byNamespace;
    private readonly Lazy<CertainPeers> _certainPeers;
    private readonly Lazy<DnsAudit> _dns;
    private readonly Lazy<AddressGrants> _addresses;
    private readonly Lazy<TrafficAudit> _traffic;
    private readonly Lazy<WorkloadPods> _workloadPods;
    private readonly IndexSet?[] _subjects;
    private readonly ConcurrentDictionary<string, SelectedNamespaces> _namespaces = [];

    /// <param name="snapshot">The input.</param>
    /// <param name="complete">Of what it holds all there is.</param>
    /// <param name="map">Its policies, compiled as the plugin has them.</param>
    /// <param name="plugin">What is known of the network plugin; null where policies are taken to do all they say.</param>
    public LintContext(ClusterSnapshot snapshot, LintCompleteness complete, Func<ReachabilityMap> map, Func<CniVerdict?> plugin)
    {
        Snapshot = snapshot;
        Complete = complete;
        _subjects = new IndexSet?[snapshot.NetworkPolicies.Count];
        _map = new Lazy<ReachabilityMap>(map);
        _plugin = new Lazy<CniVerdict?>(plugin);
        _inventory = new Lazy<LintInventory>(() => new LintInventory(snapshot, complete));
        _ports = new Lazy<DestinationPorts>(() => new DestinationPorts(Map));
        _served = new Lazy<IndexSet>(ServedFromOutside);
        _dns = new Lazy<DnsAudit>(() => new DnsAudit(Map, new KnownDns(snapshot, Endpoints), SeesServiceAddresses, () => ByNamespace));
        _addresses = new Lazy<AddressGrants>(() => new AddressGrants(this));
        _traffic = new Lazy<TrafficAudit>(() => new TrafficAudit(Map));
        _workloadPods = new Lazy<WorkloadPods>(() => new WorkloadPods(snapshot, Endpoints));
        _proxiedDns = new Lazy<CiliumProxiedDns>(() => new CiliumProxiedDns(Map));
        _protection = new Lazy<PodProtection>(() => new PodProtection(Map));
        _redundancy = new Lazy<Redundancy>(() => new Redundancy(this));
        _toCome = new Lazy<ReachabilityMap>(() => MapToCome.Of(Map));
        _workloads = new Lazy<IReadOnlyList<WorkloadSite>>(FindWorkloads);
        _rules = new Lazy<RuleSite[]>(FindRules);
        _byNamespace = new Lazy<NetworkPolicy[][]>(() => GroupByNamespace(Policies));
        _certainPeers = new Lazy<CertainPeers>(() => new CertainPeers(this));
        _services = new Lazy<ServiceResolver>(() => new ServiceResolver(snapshot, Endpoints));
    }

    public ClusterSnapshot Snapshot { get; }

    public LintCompleteness Complete { get; }

    /// <summary>Compiled when the first rule asks for it.</summary>
    public ReachabilityMap Map => _map.Value;

    /// <summary>What is known of the network plugin; null where policies are taken to do all they say.</summary>
    public CniVerdict? Plugin => _plugin.Value;

    /// <summary>Which labels pods have, those that are no endpoints of the map among them.</summary>
    public LintInventory Inventory => _inventory.Value;

    /// <summary>Which ports pods declare and Services lead to.</summary>
    public DestinationPorts Ports => _ports.Value;

    public EndpointTable Endpoints => Map.Endpoints;

    /// <summary>What Services lead to.</summary>
    public ServiceResolver Services => _services.Value;

    /// <summary>Who gets an answer of the cluster's DNS.</summary>
    public DnsAudit Dns => _dns.Value;

    /// <summary>Which rules let pods out to which addresses.</summary>
    public AddressGrants Addresses => _addresses.Value;

    /// <summary>Which traffic is denied, and by what.</summary>
    public TrafficAudit Traffic => _traffic.Value;

    /// <summary>The pods of each workload.</summary>
    public WorkloadPods WorkloadPods => _workloadPods.Value;

    /// <summary>Whose DNS Cilium sees.</summary>
    public CiliumProxiedDns ProxiedDns => _proxiedDns.Value;

    /// <summary>One pod of each class of pods that policies treat alike; pods of the host's network are not among them.</summary>
    public IndexSet PodClasses => Map.Classes.Representatives.Slice(0, Endpoints.SelectableCount);

    /// <summary>The same with pods that may come; the same map where no policies stand beside NetworkPolicies.</summary>
    public ReachabilityMap WithPodsToCome => _toCome.Value;

    /// <summary>Which policies and rules are of no use.</summary>
    public Redundancy Redundancy => _redundancy.Value;

    /// <summary>Which pods are isolated.</summary>
    public PodProtection Protection => _protection.Value;

    /// <summary>Every workload that has pods which policies can select, or stands for such pods.</summary>
    public IReadOnlyList<WorkloadSite> Workloads => _workloads.Value;

    /// <summary>Whether policies have any effect: where they have none, all that rules could say of them is that.</summary>
    public bool AreEnforced => Map.Options.NotEnforcedBecause is null;

    /// <summary>Whether policies see the addresses of Services: with most plugins they are replaced by those of pods before.</summary>
    public bool SeesServiceAddresses => Plugin?.Engines.Any(static engine => PluginCatalogue.Default.Chain(engine.Entry)
        .Any(static entry => entry.Id is "kube-router" or "k3s" or "aws-vpc-cni" or "eks-auto-mode")) == true;

    /// <summary>Whether a namespace belongs to the cluster itself: who runs the cluster decides what is isolated there.</summary>
    public static bool IsOfCluster(string ns) => ns is "kube-system" or "kube-public" or "kube-node-lease";

    public IReadOnlyList<NetworkPolicy> Policies => Snapshot.NetworkPolicies;

    /// <summary>The policies of each namespace, in the order of the first of each.</summary>
    public NetworkPolicy[][] ByNamespace => _byNamespace.Value;

    /// <summary>Every rule of every NetworkPolicy that is in effect.</summary>
    public IReadOnlyList<RuleSite> Rules() => _rules.Value;

    /// <summary>Every peer of these rules.</summary>
    public PeerSites Peers() => new(_rules.Value);

    /// <summary>What they stand for.</summary>
    public CertainPeers CertainPeers => _certainPeers.Value;

    /// <summary>Whether there are no namespaces but those of the input. One that holds not a single Namespace object does not hold all of them.</summary>
    public bool HoldsAllNamespaces => Complete.HasFlag(LintCompleteness.Namespaces) && Snapshot.Namespaces.Any(static ns => !ns.IsOnlyMentioned);

    /// <summary>By name; null where the input does not even mention it.</summary>
    public Namespace? FindNamespace(string name) => Endpoints.FindNamespace(name) is { } number ? Snapshot.Namespaces[number] : null;

    /// <summary>The pods and templates that a policy selects.</summary>
    /// <remarks>Threads that ask at the same time find the same: equal sets of pods are one object.</remarks>
    public IndexSet Subjects(NetworkPolicy policy)
    {
        var position = Snapshot.PositionOf(policy);
        if (position < 0)
            return Find();
        ref var known = ref _subjects[position];
        return Volatile.Read(ref known) ?? Keep(ref known, Find());

        IndexSet Find() => Map.Peers.Pods(Endpoints.NumberOfNamespace(policy.Namespace), policy.PodSelector);

        static IndexSet Keep(ref IndexSet? place, IndexSet found)
        {
            Volatile.Write(ref place, found);
            return found;
        }
    }

    /// <summary>The endpoints that each peer of a rule stands for; everyone for a rule that names none.</summary>
    public PeerSet[] PeersOf(RuleSite rule) => Map.Peers.PeersOf(Endpoints.NumberOfNamespace(rule.Policy.Namespace), rule.Rule);

    /// <summary>The endpoints that one peer stands for.</summary>
    public PeerSet PeerOf(PeerSite site) => Map.Peers.PeerOf(Endpoints.NumberOfNamespace(site.Rule.Policy.Namespace), site.Peer);

    /// <summary>
    /// The pods on whose ports a rule lets traffic in; null where some may be missing from the input, or are addresses: then nothing can be said of their
    /// ports.
    /// </summary>
    public PodSets? Destinations(RuleSite rule)
    {
        if (rule.Direction == PolicyDirection.Ingress)
            return new PodSets([Subjects(rule.Policy)]);
        if (rule.NamesNoPeer)
            return null;
        var peers = rule.Rule.Peers!;
        for (var i = 0; i < peers.Count; i++)
        {
            if (peers[i].IPBlock is not null || (peers[i].PodSelector is not { SelectsEverything: false } && !Complete.HasFlag(LintCompleteness.Workloads)))
                return null;
        }

        return new PodSets(Array.ConvertAll(PeersOf(rule), static peer => peer.Certain));
    }

    /// <summary>The namespaces that hold pods which a selector picks, by name.</summary>
    public IEnumerable<string> NamespacesWith(LabelSelector selector)
    {
        // Pods are numbered namespace by namespace.
        string? last = null;
        foreach (var pod in Map.Peers.PodLabels.Select(selector).Slice(0, Endpoints.SelectableCount))
        {
            if (Endpoints[pod].Reference.Namespace is { } ns && ns != last)
                yield return last = ns;
        }
    }

    /// <summary>The namespaces whose pods a peer may mean.</summary>
    /// <param name="site">With selectors.</param>
    public SelectedNamespaces NamespacesOf(PeerSite site) => site.Peer.NamespaceSelector is { } selector
        ? _namespaces.GetOrAdd(selector.ToString(), (_, wanted) => Among(NamespacesLike(wanted)), selector)
        : Among(FindNamespace(site.Rule.Policy.Namespace) is { } own ? [own.Name] : []);

    /// <summary>The namespaces that a selector picks, as far as their labels are known.</summary>
    private string[] NamespacesLike(LabelSelector selector)
    {
        var names = new List<string>();
        foreach (var number in Map.Peers.NamespaceLabels.Select(selector))
            names.Add(Snapshot.Namespaces[number].Name);
        return [.. names];
    }

    private SelectedNamespaces Among(string[] names) => new(Inventory, names, isAll: names.Length == Snapshot.Namespaces.Count);

    /// <summary>Whether a policy selects pods, and each of them is opened to the outside by a Service, an Ingress or a route.</summary>
    public bool AreServed(NetworkPolicy policy) => Subjects(policy) is { IsEmpty: false } subjects && subjects.Except(_served.Value).IsEmpty;

    /// <summary>The workloads of some pods, each once, as sentences name them.</summary>
    public string Names(IEnumerable<int> pods) =>
        Wording.List([.. pods.Select(pod => Endpoints[pod].Owner).Distinct().Select(static owner => owner.ToString())], MostNames);

    private RuleSite[] FindRules()
    {
        var count = 0;
        for (var i = 0; i < Policies.Count; i++)
            count += RuleSite.CountInEffect(Policies[i], PolicyDirection.Ingress) + RuleSite.CountInEffect(Policies[i], PolicyDirection.Egress);
        var found = new RuleSite[count];
        count = 0;
        for (var i = 0; i < Policies.Count; i++)
        {
            Add(Policies[i], PolicyDirection.Ingress);
            Add(Policies[i], PolicyDirection.Egress);
        }

        return found;

        void Add(NetworkPolicy policy, PolicyDirection direction)
        {
            for (var r = 0; r < RuleSite.CountInEffect(policy, direction); r++)
                found[count++] = new RuleSite(policy, direction, r, policy.Rules(direction)[r]);
        }
    }

    private List<WorkloadSite> FindWorkloads()
    {
        var workloads = new Dictionary<ObjectReference, SourceLocation>(Snapshot.Workloads.Count);
        foreach (var workload in Snapshot.Workloads)
            workloads[workload.Reference] = workload.Location;

        // There may be a hundred thousand: no reference is made of any.
        var pods = new Dictionary<(string Namespace, string Name), SourceLocation>(Snapshot.Pods.Count);
        foreach (var pod in Snapshot.Pods)
            pods[(pod.Metadata.Namespace!, pod.Name)] = pod.Location;
        var sites = new List<WorkloadSite>();

        // Pods of one owner stand together.
        for (var first = 0; first < Endpoints.SelectableCount;)
        {
            var owner = Endpoints[first].Owner;
            var end = first + 1;
            while (end < Endpoints.SelectableCount && Endpoints[end].Owner == owner)
                end++;
            sites.Add(new WorkloadSite(owner, OfOwner(owner) ?? OfEndpoint(Endpoints[first]) ?? default, first, end - first));
            first = end;
        }

        return sites;

        SourceLocation? OfOwner(ObjectReference reference) =>
            reference.Kind == Pod.KindName ? OfPod(reference.Namespace!, reference.Name)
                : workloads.TryGetValue(reference, out var location) ? location : null;

        // That of a template is its workload's.
        SourceLocation? OfEndpoint(Endpoint pod) => pod.PodName is { } name ? OfPod(pod.Namespace, name) : null;

        SourceLocation? OfPod(string ns, string name) => pods.TryGetValue((ns, name), out var location) ? location : null;
    }

    private static NetworkPolicy[][] GroupByNamespace(IReadOnlyList<NetworkPolicy> policies)
    {
        var (numbers, counts, numberOf) = (new Dictionary<string, int>(), new List<int>(), new int[policies.Count]);
        for (var i = 0; i < numberOf.Length; i++)
        {
            if (!numbers.TryGetValue(policies[i].Namespace, out var number))
            {
                numbers.Add(policies[i].Namespace, number = counts.Count);
                counts.Add(0);
            }

            counts[numberOf[i] = number]++;
        }

        var namespaces = new NetworkPolicy[counts.Count][];
        for (var i = numberOf.Length - 1; i >= 0; i--)
        {
            var number = numberOf[i];
            var ofNamespace = namespaces[number] ??= new NetworkPolicy[counts[number]];
            ofNamespace[--counts[number]] = policies[i];
        }

        return namespaces;
    }

    private IndexSet ServedFromOutside()
    {
        var entrances = new EntranceResolver(Services);
        return IndexSet.Of(Snapshot.Services.Where(static service => service.IsOpenedToOutside)
            .SelectMany(service => Services.Resolve(service, service.Ports).Pods)
            .Concat(Snapshot.Entrances.SelectMany(entrance => entrances.Resolve(entrance).Pods))
            .Select(static pod => pod.Endpoint));
    }
}
