using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// What the rules of all policies that select the very same pods allow together. Every rule set of such a pod has this block among its own, so that
/// thousands of policies over one set of pods are looked through once.
/// </summary>
/// <param name="certain">Peers that every enforcer agrees on.</param>
/// <param name="podsInBlocks">Pods that only lie inside ipBlocks.</param>
/// <param name="ipBlocksMatchPods">Whether those count as peers in the map that the block is made for.</param>
internal sealed class GrantBlock(GrantTable certain, GrantTable podsInBlocks, bool ipBlocksMatchPods)
{
    private readonly GrantTable _certain = certain;
    private readonly GrantTable _podsInBlocks = podsInBlocks;
    private readonly bool _ipBlocksMatchPods = ipBlocksMatchPods;

    // What tiers above leave, and what of the peers' sets was worked out for other blocks; null where all is left.
    private (Grant[] Left, Intersections Peers)? _under;

    // What is left, made when all of it is first asked for: most questions are about one peer.
    private GrantTable? _rest;

    // Both tables one behind the other, made when it is first asked for. Threads that ask at the same time make the same.
    private Grant[]? _both;

    /// <param name="certain">Peers that every enforcer agrees on, and there are no others.</param>
    public GrantBlock(GrantTable certain)
        : this(certain, GrantTable.None, ipBlocksMatchPods: false)
    {
    }

    /// <summary>Whether the answer may be another where ipBlocks match pods in the other way than assumed.</summary>
    public bool DependsOnIPBlock => !_podsInBlocks.IsEmpty;

    /// <summary>Sets of peers with their ports; they may overlap.</summary>
    public ReadOnlySpan<Grant> Entries =>
        _ipBlocksMatchPods && DependsOnIPBlock ? _both ??= [.. Certain.Entries, .. _podsInBlocks.Entries] : Certain.Entries;

    private GrantTable Certain => _under is var (left, peers) ? _rest ??= Under(_certain, left, new PortSetPool(), peers) : _certain;

    /// <summary>Its position among all blocks of a map in its direction.</summary>
    public int Number { get; set; }

    /// <summary>The classes of endpoints whose rule sets have this block.</summary>
    public IndexSet Subjects { get; set; } = IndexSet.Empty;

    /// <summary>Whether some rule sets have it only for the peers that are not their own: see <see cref="RuleSet.OwnPeers"/>.</summary>
    public bool IsShared { get; set; }

    /// <summary>One block of several, for questions alone: it has no subjects of its own.</summary>
    /// <param name="blocks">All of one map.</param>
    /// <param name="ports">Remembers unions.</param>
    public static GrantBlock Together(IReadOnlyList<GrantBlock> blocks, PortSetPool ports) => new(
        Together(blocks.Select(static block => block.Certain), ports),
        Together(blocks.Select(static block => block._podsInBlocks), ports),
        blocks.Any(static block => block._ipBlocksMatchPods));

    /// <summary>Adds every peer of its entries, without making the sets that are left under tiers.</summary>
    /// <param name="to">What is added to.</param>
    /// <param name="silent">Peers that do not count.</param>
    public void AddPeers(IndexSetAccumulator to, IndexSet silent)
    {
        if (_rest is not null || _under is not var (left, _))
        {
            foreach (var entry in Entries)
                to.AddWithout(entry.Peers, silent);
            return;
        }

        foreach (var (open, among) in left)
        {
            foreach (var (ports, peers) in _certain.Entries)
            {
                if (!ports.Intersect(open).IsEmpty)
                    to.AddBothWithout(peers, among, silent);
            }
        }

        foreach (var entry in _ipBlocksMatchPods ? _podsInBlocks.Entries : [])
            to.AddWithout(entry.Peers, silent);
    }

    /// <summary>The ports of its entries together with some others.</summary>
    /// <param name="known">The others: what is among them need not be looked at.</param>
    /// <param name="silent">Peers that do not count.</param>
    public PortSet GrantedPorts(PortSet known, IndexSet silent)
    {
        if (_rest is not null || _under is not var (left, _))
            return GrantedPorts(Entries, known, silent);
        foreach (var (open, among) in left)
        {
            foreach (var (ports, peers) in _certain.Entries)
            {
                if (known.IsAll)
                    return known;
                var both = ports.Intersect(open);
                if (!both.IsEmpty && !both.Except(known).IsEmpty && peers.OverlapsWithout(among, silent))
                    known = known.Union(both);
            }
        }

        return _ipBlocksMatchPods ? GrantedPorts(_podsInBlocks.Entries, known, silent) : known;
    }

    /// <summary>The ports allowed with a peer, given by its class.</summary>
    public PortSet PortsFor(int peer) => PortsFor(peer, _ipBlocksMatchPods);

    /// <summary>The same under the opposite ipBlock assumption.</summary>
    public PortSet PortsForOtherwise(int peer) => PortsFor(peer, !_ipBlocksMatchPods);

    private PortSet PortsFor(int peer, bool withPodsInBlocks)
    {
        var ports = _rest is not null ? _rest.PortsFor(peer)
            : _under is var (left, _) ? PortsLeft(left, peer)
            : _certain.PortsFor(peer);
        return withPodsInBlocks && DependsOnIPBlock ? ports.Union(_podsInBlocks.PortsFor(peer)) : ports;
    }

    /// <summary>What is left of it where tiers above decide the rest: a block of its own.</summary>
    /// <param name="left">Disjoint peers, each with the ports that are left with it, not to be changed; null where all is left.</param>
    /// <param name="ports">Remembers intersections of ports.</param>
    /// <param name="peers">Remembers those of peers.</param>
    public GrantBlock Under(Grant[]? left, PortSetPool ports, Intersections peers) =>
        left is null
            ? new GrantBlock(_certain, _podsInBlocks, _ipBlocksMatchPods)
            : new GrantBlock(_certain, Under(_podsInBlocks, left, ports, peers), _ipBlocksMatchPods) { _under = (left, peers) };

    private static PortSet GrantedPorts(ReadOnlySpan<Grant> entries, PortSet known, IndexSet silent)
    {
        foreach (var (ports, peers) in entries)
        {
            if (known.IsAll)
                break;
            if (!ReferenceEquals(ports, known) && peers.OverlapsWithout(peers, silent))
                known = known.Union(ports);
        }

        return known;
    }

    private PortSet PortsLeft(Grant[] left, int peer)
    {
        foreach (var (open, among) in left)
        {
            if (among.Contains(peer))
                return _certain.PortsFor(peer).Intersect(open);
        }

        return PortSet.None;
    }

    private static GrantTable Under(GrantTable grants, Grant[] left, PortSetPool ports, Intersections common)
    {
        var kept = new ArrayBuilder<Grant>();
        foreach (var (granted, peers) in grants.Entries)
        {
            foreach (var (open, among) in left)
            {
                var both = ports.Intersect(granted, open);
                if (!both.IsEmpty && common.Of(peers, among) is { IsEmpty: false } reached)
                    kept.Add(new Grant(both, reached.Equals(peers) ? peers : reached));
            }
        }

        return GrantTable.Create(kept.Items, ports);
    }

    private static GrantTable Together(IEnumerable<GrantTable> all, PortSetPool ports)
    {
        var grants = new ArrayBuilder<Grant>();
        foreach (var one in all)
            grants.Add(one.Entries);
        return GrantTable.Create(grants.Items, ports);
    }
}
