using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>
/// What nodes have to do with addresses outside and with each other. That is a question only where policies are about nodes: otherwise everything is open
/// there, and nobody asks.
/// </summary>
internal static class NodeLines
{
    /// <summary>The lines from every node to what is outside, and to every node from outside and from other nodes.</summary>
    /// <param name="map">Of the cluster.</param>
    /// <param name="sources">The addresses asked about as sources.</param>
    /// <param name="destinations">The addresses asked about as destinations.</param>
    public static IEnumerable<NodeLine> Of(ReachabilityMap map, IReadOnlyList<AskedAddresses> sources, IReadOnlyList<AskedAddresses> destinations)
    {
        if (!map.NodesHavePolicies)
            return [];
        (NetAddress Address, int Endpoint)[] nodes = [.. map.Nodes.Addresses.Order().Select(address => (address, map.Endpoints.IndexOfAddress(address)))];
        return nodes.SelectMany(node => Lines(map, node, PolicyDirection.Egress, sources, destinations))
            .Concat(nodes.SelectMany(node => Lines(map, node, PolicyDirection.Ingress, destinations, sources)));
    }

    /// <param name="map">Of the cluster.</param>
    /// <param name="node">An address of a node.</param>
    /// <param name="direction">Egress for what the node sends.</param>
    /// <param name="own">What is asked about on the side of the node.</param>
    /// <param name="others">What is asked about on the other side.</param>
    private static IEnumerable<NodeLine> Lines(
        ReachabilityMap map,
        (NetAddress Address, int Endpoint) node,
        PolicyDirection direction,
        IReadOnlyList<AskedAddresses> own,
        IReadOnlyList<AskedAddresses> others)
    {
        var here = ConnectionEnd.Outside(node.Address.ToString());
        var isSource = direction == PolicyDirection.Egress;
        foreach (var mine in own.Where(asked => !asked.IsOutsideOnly && asked.Range?.Contains(node.Address) != false))
        {
            foreach (var asked in others)
            {
                foreach (var (range, reached) in Reached(asked).Joined(static (one, other) => one.IsSame(other), overGaps: false))
                {
                    var there = ConnectionEnd.Outside(range.ToString());
                    var notes = NamesOf(map, node.Address).Concat(range.IsSingle ? NamesOf(map, range.FirstAddress) : []);
                    yield return isSource
                        ? new NodeLine(here, there, reached.Ports, reached.MayBeAllowed, asked.Ports, [.. notes], (node.Endpoint, reached.Endpoint))
                        : new NodeLine(there, here, reached.Ports, reached.MayBeAllowed, mine.Ports, [.. notes], (reached.Endpoint, node.Endpoint));
                }
            }
        }

        IEnumerable<(AddressRange Range, Reach Reached)> Reached(AskedAddresses asked)
        {
            var occupied = asked.IsOutsideOnly ? map.Occupied.ByPodsOrNodes : map.Occupied.ByPods;
            for (var i = 0; i < map.Endpoints.Addresses.Ranges.Count; i++)
            {
                var other = map.Endpoints.PodCount + i;
                var whole = map.Endpoints.Addresses.Ranges[i];
                if (occupied.Contains(other) || whole.Family != node.Address.Family || AskedAddresses.Clip(whole, asked.Range) is not { } range)
                    continue;

                // Between two nodes there is one line; a node does not ask policies about itself.
                if (whole.IsSingle && whole.FirstAddress is var address && map.Nodes.Addresses.Contains(address)
                    && (isSource || AreOne(map, address, node.Address)))
                    continue;
                yield return (range, new Reach(other, Between(map, other), map.AtMost is { } atMost ? Between(atMost, other) : null));
            }
        }

        PortSet Between(ReachabilityMap of, int other) => isSource ? of.Between(node.Endpoint, other) : of.Between(other, node.Endpoint);
    }

    private static bool AreOne(ReachabilityMap map, NetAddress a, NetAddress b) => a == b || (map.Nodes.NameOf(a) is { } name && name == map.Nodes.NameOf(b));

    private static IEnumerable<string> NamesOf(ReachabilityMap map, NetAddress address) =>
        map.Nodes.NameOf(address) is { } name ? [$"{address} is node {name}"] : [];

    private readonly record struct Reach(int Endpoint, PortSet Ports, PortSet? MayBeAllowed)
    {
        public bool IsSame(Reach other) => Ports.Equals(other.Ports) && Equals(MayBeAllowed, other.MayBeAllowed);
    }
}

/// <summary>What a node sends to addresses, or receives from them.</summary>
/// <param name="MayBeAllowed">The ports, and those that may be allowed; null where everything is decided.</param>
/// <param name="Asked">Only these ports count.</param>
/// <param name="Example">Two endpoints, by their numbers in the map.</param>
internal sealed record NodeLine(
    ConnectionEnd Source,
    ConnectionEnd Destination,
    PortSet Ports,
    PortSet? MayBeAllowed,
    PortSet Asked,
    List<string> Notes,
    (int Source, int Destination) Example);
