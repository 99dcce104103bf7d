using System.Runtime.InteropServices;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>The nodes of a cluster with their addresses, as Node objects and the pods on them tell. Immutable.</summary>
internal sealed class NodeDirectory
{
    private readonly SortedDictionary<string, SortedSet<NetAddress>> _addressesOf = new(StringComparer.Ordinal);
    private readonly Dictionary<NetAddress, string> _nameOf = [];
    private readonly HashSet<NetAddress> _addresses = [];

    public NodeDirectory(ClusterSnapshot snapshot, EndpointTable endpoints)
    {
        foreach (var node in snapshot.Nodes)
            Add(node.Name, node.Addresses);
        for (var pod = 0; pod < endpoints.PodCount; pod++)
            Add(endpoints[pod].Spec.NodeName, endpoints[pod].NodeAddresses);
    }

    /// <summary>In ordinal order; also nodes of which no address is known.</summary>
    public IEnumerable<string> Names => _addressesOf.Keys;

    /// <summary>Every address of any node, also of nodes whose name is not known.</summary>
    public IReadOnlyCollection<NetAddress> Addresses => _addresses;

    /// <summary>Ascending; none where they are not known.</summary>
    public IReadOnlyCollection<NetAddress> AddressesOf(string name) => _addressesOf.TryGetValue(name, out var addresses) ? addresses : [];

    /// <summary>Null where no node has the address, or where the name of the node is not known.</summary>
    public string? NameOf(NetAddress address) => _nameOf.GetValueOrDefault(address);

    private void Add(string? name, IReadOnlyList<NetAddress> addresses)
    {
        for (var i = 0; i < addresses.Count; i++)
            _addresses.Add(addresses[i]);
        if (name is not { Length: > 0 })
            return;
        if (!_addressesOf.TryGetValue(name, out var known))
            _addressesOf.Add(name, known = []);
        for (var i = 0; i < addresses.Count; i++)
        {
            known.Add(addresses[i]);
            CollectionsMarshal.GetValueRefOrAddDefault(_nameOf, addresses[i], out _) ??= name;
        }
    }
}
