using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>
/// Numbers everything that can talk: first the pods that policies can select, by namespace, workload and name; then hostNetwork pods, which policies see as
/// addresses; then the ranges of addresses outside; finally one unknown pod.
/// </summary>
public sealed class EndpointTable
{
    private readonly Endpoint[] _endpoints;
    private readonly Dictionary<string, int> _namespaces;

    /// <summary>The selectable pods of namespace n: from _starts[n] up to, but not including, _starts[n + 1].</summary>
    private readonly int[] _starts;

    /// <param name="endpoints">By their numbers.</param>
    /// <param name="namespaces">The number of each namespace.</param>
    /// <param name="starts">Where the selectable pods of each namespace begin, and where those of the last one end.</param>
    /// <param name="addresses">What is outside.</param>
    internal EndpointTable(Endpoint[] endpoints, Dictionary<string, int> namespaces, int[] starts, AddressPartition addresses)
    {
        _endpoints = endpoints;
        _namespaces = namespaces;
        _starts = starts;
        SelectableCount = starts[^1];
        Addresses = addresses;
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
    public (int Start, int End) InNamespace(string name) => _namespaces.TryGetValue(name, out var number) ? InNamespace(number) : default;

    /// <summary>The same by the namespace's position in the snapshot.</summary>
    internal (int Start, int End) InNamespace(int number) => (_starts[number], _starts[number + 1]);

    /// <summary>A namespace's position in the snapshot.</summary>
    internal int NumberOfNamespace(string name) => _namespaces[name];

    /// <summary>The number of the outside range that holds an address.</summary>
    public int IndexOfAddress(NetAddress address) => PodCount + Addresses.IndexOf(address);

    /// <summary>The numbers of the outside ranges that have addresses in common with a range.</summary>
    public IEnumerable<int> IndexesOfAddresses(AddressRange range)
    {
        var (start, end) = Addresses.IndexesOf(range);
        return Enumerable.Range(PodCount + start, end - start);
    }

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static EndpointTable Create(ClusterSnapshot snapshot, AddressPartition addresses, CancellationToken cancellation = default) =>
        new EndpointTableBuilder(snapshot, cancellation).Make(addresses);
}
