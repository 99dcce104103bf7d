using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Intents;

/// <summary>Which pods a node reaches whatever policies say, as it runs them. Looked up from the node's side, so that no pairs are gone through.</summary>
internal sealed class OwnNodes
{
    private readonly ReachabilityMap _map;
    private readonly Lazy<(ILookup<string, int> ByName, ILookup<NetAddress, int> ByAddress)> _pods;

    public OwnNodes(ReachabilityMap map)
    {
        _map = map;
        _pods = new Lazy<(ILookup<string, int>, ILookup<NetAddress, int>)>(() =>
        {
            var pods = Enumerable.Range(0, map.Endpoints.SelectableCount).ToArray();
            return (
                pods.Where(pod => map.Endpoints[pod].Spec.NodeName is not null).ToLookup(pod => map.Endpoints[pod].Spec.NodeName!),
                pods.SelectMany(pod => map.Endpoints[pod].NodeAddresses.Select(address => (Address: address, Pod: pod)))
                    .ToLookup(static known => known.Address, static known => known.Pod));
        });
    }

    /// <summary>The pods that a source reaches since it is their node, or speaks with its address; none for all other sources.</summary>
    public IEnumerable<int> PodsOf(int source)
    {
        var endpoints = _map.Endpoints;
        if (source < endpoints.SelectableCount || source == endpoints.UnknownPod)
            return [];
        if (endpoints.NamedAt(source) is { } named)
            return named.IsOwnNode ? Enumerable.Range(0, endpoints.SelectableCount).Where(Reaches) : [];
        if (source >= endpoints.PodCount)
        {
            var range = endpoints.Addresses.Ranges[source - endpoints.PodCount];
            return range.First == range.Last ? _pods.Value.ByAddress[new NetAddress(range.Family, range.First)].Where(Reaches) : [];
        }

        var host = endpoints[source];
        return (host.Spec.NodeName is { } node ? _pods.Value.ByName[node] : []).Concat(host.NodeAddresses.SelectMany(address => _pods.Value.ByAddress[address]))
            .Distinct().Where(pod => _map.AreOnOneNode(source, pod) && Reaches(pod));

        bool Reaches(int pod) => _map.NodeReaches(pod, source);
    }
}
