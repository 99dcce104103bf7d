using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// What the tiers of a subject come to once they are walked through: grants as those of NetworkPolicies are, and with which peers on which ports the
/// NetworkPolicies decide. Immutable.
/// </summary>
internal sealed class NormalForm
{
    private static readonly Lazy<GrantTable> Nothing = new(static () => GrantTable.None);

    private readonly Lazy<GrantTable> _allowed;
    private readonly Lazy<GrantTable> _possible;

    /// <summary>In the numbers of regions, with whom something is denied, and with whom something is undetermined.</summary>
    private readonly IndexSet _denied = IndexSet.Empty;
    private readonly IndexSet _undetermined = IndexSet.Empty;

    /// <summary>Of a subject of no NetworkPolicies, or where these were walked through among the others.</summary>
    /// <param name="regions">Finished.</param>
    /// <param name="everything">All traffic that is looked at.</param>
    /// <param name="expand">Gives the endpoints that peers of regions stand for.</param>
    public NormalForm(PeerRegions regions, PortSet everything, Func<IndexSet, IndexSet> expand)
        : this(regions, regions, everything, expand)
    {
    }

    /// <summary>Of a subject of NetworkPolicies.</summary>
    /// <param name="granting">Finished; what comes to NetworkPolicies is for them to decide.</param>
    /// <param name="notGranting">Finished, where NetworkPolicies grant nothing.</param>
    /// <param name="everything">All traffic that is looked at.</param>
    /// <param name="expand">Gives the endpoints that peers of regions stand for.</param>
    public NormalForm(PeerRegions granting, PeerRegions notGranting, PortSet everything, Func<IndexSet, IndexSet> expand)
    {
        (TrafficState State, IndexSet Peers)[] left = [.. granting.All];
        var all = ReferenceEquals(granting, notGranting) ? left : [.. notGranting.All];
        LeavesEverything = left is [{ State: var only }] && only.Main.Equals(everything) && only.Denied.IsEmpty && Array.TrueForAll(
            all, static region => region.State.Allowed.IsEmpty);
        _undetermined = PeersWhere(all, static state => Overlap(state.Allowed, state.Denied))
            .Union(PeersWhere(left, static state => Overlap(state.Denied, state.Main)));
        IsDetermined = _undetermined.IsEmpty;
        _denied = PeersWhere(left, static state => !state.Denied.IsEmpty);
        DeniesAnything = !_denied.IsEmpty;
        LeftToMain = Entries(left, static state => state.Main.Except(state.Denied), expand);
        PerhapsLeftToMain = IsDetermined ? LeftToMain : Entries(left, static state => state.Main, expand);
        _allowed = Make(static state => state.Allowed.Except(state.Denied));
        _possible = IsDetermined ? _allowed : Make(static state => state.Allowed);

        Lazy<GrantTable> Make(Func<TrafficState, PortSet> ports) => new(() => GrantTable.Create(Entries(all, ports, expand), new PortSetPool()));
    }

    /// <summary>Of a subject of policies that only allow, and are denied all that none of them allows.</summary>
    /// <param name="parts">What they allow.</param>
    /// <param name="everyone">All endpoints.</param>
    /// <param name="everything">All traffic that is looked at.</param>
    /// <param name="hasMain">Whether there are NetworkPolicies beside them.</param>
    public NormalForm(AdditiveGrants[] parts, IndexSet everyone, PortSet everything, bool hasMain)
    {
        Parts = parts;
        LeavesEverything = true;
        IsDetermined = Array.TrueForAll(parts, static part => part.IsSure);
        DeniesAnything = !hasMain;
        LeftToMain = hasMain ? [new Grant(everything, everyone)] : [];
        PerhapsLeftToMain = LeftToMain;
        (_allowed, _possible) = (Nothing, Nothing);
    }

    private NormalForm(NormalForm own, NormalForm shared, IndexSet named, IndexSet peers)
    {
        (_allowed, _possible, Parts, LeavesEverything) = (own._allowed, own._possible, own.Parts, own.LeavesEverything);
        (LeftToMain, PerhapsLeftToMain) = (own.LeftToMain, own.PerhapsLeftToMain);
        (Shared, OwnPeers) = (shared, peers);
        IsDetermined = own.IsDetermined && shared._undetermined.Except(named).IsEmpty;
        DeniesAnything = own.DeniesAnything || !shared._denied.Except(named).IsEmpty;
    }

    /// <summary>What holds with all peers but <see cref="OwnPeers"/>; null where everything is here.</summary>
    public NormalForm? Shared { get; }

    /// <summary>The peers of which this form says everything, where another says what holds with all others.</summary>
    public IndexSet OwnPeers { get; } = IndexSet.Empty;

    /// <summary>What is allowed in parts that many subjects share, beside <see cref="Allowed"/>.</summary>
    public AdditiveGrants[] Parts { get; } = [];

    /// <summary>Whether tiers above the NetworkPolicies touch nothing of what these decide.</summary>
    public bool LeavesEverything { get; }

    /// <summary>Whether everything is allowed or denied or left to the NetworkPolicies, and nothing of it undetermined.</summary>
    public bool IsDetermined { get; }

    public bool DeniesAnything { get; }

    /// <summary>What is allowed whatever NetworkPolicies say.</summary>
    public GrantTable Allowed => _allowed.Value;

    /// <summary>The same with what may be allowed.</summary>
    public GrantTable Possible => _possible.Value;

    /// <summary>With these peers on these ports what NetworkPolicies allow is allowed; disjoint.</summary>
    public Grant[] LeftToMain { get; }

    /// <summary>With these peers on these ports what NetworkPolicies allow may be allowed; disjoint.</summary>
    public Grant[] PerhapsLeftToMain { get; }

    /// <summary>The same form where it is about some peers alone, over one about all of them.</summary>
    /// <param name="shared">Without parts, and itself over none.</param>
    /// <param name="named">The peers, in the numbers of regions.</param>
    /// <param name="peers">The endpoints that they stand for.</param>
    public NormalForm Over(NormalForm shared, IndexSet named, IndexSet peers) => new(this, shared, named, peers);

    /// <summary>Whether NetworkPolicies may decide some traffic with some of these peers.</summary>
    public bool MayLeave(IndexSet peers, PortSet ports) =>
        PerhapsLeftToMain.Any(left => left.Peers.Overlaps(peers) && !left.Ports.Intersect(ports).IsEmpty)
        || Shared?.MayLeave(peers.Except(OwnPeers), ports) == true;

    private static IndexSet PeersWhere((TrafficState State, IndexSet Peers)[] regions, Func<TrafficState, bool> holds) =>
        IndexSet.UnionOf([.. regions.Where(region => holds(region.State)).Select(static region => region.Peers)]);

    private static Grant[] Entries(
        (TrafficState State, IndexSet Peers)[] regions, Func<TrafficState, PortSet> ports, Func<IndexSet, IndexSet> expand) =>
        [
            .. regions.Select(region => (Ports: ports(region.State), region.Peers)).Where(static entry => !entry.Ports.IsEmpty)
                .Select(entry => new Grant(entry.Ports, expand(entry.Peers))),
        ];

    private static bool Overlap(PortSet a, PortSet b) => !a.Intersect(b).IsEmpty;
}
