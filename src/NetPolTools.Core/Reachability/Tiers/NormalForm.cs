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

    /// <param name="regions">Finished.</param>
    /// <param name="everything">All traffic that is looked at.</param>
    public NormalForm(PeerRegions regions, PortSet everything)
    {
        (TrafficState State, IndexSet Peers)[] all = [.. regions.All];
        LeavesEverything = all is [{ State: var only }] && only.Main.Equals(everything) && only.Allowed.IsEmpty && only.Denied.IsEmpty;
        IsDetermined = Array.TrueForAll(all, static region =>
            !Overlap(region.State.Allowed, region.State.Denied)
            && !Overlap(region.State.Allowed, region.State.Main)
            && !Overlap(region.State.Denied, region.State.Main));
        DeniesAnything = Array.Exists(all, static region => !region.State.Denied.IsEmpty);
        LeftToMain = Entries(all, static state => state.Main.Except(state.Denied));
        PerhapsLeftToMain = IsDetermined ? LeftToMain : Entries(all, static state => state.Main);
        _allowed = Make(static state => state.Allowed.Except(state.Denied).Except(state.Main));
        _possible = IsDetermined ? _allowed : Make(static state => state.Allowed);

        Lazy<GrantTable> Make(Func<TrafficState, PortSet> ports) => new(() => GrantTable.Create(Entries(all, ports), new PortSetPool()));
    }

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

    private static Grant[] Entries((TrafficState State, IndexSet Peers)[] regions, Func<TrafficState, PortSet> ports) =>
        [.. regions.Select(region => new Grant(ports(region.State), region.Peers)).Where(static entry => !entry.Ports.IsEmpty)];

    private static bool Overlap(PortSet a, PortSet b) => !a.Intersect(b).IsEmpty;
}
