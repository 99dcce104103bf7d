using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>What questions about many endpoints need beyond the rule sets, made once for a map when the first of them is asked. Immutable.</summary>
internal sealed class ReachIndex
{
    private const int FewestBlocks = 2048;

    private readonly GrantOnPlaces[][] _received;
    private readonly Lazy<SpeakerIndex<Receivers>> _receivers;

    public ReachIndex(ReachabilityMap map)
    {
        var byIPBlock = map.Options.IPBlockMatchesPods;
        var count = map.Endpoints.Count;
        NotIsolatedForIngress = Where(map, first => map.IngressOf(first) is null);
        NotIsolatedForEgress = Where(map, first => map.EgressOf(first) is null);
        var places = new MeetingPorts(PortsOf([.. map.Ingress.Blocks, .. map.Egress.Blocks], byIPBlock));
        Senders = new SpeakerIndex<Speakers>(map.Egress.Blocks, map.Classes, count, byIPBlock, (grants, unions) => new Speakers(grants, places, unions));
        _receivers = new Lazy<SpeakerIndex<Receivers>>(
            () => new SpeakerIndex<Receivers>(map.Ingress.Blocks, map.Classes, count, byIPBlock, static (grants, unions) => new Receivers(grants, unions)));
        _received = Receive(map.Ingress.Blocks, byIPBlock, places, new WidePeersPool(NotIsolatedForEgress, count));
    }

    /// <summary>Whose ingress rules speak of a class.</summary>
    public SpeakerIndex<Receivers> Receivers => _receivers.Value;

    /// <summary>Whose egress rules speak of a class.</summary>
    public SpeakerIndex<Speakers> Senders { get; }

    /// <summary>Classes that no policy isolates for ingress, addresses outside among them.</summary>
    public IndexSet NotIsolatedForIngress { get; }

    /// <inheritdoc cref="NotIsolatedForIngress"/>
    public IndexSet NotIsolatedForEgress { get; }

    /// <summary>What a block of ingress rules lets in.</summary>
    public GrantOnPlaces[] Received(RuleBlock block) => _received[block.Number];

    private static GrantOnPlaces[][] Receive(RuleBlock[] blocks, bool byIPBlock, MeetingPorts places, WidePeersPool wide)
    {
        var received = new GrantOnPlaces[blocks.Length][];
        var bounds = SideBySide.Bounds(blocks.Length, FewestBlocks);
        SideBySide.ForEachPart(
            bounds.Length - 1,
            part =>
            {
                for (var i = bounds[part]; i < bounds[part + 1]; i++)
                    received[i] = GrantOnPlaces.Of(blocks[i], byIPBlock, places, wide);
            },
            CancellationToken.None);
        return received;
    }

    private static HashSet<PortSet> PortsOf(RuleBlock[] blocks, bool byIPBlock)
    {
        var ports = new HashSet<PortSet>();
        foreach (var block in blocks)
        {
            foreach (var entry in block.Entries(byIPBlock))
                ports.Add(entry.Ports);
        }

        return ports;
    }

    private static IndexSet Where(ReachabilityMap map, Func<int, bool> holds)
    {
        var builder = new IndexSet.Builder();
        foreach (var first in map.Classes.Firsts)
        {
            if (holds(first))
                builder.Add(first);
        }

        return builder.Build();
    }
}
