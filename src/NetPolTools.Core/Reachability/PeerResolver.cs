using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>Finds the endpoints that a selector or a peer stands for. Equal peers are resolved once.</summary>
internal sealed class PeerResolver
{
    private readonly EndpointTable _endpoints;
    private readonly IReadOnlyList<Namespace> _namespaces;
    private readonly LabelIndex _podLabels;
    private readonly LabelIndex _namespaceLabels;
    private readonly SelectorNumbers _numbers = new();
    private readonly Dictionary<(string? Namespace, int NamespaceSelector, int PodSelector), PeerSet> _selected = [];
    private readonly Dictionary<string, PeerSet> _blocks = [];
    private readonly Dictionary<IndexSet, PeerSet> _distinct = [];
    private readonly Dictionary<(PeerSet Peers, IndexSet Among), PeerSet> _parts = [];

    /// <summary>Addresses of pods, ascending, with the pod each belongs to.</summary>
    private readonly (NetAddress Address, int Endpoint)[] _podAddresses;

    public PeerResolver(ClusterSnapshot snapshot, EndpointTable endpoints)
    {
        _endpoints = endpoints;
        _namespaces = snapshot.Namespaces;
        _podLabels = new LabelIndex(endpoints.SelectableCount, i => endpoints[i].Labels);
        _namespaceLabels = new LabelIndex(_namespaces.Count, i => _namespaces[i].Metadata.Labels);
        _podAddresses = PodAddresses(endpoints);
        Everyone = new PeerSet(IndexSet.Range(0, endpoints.Count));
    }

    /// <summary>Every peer, in and out of the cluster.</summary>
    public PeerSet Everyone { get; }

    /// <summary>The pods of one namespace that a selector picks. Equal sets are one object.</summary>
    public IndexSet Pods(string ns, LabelSelector selector) => InNamespace(ns, selector).Certain;

    /// <summary>Equal peers are one object.</summary>
    /// <param name="policyNamespace">What a podSelector alone looks at.</param>
    /// <param name="peer">Valid.</param>
    public PeerSet Peer(string policyNamespace, NetworkPolicyPeer peer)
    {
        if (peer.IPBlock is { } block)
            return Block(block);
        if (peer.NamespaceSelector is null)
            return InNamespace(policyNamespace, peer.PodSelector!);

        var key = ((string?)null, _numbers.Of(peer.NamespaceSelector), _numbers.Of(peer.PodSelector));
        if (_selected.TryGetValue(key, out var known))
            return known;
        var pods = InNamespaces(_namespaceLabels.Select(peer.NamespaceSelector));
        if (peer.PodSelector is { SelectsEverything: false })
            pods = pods.And(_podLabels.Select(peer.PodSelector));
        else if (peer.NamespaceSelector.SelectsEverything)
            pods = pods.Or(IndexSet.Range(_endpoints.UnknownPod, _endpoints.Count));
        return _selected[key] = Distinct(pods);
    }

    /// <summary>Those of some peers that are sure to be among these pods.</summary>
    public PeerSet Among(PeerSet peers, IndexSet pods)
    {
        if (_parts.TryGetValue((peers, pods), out var known))
            return known;
        return _parts[(peers, pods)] = Distinct(peers.Certain.And(pods));
    }

    private static (NetAddress, int)[] PodAddresses(EndpointTable endpoints)
    {
        var found = new List<(NetAddress Address, int Endpoint)>(endpoints.PodCount);
        for (var i = 0; i < endpoints.PodCount; i++)
        {
            foreach (var address in endpoints[i].Addresses)
                found.Add((address, i));
        }

        found.Sort();
        return [.. found];
    }

    private PeerSet InNamespace(string ns, LabelSelector selector)
    {
        var key = (ns, SelectorNumbers.None, _numbers.Of(selector));
        if (_selected.TryGetValue(key, out var known))
            return known;
        var (start, end) = _endpoints.InNamespace(ns);
        return _selected[key] = Distinct(_podLabels.Select(selector, start, end));
    }

    private PeerSet Block(IPBlock block)
    {
        var key = $"{block.Cidr}!{string.Join("!", block.Except)}";
        if (_blocks.TryGetValue(key, out var known))
            return known;

        var range = AddressPartition.ParseCidr(block.Cidr);
        var exceptions = block.Except.Select(AddressPartition.ParseCidr).ToArray();
        var ranges = Ranges(range);
        foreach (var except in exceptions)
            ranges = ranges.AndNot(Ranges(except));

        var selectable = new SortedSet<int>();
        var hostNetwork = new SortedSet<int>();
        for (var i = FirstPodAddress(range); i < _podAddresses.Length && range.Contains(_podAddresses[i].Address); i++)
        {
            var (address, endpoint) = _podAddresses[i];
            if (!exceptions.Any(except => except.Contains(address)))
                (endpoint < _endpoints.SelectableCount ? selectable : hostNetwork).Add(endpoint);
        }

        // A hostNetwork pod is an address to everyone; only of other pods do enforcers think differently.
        var set = new PeerSet(Of(hostNetwork).Or(ranges), Of(selectable));
        _blocks.Add(key, set);
        return set;

        static IndexSet Of(SortedSet<int> members)
        {
            var builder = new IndexSet.Builder();
            foreach (var member in members)
                builder.Add(member);
            return builder.Build();
        }
    }

    private IndexSet Ranges(AddressRange block)
    {
        var (start, end) = _endpoints.Addresses.IndexesOf(block);
        return IndexSet.Range(_endpoints.PodCount + start, _endpoints.PodCount + end);
    }

    private int FirstPodAddress(AddressRange range)
    {
        int low = 0, high = _podAddresses.Length;
        var first = new NetAddress(range.Family, range.First);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_podAddresses[middle].Address.CompareTo(first) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private IndexSet InNamespaces(IndexSet namespaces)
    {
        // Both are in ordinal order of the namespaces' names.
        var builder = new IndexSet.Builder();
        foreach (var ns in namespaces)
        {
            var (start, end) = _endpoints.InNamespace(_namespaces[ns].Name);
            builder.AddRange(start, end);
        }

        return builder.Build();
    }

    private PeerSet Distinct(IndexSet set) => _distinct.TryGetValue(set, out var known) ? known : _distinct[set] = new PeerSet(set);
}
