using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Which pods a node reaches whatever policies say, as it runs them. A hostNetwork pod speaks as its node. Looked up from the node's side, so that no pairs are
/// gone through.
/// </summary>
internal sealed class NodeNeighbours
{
    private readonly ReachabilityMap _map;
    private readonly int _podCount;
    private readonly Lazy<(ILookup<string, int> ByName, ILookup<NetAddress, int> ByAddress)> _pods;

    /// <param name="map">Of the cluster.</param>
    /// <param name="podCount">Only the first so many endpoints count as the pods that are reached.</param>
    public NodeNeighbours(ReachabilityMap map, int podCount)
    {
        (_map, _podCount) = (map, podCount);
        _pods = new Lazy<(ILookup<string, int>, ILookup<NetAddress, int>)>(() =>
        {
            var pods = Enumerable.Range(0, podCount).ToArray();
            return (
                pods.Where(pod => map.Endpoints[pod].Spec.NodeName is not null).ToLookup(pod => map.Endpoints[pod].Spec.NodeName!),
                pods.SelectMany(pod => map.Endpoints[pod].NodeAddresses.Select(address => (Address: address, Pod: pod)))
                    .ToLookup(static known => known.Address, static known => known.Pod));
        });
    }

    /// <summary>How many pairs of a hostNetwork pod and another pod of its node policies would not allow.</summary>
    public static long CountDenied(ReachabilityMap map) =>
        new NodeNeighbours(map, map.Endpoints.SelectableCount).Pairs().LongCount(pair => map.Between(pair.Host, pair.Pod).IsEmpty);

    /// <summary>Each hostNetwork pod with each other pod that its node runs and reaches.</summary>
    public IEnumerable<(int Host, int Pod)> Pairs() =>
        from host in Enumerable.Range(_map.Endpoints.SelectableCount, _map.Endpoints.PodCount - _map.Endpoints.SelectableCount)
        from pod in PodsOf(host)
        select (host, pod);

    /// <summary>The other pods that a source reaches since it is their node, or speaks with its address; none for all other sources.</summary>
    public IEnumerable<int> PodsOf(int source)
    {
        var endpoints = _map.Endpoints;
        if (source < endpoints.SelectableCount || source == endpoints.UnknownPod)
            return [];
        if (endpoints.NamedAt(source) is { } named)
            return named.IsOwnNode ? Enumerable.Range(0, _podCount).Where(Reaches) : [];
        if (source >= endpoints.PodCount)
        {
            var range = endpoints.Addresses.Ranges[source - endpoints.PodCount];
            return range.IsSingle ? _pods.Value.ByAddress[range.FirstAddress].Where(Reaches) : [];
        }

        var host = endpoints[source];
        return (host.Spec.NodeName is { } node ? _pods.Value.ByName[node] : []).Concat(host.NodeAddresses.SelectMany(address => _pods.Value.ByAddress[address]))
            .Distinct().Where(pod => pod != source && _map.AreOnOneNode(source, pod) && Reaches(pod));

        bool Reaches(int pod) => _map.NodeReaches(pod, source);
    }
}
