using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// What the tiers of a subject come to once they are walked through: grants as those of NetworkPolicies are, and with which peers on which ports the
/// NetworkPolicies decide. Immutable.
/// </summary>
internal sealed class NormalForm
{
    private readonly Lazy<GrantTable> _allowed;
    private readonly Lazy<GrantTable> _possible;

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
        IsDetermined = Array.TrueForAll(all, static region => !Overlap(region.State.Allowed, region.State.Denied))
            && Array.TrueForAll(left, static region => !Overlap(region.State.Denied, region.State.Main));
        DeniesAnything = Array.Exists(left, static region => !region.State.Denied.IsEmpty);
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
        IsDetermined = Array.TrueForAll(parts, static part => ReferenceEquals(part.Sure, part.Possible));
        DeniesAnything = !hasMain;
        LeftToMain = hasMain ? [new Grant(everything, everyone)] : [];
        PerhapsLeftToMain = LeftToMain;
        _allowed = new Lazy<GrantTable>(static () => GrantTable.None);
        _possible = _allowed;
    }

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

    private static Grant[] Entries(
        (TrafficState State, IndexSet Peers)[] regions, Func<TrafficState, PortSet> ports, Func<IndexSet, IndexSet> expand) =>
        [
            .. regions.Select(region => (Ports: ports(region.State), region.Peers)).Where(static entry => !entry.Ports.IsEmpty)
                .Select(entry => new Grant(entry.Ports, expand(entry.Peers))),
        ];

    private static bool Overlap(PortSet a, PortSet b) => !a.Intersect(b).IsEmpty;
}
