using System.Runtime.InteropServices;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Inference;

/// <summary>
/// The most of what is asked for that selectors can say without saying more: between classes of pods with the same labels, what is asked for between all
/// of their atoms.
/// </summary>
internal sealed class AllowedTraffic
{
    private readonly TrafficNodes _nodes;
    private readonly Dictionary<(int Source, int Destination), PortSet> _pairs = [];
    private readonly Dictionary<int, List<int>> _destinations = [];
    private readonly Dictionary<int, List<int>> _sources = [];
    private readonly Dictionary<int, AddressPorts> _toAddresses;
    private readonly Dictionary<int, AddressPorts> _fromAddresses;

    public AllowedTraffic(AskedTraffic asked, TrafficNodes nodes, TrafficAtoms atoms)
    {
        _nodes = nodes;
        foreach (var ((source, destination), ports) in asked.Pairs)
        {
            var (from, to) = (asked.NodeOf(source), asked.NodeOf(destination));
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, (from, to), out var exists);
            if (exists)
                continue;
            known = OfAll(asked, asked.ItemsOf(from), asked.ItemsOf(to), atoms) ?? ports;
            if (known.IsEmpty)
                continue;
            (CollectionsMarshal.GetValueRefOrAddDefault(_destinations, from, out _) ??= []).Add(to);
            (CollectionsMarshal.GetValueRefOrAddDefault(_sources, to, out _) ??= []).Add(from);
        }

        _toAddresses = Addresses(asked, outgoing: true);
        _fromAddresses = Addresses(asked, outgoing: false);
    }

    /// <summary>The nodes that a node is connected with in a direction, in no order, each with the ports allowed.</summary>
    public IEnumerable<(int Peer, PortSet Ports)> PeersOf(int node, bool outgoing) =>
        ((outgoing ? _destinations : _sources).GetValueOrDefault(node) ?? []).Select(peer => (peer, _pairs[outgoing ? (node, peer) : (peer, node)]));

    public AddressPorts AddressesOf(int node, bool outgoing) => (outgoing ? _toAddresses : _fromAddresses).GetValueOrDefault(node, AddressPorts.None);

    /// <summary>What is allowed between two nodes, by rules about them or about their namespaces.</summary>
    public PortSet Between(int source, int destination) => Beside(source, destination).Union(_pairs.GetValueOrDefault((source, destination), PortSet.None));

    /// <summary>What of that rules about the namespaces allow: rules about the nodes themselves need not say it again.</summary>
    public PortSet Beside(int source, int destination)
    {
        var (from, to) = (_nodes.NamespaceNodeOf(source), _nodes.NamespaceNodeOf(destination));
        var ports = PortSet.None;
        if (from != source)
            ports = ports.Union(_pairs.GetValueOrDefault((from, destination), PortSet.None));
        if (to != destination)
            ports = ports.Union(_pairs.GetValueOrDefault((source, to), PortSet.None));
        return from != source && to != destination ? ports.Union(_pairs.GetValueOrDefault((from, to), PortSet.None)) : ports;
    }

    /// <summary>What is asked for of every item of the one with every item of the other; null where they are one and the same pod.</summary>
    private static PortSet? OfAll(AskedTraffic asked, IReadOnlyList<int> sources, IReadOnlyList<int> destinations, TrafficAtoms atoms)
    {
        PortSet? all = null;
        foreach (var source in sources)
        {
            foreach (var destination in destinations)
            {
                if (source == destination && source < atoms.Count && atoms.IsOnePod(source))
                    continue;
                var ports = asked.Between(source, destination);
                all = all?.Intersect(ports) ?? ports;
                if (all.IsEmpty)
                    return all;
            }
        }

        return all;
    }

    private static Dictionary<int, AddressPorts> Addresses(AskedTraffic asked, bool outgoing) => asked.WithAddresses(outgoing)
        .Select(asked.NodeOf)
        .Distinct()
        .ToDictionary(
            static node => node,
            node => asked.ItemsOf(node).Select(item => asked.WithAddresses(item, outgoing)).Aggregate(static (all, one) => all.Intersect(one)));
}
