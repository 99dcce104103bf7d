using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// What "who can reach X", and "whom can X reach", need beyond the rule sets. Made once for a map and direction, when the first such question is asked;
/// listings do not need it. Immutable.
/// </summary>
internal sealed class WhoReachesIndex
{
    private const int FewestBlocks = 2048;

    private readonly GrantByPort[][] _allowed;

    /// <param name="map">Of which cluster.</param>
    /// <param name="direction">Ingress for who reaches X, egress for whom X reaches.</param>
    public WhoReachesIndex(ReachabilityMap map, PolicyDirection direction)
    {
        var count = map.Endpoints.Count;
        var (own, other) = direction == PolicyDirection.Ingress ? (map.Ingress, map.Egress) : (map.Egress, map.Ingress);
        OpenPeers = map.ClassesWhere(
            representative => (direction == PolicyDirection.Ingress ? map.EgressOf(representative) : map.IngressOf(representative)) is null);
        var ports = new PortRepresentatives(PortsOf([.. own.Blocks, .. other.Blocks]));
        Grantors = new InvertedGrants<PortGrantors>(other, map.Classes, count, (grants, unions) => new PortGrantors(grants, ports, unions));
        OwnPeers = OwnPeersIndex.Of(other, map.Classes);
        _allowed = Allow(own.Blocks, ports, new DensePeersPool(OpenPeers, count));
    }

    /// <summary>For a class, the subjects whose rules of the other direction name it as a peer.</summary>
    public InvertedGrants<PortGrantors> Grantors { get; }

    /// <summary>For a class, the subjects whose shared rules of the other direction say nothing of it; null where there are none for any class.</summary>
    public OwnPeersIndex? OwnPeers { get; }

    /// <summary>Classes that no policy isolates in the other direction, addresses outside among them.</summary>
    public IndexSet OpenPeers { get; }

    /// <summary>Whom a block of rules of the direction allows.</summary>
    public GrantByPort[] Allowed(GrantBlock block) => _allowed[block.Number];

    private static GrantByPort[][] Allow(GrantBlock[] blocks, PortRepresentatives ports, DensePeersPool dense)
    {
        var allowed = new GrantByPort[blocks.Length][];
        var bounds = ParallelParts.Bounds(blocks.Length, FewestBlocks);
        ParallelParts.ForEachPart(
            bounds.Length - 1,
            part =>
            {
                for (var i = bounds[part]; i < bounds[part + 1]; i++)
                    allowed[i] = GrantByPort.Create(blocks[i], ports, dense);
            },
            CancellationToken.None);
        return allowed;
    }

    private static HashSet<PortSet> PortsOf(GrantBlock[] blocks)
    {
        var ports = new HashSet<PortSet>();
        foreach (var block in blocks)
        {
            foreach (var entry in block.Entries)
                ports.Add(entry.Ports);
        }

        return ports;
    }
}
