using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>What questions about many endpoints need beyond the rule sets, made once for a map when the first of them is asked. Immutable.</summary>
internal sealed class ReachIndex
{
    private readonly Dictionary<RuleBlock, GrantOnPlaces[]> _received = new(ReferenceEqualityComparer.Instance);

    public ReachIndex(ReachabilityMap map)
    {
        var byIPBlock = map.Options.IPBlockMatchesPods;
        RuleBlock[] received = Blocks(map.IngressRuleSets), sent = Blocks(map.EgressRuleSets);
        var places = new MeetingPorts(PortsOf(received.Concat(sent), byIPBlock));
        SpeakerIndex<Receivers>? receivers = null;
        SpeakerIndex<Speakers>? senders = null;
        Parallel.Invoke(
            () => receivers = new SpeakerIndex<Receivers>(received, map.Classes, map.Endpoints.Count, byIPBlock, static grants => new Receivers(grants)),
            () => senders = new SpeakerIndex<Speakers>(sent, map.Classes, map.Endpoints.Count, byIPBlock, grants => new Speakers(grants, places)));
        (Receivers, Senders) = (receivers!, senders!);
        foreach (var block in received)
            _received.Add(block, GrantOnPlaces.Of(block, byIPBlock, places));

        NotIsolatedForIngress = Where(map, first => map.IngressOf(first) is null);
        NotIsolatedForEgress = Where(map, first => map.EgressOf(first) is null);
    }

    /// <summary>Whose ingress rules speak of a class.</summary>
    public SpeakerIndex<Receivers> Receivers { get; }

    /// <summary>Whose egress rules speak of a class.</summary>
    public SpeakerIndex<Speakers> Senders { get; }

    /// <summary>Classes that no policy isolates for ingress, addresses outside among them.</summary>
    public IndexSet NotIsolatedForIngress { get; }

    /// <inheritdoc cref="NotIsolatedForIngress"/>
    public IndexSet NotIsolatedForEgress { get; }

    /// <summary>What a block of ingress rules lets in.</summary>
    public GrantOnPlaces[] Received(RuleBlock block) => _received[block];

    private static HashSet<PortSet> PortsOf(IEnumerable<RuleBlock> blocks, bool byIPBlock)
    {
        var ports = new HashSet<PortSet>();
        foreach (var block in blocks)
        {
            foreach (var entry in block.Entries(byIPBlock))
                ports.Add(entry.Ports);
        }

        return ports;
    }

    private static RuleBlock[] Blocks(IReadOnlyList<RuleSet> ruleSets) => [.. ruleSets.SelectMany(static ruleSet => ruleSet.Blocks).Distinct()];

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

/// <summary>Peers that a block of rules lets in.</summary>
/// <param name="Places">Where the ports meet others; null for all ports.</param>
internal readonly record struct GrantOnPlaces(IndexSet Peers, int[]? Places)
{
    // More sets than this are put together place by place.
    private const int MostApart = 8;

    public static GrantOnPlaces[] Of(RuleBlock block, bool ipBlocksMatchPods, MeetingPorts places)
    {
        var entries = block.Entries(ipBlocksMatchPods);
        if (entries.Length > MostApart)
            return PlaceByPlace(entries, places);
        var grants = new GrantOnPlaces[entries.Length];
        for (var i = 0; i < grants.Length; i++)
            grants[i] = new GrantOnPlaces(entries[i].Peers, entries[i].Ports.IsAll ? null : places.Of(entries[i].Ports));
        return grants;
    }

    private static GrantOnPlaces[] PlaceByPlace(ReadOnlySpan<PortsByPeer> entries, MeetingPorts places)
    {
        var together = new SortedDictionary<int, List<IndexSet>>();
        var onAll = new List<IndexSet>();
        foreach (var (ports, peers) in entries)
        {
            if (ports.IsAll)
            {
                onAll.Add(peers);
                continue;
            }

            foreach (var place in places.Of(ports))
            {
                if (!together.TryGetValue(place, out var sets))
                    together.Add(place, sets = []);
                sets.Add(peers);
            }
        }

        var grants = together.Select(static entry => new GrantOnPlaces(IndexSet.UnionOf(entry.Value), [entry.Key]));
        return onAll.Count == 0 ? [.. grants] : [.. grants, new GrantOnPlaces(IndexSet.UnionOf(onAll), null)];
    }
}
