using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>
/// Numbers everything that can talk: first the pods that policies can select, by namespace, workload and name; then hostNetwork pods, which policies see as
/// addresses; then the ranges of addresses outside; then one unknown pod; finally ends that are known by a name alone.
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
    /// <param name="named">Ends that are known by a name alone.</param>
    internal EndpointTable(
        Endpoint[] endpoints, Dictionary<string, int> namespaces, int[] starts, AddressPartition addresses, IReadOnlyList<NamedEnd> named)
    {
        _endpoints = endpoints;
        _namespaces = namespaces;
        _starts = starts;
        SelectableCount = starts[^1];
        Addresses = addresses;
        Named = named;
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

    /// <summary>Ends that are known by a name alone; their numbers follow that of the unknown pod.</summary>
    public IReadOnlyList<NamedEnd> Named { get; }

    public int Count => UnknownPod + 1 + Named.Count;

    /// <summary>An end that is known by a name alone; null for any other endpoint.</summary>
    public NamedEnd? NamedAt(int index) => index > UnknownPod ? Named[index - UnknownPod - 1] : null;

    /// <summary>The numbers of the named ends of which something holds, ascending.</summary>
    internal IEnumerable<int> IndexesOfNamed(Func<NamedEnd, bool> holds) =>
        Enumerable.Range(0, Named.Count).Where(i => holds(Named[i])).Select(i => UnknownPod + 1 + i);

    public AddressPartition Addresses { get; }

    public Endpoint this[int index] => _endpoints[index];

    /// <summary>The selectable pods of a namespace: from Start up to, but not including, End.</summary>
    public (int Start, int End) InNamespace(string name) => _namespaces.TryGetValue(name, out var number) ? InNamespace(number) : default;

    /// <summary>The same by the namespace's position in the snapshot.</summary>
    internal (int Start, int End) InNamespace(int number) => (_starts[number], _starts[number + 1]);

    /// <summary>A namespace's position in the snapshot.</summary>
    internal int NumberOfNamespace(string name) => _namespaces[name];

    /// <summary>The same; null where the snapshot has no such namespace.</summary>
    internal int? FindNamespace(string name) => _namespaces.TryGetValue(name, out var number) ? number : null;

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
        Create(snapshot, addresses, [], cancellation);

    internal static EndpointTable Create(
        ClusterSnapshot snapshot, AddressPartition addresses, IReadOnlyList<NamedEnd> named, CancellationToken cancellation) =>
        new EndpointTableBuilder(snapshot, cancellation).Make(addresses, named);
}
