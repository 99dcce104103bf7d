using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>
/// Where rules changed, between which ends connections can have changed at all: who does not send as before sends otherwise to some peers and on some ports
/// alone, and of those peers only such matter as let in some of these ports; and the other way round. One policy of thousands that select all pods of a
/// namespace makes every one of them another sender, and leaves nearly all that they reach as it was. Ends that came, went or have other pods than before
/// are looked at with all others. Not thread safe.
/// </summary>
internal sealed class ChangedPairs
{
    /// <summary>Ends that are looked at at a time: who wants to know of the first changes alone is not to wait for what comes of all others.</summary>
    private const int MostAtATime = 1024;

    /// <summary>Of either side.</summary>
    private readonly int _endpointCount;
    private readonly AlignedEnds _ends;
    private readonly UnchangedEnds _unchanged;
    private readonly ChangedRules _sent;
    private readonly ChangedRules _received;
    private readonly Dictionary<(int Sent, ulong Received), PossibleEnds[]> _possible = [];

    private ChangedPairs(AlignedEnds ends, int endpointCount, UnchangedEnds unchanged, ChangedRules sent, ChangedRules received)
    {
        _endpointCount = endpointCount;
        (_ends, _unchanged, _sent, _received) = (ends, unchanged, sent, received);
    }

    /// <returns>Null where it cannot be told: policies of other kinds than NetworkPolicies, pods of an end under rules of their own, or too many ways in
    /// which rules differ.</returns>
    public static ChangedPairs? Of(ReachabilityMap before, ReachabilityMap after, AlignedEnds ends, UnchangedEnds unchanged)
    {
        if (before.AtMost is not null || after.AtMost is not null || before.NodesHavePolicies || after.NodesHavePolicies)
            return null;
        return ChangedRules.Of(before, after, PolicyDirection.Egress, ends, unchanged) is { } sent
            && ChangedRules.Of(before, after, PolicyDirection.Ingress, ends, unchanged) is { } received
            ? new ChangedPairs(ends, Math.Max(before.Endpoints.Count, after.Endpoints.Count), unchanged, sent, received)
            : null;
    }

    /// <summary>The ends to which what a source sends can have changed, some at a time; null for all.</summary>
    public IReadOnlyList<PossibleEnds>? From(int source)
    {
        if (!_unchanged.HasSamePods(source))
            return null;
        var received = 0UL;
        for (var change = 0; change < _received.Changes.Count; change++)
        {
            if (CanMatter(_received.Changes[change], _sent, source))
                received |= 1UL << change;
        }

        var key = (_sent.ChangeOf(source), received);
        if (!_possible.TryGetValue(key, out var known))
            _possible.Add(key, known = Find(key));
        return known;
    }

    /// <summary>Whether an end sends to addresses outside as before, or receives from them.</summary>
    public bool IsSameOutside(int end, PolicyDirection direction)
    {
        var ofDirection = direction == PolicyDirection.Egress ? _sent : _received;
        return _unchanged.HasSamePods(end) && _unchanged.CoverOutside && ofDirection.ChangeOf(end) is var change
            && (change < 0 || !ofDirection.Changes[change].IsOutside);
    }

    private PossibleEnds[] Find((int Sent, ulong Received) key)
    {
        var found = new List<int>();
        for (var end = 0; end < _ends.Count; end++)
        {
            var isReceiver = _received.ChangeOf(end) is >= 0 and var change && (key.Received & (1UL << change)) != 0;
            if (isReceiver || !_unchanged.HasSamePods(end) || (key.Sent >= 0 && CanMatter(_sent.Changes[key.Sent], _received, end)))
                found.Add(end);
        }

        var classes = new IndexSetAccumulator(_endpointCount);
        return [.. found.Chunk(MostAtATime).Select(ends => new PossibleEnds(SetOf(ends), ClassesOf(ends, _ends.Before), ClassesOf(ends, _ends.After)))];

        static IndexSet SetOf(int[] ends)
        {
            var set = new IndexSet.Builder();
            foreach (var end in ends)
                set.Add(end);
            return set.Build();
        }

        IndexSet ClassesOf(int[] ends, EndpointGroup[] groups)
        {
            classes.Clear();
            foreach (var end in ends)
            {
                foreach (var c in groups[end].Classes)
                    classes.Add(c);
            }

            return classes.ToSet();
        }
    }

    /// <summary>Whether an end is among the peers of a change, and allows some of its ports with anybody, before or after.</summary>
    private bool CanMatter(RuleChange change, ChangedRules other, int end) =>
        Array.Exists(_ends.After[end].Members, change.Peers.Contains) && other.Grants(_ends.Before[end].Members[0], change.Ports);

    /// <param name="Ends">By their numbers in the comparison.</param>
    /// <param name="Before">Their classes before.</param>
    /// <param name="After">Their classes after.</param>
    internal sealed record PossibleEnds(IndexSet Ends, IndexSet Before, IndexSet After);
}
