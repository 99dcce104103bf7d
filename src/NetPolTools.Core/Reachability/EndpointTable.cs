using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>
/// Numbers everything that can talk: first the pods that policies can select, by namespace; then hostNetwork pods, which policies see as
/// addresses; then the ranges of addresses outside; at last one pod of which nothing is known.
/// </summary>
public sealed class EndpointTable
{
    private readonly Endpoint[] _endpoints;
    private readonly Dictionary<string, (int Start, int End)> _namespaces = [];

    private EndpointTable(Endpoint[] endpoints, int selectableCount, AddressPartition addresses)
    {
        _endpoints = endpoints;
        SelectableCount = selectableCount;
        Addresses = addresses;
        for (var start = 0; start < selectableCount;)
        {
            var end = start + 1;
            while (end < selectableCount && endpoints[end].Namespace == endpoints[start].Namespace)
                end++;
            _namespaces.Add(endpoints[start].Namespace, (start, end));
            start = end;
        }
    }

    /// <summary>Pods that selectors can pick have the numbers below this.</summary>
    public int SelectableCount { get; }

    /// <summary>All pods have the numbers below this; ranges of addresses follow.</summary>
    public int PodCount => _endpoints.Length;

    /// <summary>
    /// A pod that is somewhere in the cluster and not in the input, such as an ingress controller's: only what picks every pod of every namespace
    /// picks it for sure, and no policy of the input isolates it.
    /// </summary>
    public int UnknownPod => _endpoints.Length + Addresses.Ranges.Count;

    public int Count => UnknownPod + 1;

    public AddressPartition Addresses { get; }

    public Endpoint this[int index] => _endpoints[index];

    /// <summary>The selectable pods of a namespace: from Start up to, but not including, End.</summary>
    public (int Start, int End) InNamespace(string name) => _namespaces.GetValueOrDefault(name);

    /// <summary>The number of the outside range that holds an address.</summary>
    public int IndexOfAddress(NetAddress address) => PodCount + Addresses.IndexOf(address);

    /// <summary>The numbers of the outside ranges that have addresses in common with a range.</summary>
    public IEnumerable<int> IndexesOfAddresses(AddressRange range)
    {
        var (start, end) = Addresses.IndexesOf(range);
        return Enumerable.Range(PodCount + start, end - start);
    }

    public static EndpointTable Create(ClusterSnapshot snapshot, AddressPartition addresses)
    {
        var owners = new OwnerChains(snapshot.Workloads);
        var nodes = snapshot.Nodes.Where(static node => !node.Metadata.IsNameGenerated).ToDictionary(static node => node.Name, static node => node.Addresses);
        var endpoints = new List<Endpoint>(snapshot.Pods.Count);
        foreach (var pod in snapshot.Pods.Where(static pod => !pod.IsFinished))
        {
            var nodeAddresses = pod.Spec.NodeName is { } name && nodes.TryGetValue(name, out var known)
                ? [.. pod.HostAddresses.Union(known)]
                : pod.HostAddresses;
            endpoints.Add(new Endpoint(pod.Metadata.Namespace!, pod.Name, owners.OwnerOf(pod), pod.Metadata.Labels, pod.Spec)
            {
                Addresses = pod.Spec.HostNetwork ? nodeAddresses : pod.Addresses,
                NodeAddresses = nodeAddresses,
                IsReady = pod.IsReady,
            });
        }

        // A template stands for its pods where none of them is in the input: policies are about what may run.
        foreach (var workload in snapshot.Workloads.Where(owners.IsWithoutPods))
            endpoints.Add(new Endpoint(workload.Metadata.Namespace!, null, owners.OwnerOf(workload), workload.TemplateLabels, workload.Template));

        var sorted = endpoints.ToArray();
        var keys = new SortKey[sorted.Length];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = new SortKey(sorted[i], i);
        Array.Sort(keys, sorted);
        return new EndpointTable(sorted, sorted.Count(static e => !e.IsHostNetwork), addresses);
    }

    /// <summary>hostNetwork pods last; then by namespace, workload and name; what has no name of its own as it came.</summary>
    private readonly struct SortKey(Endpoint endpoint, int position) : IComparable<SortKey>
    {
        private readonly Endpoint _endpoint = endpoint;
        private readonly int _position = position;

        public int CompareTo(SortKey other)
        {
            var (a, b) = (_endpoint, other._endpoint);
            var order = a.IsHostNetwork.CompareTo(b.IsHostNetwork);
            if (order == 0 && !ReferenceEquals(a.Namespace, b.Namespace))
                order = string.CompareOrdinal(a.Namespace, b.Namespace);
            if (order == 0)
                order = string.CompareOrdinal(a.Owner.Name, b.Owner.Name);
            if (order == 0)
                order = string.CompareOrdinal(a.Owner.Kind, b.Owner.Kind);
            if (order == 0)
                order = string.CompareOrdinal(a.PodName, b.PodName);
            return order != 0 ? order : _position.CompareTo(other._position);
        }
    }
}
