using System.Runtime.InteropServices;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Inference;

/// <summary>
/// What is asked for, between atoms of pods and whole namespaces, and with addresses. A namespace as a whole has a number behind those of the atoms.
/// </summary>
internal sealed class AskedTraffic
{
    private readonly TrafficNodes _nodes;
    private readonly TrafficAtoms _atoms;
    private readonly Dictionary<TrafficEnd, int[]> _itemsOf = [];
    private readonly Dictionary<(int Source, int Destination), PortSet> _asked = [];
    private readonly Dictionary<int, List<(AddressRange Range, PortSet Ports)>> _toAddresses = [];
    private readonly Dictionary<int, List<(AddressRange Range, PortSet Ports)>> _fromAddresses = [];

    public AskedTraffic(TrafficNodes nodes, TrafficAtoms atoms, IEnumerable<Traffic> traffic)
    {
        _nodes = nodes;
        _atoms = atoms;
        foreach (var (source, destination, ports) in traffic)
        {
            foreach (var from in ItemsOf(source))
            {
                foreach (var to in ItemsOf(destination))
                {
                    ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_asked, (from, to), out _);
                    known = known?.Union(ports) ?? ports;
                }
            }

            AddAddresses(_toAddresses, source, destination.Addresses, ports);
            AddAddresses(_fromAddresses, destination, source.Addresses.Where(range => !IsOwnNodeOf(destination, range)), ports);
        }
    }

    public IReadOnlyDictionary<(int Source, int Destination), PortSet> Pairs => _asked;

    public IEnumerable<int> WithAddresses(bool outgoing) => (outgoing ? _toAddresses : _fromAddresses).Keys;

    /// <summary>The node that stands for an item: the class of an atom, or the namespace.</summary>
    public int NodeOf(int item) => IsNamespace(item) ? item - _atoms.Count + _nodes.ClassCount : _atoms.NodeOf(item);

    /// <summary>The items that a node stands for.</summary>
    public IReadOnlyList<int> ItemsOf(int node) => _nodes.IsNamespace(node) ? [ItemOfNamespace(node)] : _atoms.OfNode(node);

    /// <summary>What is asked for from one item to another, by their own names or by their namespaces'.</summary>
    public PortSet Between(int source, int destination)
    {
        var (sourceNamespace, destinationNamespace) = (NamespaceItemOf(source), NamespaceItemOf(destination));
        var ports = _asked.GetValueOrDefault((source, destination), PortSet.None);
        if (sourceNamespace != source)
            ports = ports.Union(_asked.GetValueOrDefault((sourceNamespace, destination), PortSet.None));
        if (destinationNamespace != destination)
            ports = ports.Union(_asked.GetValueOrDefault((source, destinationNamespace), PortSet.None));
        return sourceNamespace != source && destinationNamespace != destination
            ? ports.Union(_asked.GetValueOrDefault((sourceNamespace, destinationNamespace), PortSet.None))
            : ports;
    }

    /// <summary>What is asked for of an item with addresses, by its own name or by its namespace's.</summary>
    public AddressPorts WithAddresses(int item, bool outgoing)
    {
        var asked = outgoing ? _toAddresses : _fromAddresses;
        var own = asked.GetValueOrDefault(item) ?? [];
        return NamespaceItemOf(item) is var ns && ns != item && asked.TryGetValue(ns, out var ofNamespace)
            ? AddressPorts.Union([.. own, .. ofNamespace])
            : AddressPorts.Union(own);
    }

    private bool IsNamespace(int item) => item >= _atoms.Count;

    private int ItemOfNamespace(int node) => node - _nodes.ClassCount + _atoms.Count;

    private int NamespaceItemOf(int item) => IsNamespace(item) ? item : ItemOfNamespace(_nodes.NamespaceNodeOf(_atoms.NodeOf(item)));

    private int[] ItemsOf(TrafficEnd end)
    {
        if (_itemsOf.TryGetValue(end, out var known))
            return known;
        var items = new SortedSet<int>();
        if (end.WholeNamespace is { } ns)
            items.Add(ItemOfNamespace(_nodes.OfNamespace(ns)));
        foreach (var pod in end.Pods)
            items.Add(_atoms.OfPod(pod));
        _itemsOf.Add(end, known = [.. items]);
        return known;
    }

    private void AddAddresses(Dictionary<int, List<(AddressRange Range, PortSet Ports)>> to, TrafficEnd end, IEnumerable<AddressRange> outside, PortSet ports)
    {
        foreach (var range in outside)
        {
            foreach (var item in ItemsOf(end))
                (CollectionsMarshal.GetValueRefOrAddDefault(to, item, out _) ??= []).Add((range, ports));
        }
    }

    /// <summary>A node always reaches the pods it runs.</summary>
    private static bool IsOwnNodeOf(TrafficEnd pods, AddressRange range) =>
        range.IsSingle && pods.OwnNodes.Contains(range.FirstAddress);
}
