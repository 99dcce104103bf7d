using System.Collections.Concurrent;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>Finds the endpoints that a selector or a peer stands for. Equal sets of selected pods are one object. Thread safe.</summary>
internal sealed class PeerResolver
{
    // Of pods and namespaces together.
    private const int FewestInParallel = 512;

    private readonly EndpointTable _endpoints;
    private readonly int _namespaceCount;
    private readonly SelectorCache _podSelectors;
    private readonly SelectorCache _namespaceSelectors;
    private readonly IPBlockResolver _blocks;
    private readonly IndexSetPool _pool = new();
    private readonly ConcurrentDictionary<long, IndexSet> _inNamespace = [];
    private readonly ConcurrentDictionary<long, IndexSet> _across = [];
    private readonly ConcurrentDictionary<int, IndexSet> _everywhere = [];
    private readonly ConcurrentDictionary<(IndexSet Peers, IndexSet Among), IndexSet> _parts = [];

    /// <param name="snapshot">The cluster.</param>
    /// <param name="endpoints">Of it.</param>
    /// <param name="blocksMatchNodes">Whether ipBlocks match nodes.</param>
    public PeerResolver(ClusterSnapshot snapshot, EndpointTable endpoints, bool blocksMatchNodes = true)
    {
        _endpoints = endpoints;
        _namespaceCount = snapshot.Namespaces.Count;
        LabelIndex? pods = null, namespaces = null;
        IPBlockResolver? blocks = null;
        ParallelParts.Do(
            endpoints.SelectableCount + snapshot.Namespaces.Count < FewestInParallel,
            () => pods = new LabelIndex(endpoints.SelectableCount, i => endpoints[i].Labels),
            () => namespaces = new LabelIndex(snapshot.Namespaces.Count, i => snapshot.Namespaces[i].Metadata.Labels),
            () => blocks = new IPBlockResolver(endpoints, blocksMatchNodes ? null : new NodeEndpoints(snapshot, endpoints).Addresses));
        (PodLabels, NamespaceLabels) = (pods!, namespaces!);
        (_podSelectors, _namespaceSelectors, _blocks) = (new SelectorCache(pods!), new SelectorCache(namespaces!), blocks!);
        Everyone = new PeerSet(IndexSet.Range(0, endpoints.Count));
    }

    /// <summary>Every peer, in and out of the cluster.</summary>
    public PeerSet Everyone { get; }

    /// <summary>The labels of selectable pods, by their numbers.</summary>
    public LabelIndex PodLabels { get; }

    /// <summary>The labels of namespaces, by their positions in the snapshot.</summary>
    public LabelIndex NamespaceLabels { get; }

    /// <summary>The pods of one namespace that a selector picks.</summary>
    /// <param name="ns">The namespace's position in the snapshot.</param>
    /// <param name="selector">Of pods.</param>
    public IndexSet Pods(int ns, LabelSelector selector)
    {
        var (start, end) = _endpoints.InNamespace(ns);
        var known = _podSelectors[selector];
        if (IndexSetPool.IsFew(start, end))
            return known.Sets.Select(start, end, _pool);
        var key = Key(ns, known.Number);
        return _inNamespace.TryGetValue(key, out var pods) ? pods : _inNamespace.GetOrAdd(key, known.Sets.Select(start, end, _pool));
    }

    /// <summary>The peers of a rule, one by one; of a rule that names none, everyone.</summary>
    /// <param name="policyNamespace">What a podSelector alone looks at, as its position in the snapshot.</param>
    /// <param name="rule">Valid.</param>
    public PeerSet[] PeersOf(int policyNamespace, NetworkPolicyRule rule)
    {
        if (rule.Peers is not { Count: > 0 } peers)
            return [Everyone];
        var sets = new PeerSet[peers.Count];
        for (var i = 0; i < sets.Length; i++)
            sets[i] = PeerOf(policyNamespace, peers[i]);
        return sets;
    }

    /// <summary>One peer of a rule.</summary>
    /// <param name="policyNamespace">What a podSelector alone looks at, as its position in the snapshot.</param>
    /// <param name="peer">Valid.</param>
    public PeerSet PeerOf(int policyNamespace, NetworkPolicyPeer peer)
    {
        if (peer.IPBlock is { } block)
            return _blocks.Resolve(block);
        if (peer.NamespaceSelector is null)
            return new PeerSet(Pods(policyNamespace, peer.PodSelector!));
        var namespaces = _namespaceSelectors[peer.NamespaceSelector];
        var pods = peer.PodSelector is { SelectsEverything: false } selector ? _podSelectors[selector] : null;
        var key = Key(namespaces.Number, pods?.Number ?? 0);
        return new PeerSet(_across.TryGetValue(key, out var known)
            ? known
            : _across.GetOrAdd(key, Across(namespaces, pods, peer.NamespaceSelector.SelectsEverything)));
    }

    /// <summary>The certain peers among these pods.</summary>
    /// <param name="peers">Of a rule.</param>
    /// <param name="pods">Those to keep.</param>
    /// <param name="withPodsInBlock">Whether to keep pods that only lie inside an ipBlock, too.</param>
    public PeerSet Among(PeerSet peers, IndexSet pods, bool withPodsInBlock = false) =>
        withPodsInBlock ? new PeerSet(Part(peers.Certain, pods), Part(peers.PodsInBlock, pods)) : new PeerSet(Part(peers.Certain, pods));

    /// <summary>What two sets have in common.</summary>
    public IndexSet Both(IndexSet a, IndexSet b) => _pool.Both(a, b);

    private IndexSet Part(IndexSet peers, IndexSet pods) =>
        _parts.GetOrAdd((peers, pods), static (both, pool) => pool.Both(both.Peers, both.Among), _pool);

    private static long Key(int high, int low) => ((long)high << 32) | (uint)low;

    private IndexSet Across(CachedSelector namespaces, CachedSelector? pods, bool isEveryNamespace)
    {
        // Namespaces are in the order of their pods.
        var found = new IndexSet.Builder();
        foreach (var ns in namespaces.Sets.Select(0, _namespaceCount))
        {
            var (start, end) = _endpoints.InNamespace(ns);
            found.AddRange(start, end);
        }

        if (pods is null && isEveryNamespace)
            found.Add(_endpoints.UnknownPod);
        var all = found.Build();
        return _pool.Get(pods is null ? all : all.Intersect(Everywhere(pods)));
    }

    private IndexSet Everywhere(CachedSelector pods) => _everywhere.TryGetValue(pods.Number, out var known)
        ? known
        : _everywhere.GetOrAdd(pods.Number, pods.Sets.Select(0, _endpoints.SelectableCount));
}
