using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// All endpoints as the peers of one subject, those together whose traffic is decided alike so far. Rules cut regions and change their states; regions that
/// come to the same state become one again, so there are never more than distinct answers. Immutable.
/// </summary>
internal sealed class PeerRegions
{
    private readonly Dictionary<TrafficState, IndexSet> _regions;

    /// <summary>All peers of the regions.</summary>
    private readonly IndexSet _everyone;

    private PeerRegions(Dictionary<TrafficState, IndexSet> regions, IndexSet everyone)
    {
        (_regions, _everyone) = (regions, everyone);
    }

    /// <summary>Disjoint and complete.</summary>
    public IEnumerable<(TrafficState State, IndexSet Peers)> All => _regions.Select(static region => (region.Key, region.Value));

    /// <summary>Whether no rule of the present tier can match any more.</summary>
    private bool IsDecided => _regions.Keys.All(static state => state.Open.IsEmpty);

    /// <summary>Nothing is decided yet.</summary>
    public static PeerRegions Start(IndexSet everyone, PortSet everything)
    {
        var open = new TrafficState(everything, PortSet.None, PortSet.None, PortSet.None, PortSet.None);
        return new PeerRegions(new Dictionary<TrafficState, IndexSet> { [open] = everyone }, everyone);
    }

    public PeerRegions Apply(RuleAction action, EndpointMatch peers, PortMatch ports)
    {
        if (ports.May.IsEmpty || !peers.May.Overlaps(_everyone) || IsDecided)
            return this;
        var next = new Dictionary<TrafficState, IndexSet>(_regions.Count + 2);
        foreach (var (state, members) in _regions)
        {
            if (state.Open.IsEmpty || !members.Overlaps(peers.May))
            {
                Add(next, state, members);
                continue;
            }

            var certain = members.Intersect(peers.Must);
            var perhaps = peers.IsExact ? IndexSet.Empty : members.Intersect(peers.May).Except(certain);
            Add(next, state.Match(action, ports.Must, ports.May), certain);
            Add(next, state.Match(action, PortSet.None, ports.May), perhaps);
            Add(next, state, members.Except(certain).Except(perhaps));
        }

        return new PeerRegions(next, _everyone);
    }

    /// <inheritdoc cref="TrafficState.Beside"/>
    public PeerRegions Beside(PeerRegions other)
    {
        if (ReferenceEquals(this, other))
            return this;
        var next = new Dictionary<TrafficState, IndexSet>();
        foreach (var (state, members) in _regions)
        {
            foreach (var (otherState, otherMembers) in other._regions)
            {
                if (members.Intersect(otherMembers) is { IsEmpty: false } both)
                    Add(next, state.Beside(otherState), both);
            }
        }

        return new PeerRegions(next, _everyone);
    }

    /// <inheritdoc cref="TrafficState.EndTier"/>
    public PeerRegions EndTier(bool? denies) => Each(state => state.EndTier(denies));

    /// <summary>What is open here is for the NetworkPolicies to decide.</summary>
    public PeerRegions LeaveToMain() => Each(static state => state with { Open = PortSet.None, Main = state.Main.Union(state.Open) });

    /// <summary>Behind the last tier everything is allowed.</summary>
    public PeerRegions Finish() => Each(static state => state with { Open = PortSet.None, Allowed = state.Allowed.Union(state.Open) });

    private PeerRegions Each(Func<TrafficState, TrafficState> change)
    {
        var next = new Dictionary<TrafficState, IndexSet>(_regions.Count);
        foreach (var (state, members) in _regions)
            Add(next, change(state), members);
        return new PeerRegions(next, _everyone);
    }

    private static void Add(Dictionary<TrafficState, IndexSet> to, TrafficState state, IndexSet members)
    {
        if (!members.IsEmpty)
            to[state] = to.TryGetValue(state, out var before) ? before.Union(members) : members;
    }
}
