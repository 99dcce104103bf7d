using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// What "who can reach X" needs beyond the rule sets. Made once for a map, when the first such question is asked; listings do not need it. Immutable.
/// </summary>
internal sealed class WhoReachesIndex
{
    private const int FewestBlocks = 2048;

    private readonly GrantByPort[][] _received;

    public WhoReachesIndex(ReachabilityMap map)
    {
        var count = map.Endpoints.Count;
        NotIsolatedForEgress = map.ClassesWhere(representative => map.EgressOf(representative) is null);
        var ports = new PortRepresentatives(PortsOf([.. map.Ingress.Blocks, .. map.Egress.Blocks]));
        EgressGrantors = new InvertedGrants<EgressGrantors>(
            map.Egress.Blocks, map.Classes, count, (grants, unions) => new EgressGrantors(grants, ports, unions));
        _received = Receive(map.Ingress.Blocks, ports, new DensePeersPool(NotIsolatedForEgress, count));
    }

    /// <summary>For a class, the subjects whose egress rules name it as a peer.</summary>
    public InvertedGrants<EgressGrantors> EgressGrantors { get; }

    /// <summary>Classes that no policy isolates for egress, addresses outside among them.</summary>
    public IndexSet NotIsolatedForEgress { get; }

    /// <summary>What a block of ingress rules lets in.</summary>
    public GrantByPort[] Received(GrantBlock block) => _received[block.Number];

    private static GrantByPort[][] Receive(GrantBlock[] blocks, PortRepresentatives ports, DensePeersPool dense)
    {
        var received = new GrantByPort[blocks.Length][];
        var bounds = ParallelParts.Bounds(blocks.Length, FewestBlocks);
        ParallelParts.ForEachPart(
            bounds.Length - 1,
            part =>
            {
                for (var i = bounds[part]; i < bounds[part + 1]; i++)
                    received[i] = GrantByPort.Create(blocks[i], ports, dense);
            },
            CancellationToken.None);
        return received;
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
