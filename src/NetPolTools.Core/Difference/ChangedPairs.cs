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
    /// <summary>Ways in which rules of ends differ; of more, each end is looked at with all others.</summary>
    private const int MostChanges = 64;

    private readonly ReachabilityMap _before;
    private readonly ReachabilityMap _after;
    private readonly AlignedEnds _ends;
    private readonly UnchangedEnds _unchanged;
    private readonly Direction _sent;
    private readonly Direction _received;
    private readonly Dictionary<(int Sent, ulong Received), PossibleEnds> _possible = [];

    private ChangedPairs(ReachabilityMap before, ReachabilityMap after, AlignedEnds ends, UnchangedEnds unchanged, Direction sent, Direction received)
    {
        (_before, _after, _ends, _unchanged, _sent, _received) = (before, after, ends, unchanged, sent, received);
    }

    /// <returns>Null where it cannot be told: policies of other kinds than NetworkPolicies, pods of an end under rules of their own, or too many ways in
    /// which rules differ.</returns>
    public static ChangedPairs? Of(ReachabilityMap before, ReachabilityMap after, AlignedEnds ends, UnchangedEnds unchanged)
    {
        var matched = unchanged.Matched;
        if (before.AtMost is not null || after.AtMost is not null || before.NodesHavePolicies || after.NodesHavePolicies)
            return null;
        var sent = new Direction(matched, before.EgressOf, after.EgressOf);
        var received = new Direction(matched, before.IngressOf, after.IngressOf);
        return sent.TryCompare(before, after, ends, unchanged.HasSamePods, unchanged.SendsAsBefore)
            && received.TryCompare(before, after, ends, unchanged.HasSamePods, unchanged.ReceivesAsBefore)
            ? new ChangedPairs(before, after, ends, unchanged, sent, received)
            : null;
    }

    /// <summary>The ends to which what a source sends can have changed; null for all.</summary>
    public PossibleEnds? From(int source)
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

    private PossibleEnds Find((int Sent, ulong Received) key)
    {
        var (found, classesBefore, classesAfter) =
            (new IndexSet.Builder(), new IndexSetAccumulator(_before.Endpoints.Count), new IndexSetAccumulator(_after.Endpoints.Count));
        for (var end = 0; end < _ends.Count; end++)
        {
            var isReceiver = _received.ChangeOf(end) is >= 0 and var change && (key.Received & (1UL << change)) != 0;
            if (!isReceiver && _unchanged.HasSamePods(end) && (key.Sent < 0 || !CanMatter(_sent.Changes[key.Sent], _received, end)))
                continue;
            found.Add(end);
            foreach (var c in _ends.Before[end].Classes)
                classesBefore.Add(c);
            foreach (var c in _ends.After[end].Classes)
                classesAfter.Add(c);
        }

        return new PossibleEnds(found.Build(), classesBefore.ToSet(), classesAfter.ToSet());
    }

    /// <summary>Whether an end is among the peers of a change, and allows some of its ports with anybody, before or after.</summary>
    private bool CanMatter(Change change, Direction other, int end) =>
        Array.Exists(_ends.After[end].Members, change.Peers.Contains) && !other.Granted(_ends.Before[end].Members[0]).Intersect(change.Ports).IsEmpty;

    /// <param name="Ends">By their numbers in the comparison.</param>
    /// <param name="Before">Their classes before.</param>
    /// <param name="After">Their classes after.</param>
    internal sealed record PossibleEnds(IndexSet Ends, IndexSet Before, IndexSet After);

    /// <param name="Peers">The pods with which something else is allowed than before, by their numbers after.</param>
    /// <param name="Ports">The ports on which it is.</param>
    private sealed record Change(IndexSet Peers, PortSet Ports);

    /// <summary>What changed in the rules of one direction.</summary>
    private sealed class Direction(MatchedEndpoints matched, Func<int, RuleSet?> ruleSetBefore, Func<int, RuleSet?> ruleSetAfter)
    {
        private readonly RuleSetContents _contents = new();
        private readonly Dictionary<RuleSet, PortSet> _granted = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<(RuleSet?, RuleSet?), int> _ofRuleSets = [];
        private readonly Dictionary<(int, int), int> _ofBlocks = [];
        private int[] _changeOf = [];

        public List<Change> Changes { get; } = [];

        /// <summary>-1 for none.</summary>
        public int ChangeOf(int end) => _changeOf[end];

        /// <summary>The ports on which a pod of both sides allows anything with anybody, before or after.</summary>
        /// <param name="pod">Its number before.</param>
        public PortSet Granted(int pod) => Granted(ruleSetBefore(pod)).Union(Granted(RuleSetAfter(pod)));

        public bool TryCompare(ReachabilityMap before, ReachabilityMap after, AlignedEnds ends, Func<int, bool> hasSamePods, Func<int, bool> isAsBefore)
        {
            _changeOf = new int[ends.Count];
            var common = new MatchedEndpoints.CommonSets(matched);
            for (var end = 0; end < ends.Count; end++)
            {
                _changeOf[end] = -1;
                if (!hasSamePods(end))
                    continue;
                var members = ends.Before[end].Members;
                var (was, becomes) = (ruleSetBefore(members[0]), RuleSetAfter(members[0]));
                if (Array.Exists(members, pod => ruleSetBefore(pod) != was || RuleSetAfter(pod) != becomes))
                    return false;
                if (isAsBefore(end))
                    continue;

                if (!_ofRuleSets.TryGetValue((was, becomes), out var change))
                {
                    if (Find(before, after, was, becomes, common) is not { } found)
                        return false;
                    _ofRuleSets.Add((was, becomes), change = found);
                }

                _changeOf[end] = change;
            }

            return true;
        }

        private RuleSet? RuleSetAfter(int podBefore) => ruleSetAfter(matched.ToAfter(podBefore));

        /// <summary>The number of a change; null where it cannot be told.</summary>
        private int? Find(ReachabilityMap before, ReachabilityMap after, RuleSet? was, RuleSet? becomes, MatchedEndpoints.CommonSets common)
        {
            if (was is { Tiered.Count: > 0 } || becomes is { Tiered.Count: > 0 })
                return null;
            var (blocksBefore, blocksAfter) = (Numbered(was, common.Before), Numbered(becomes, common.After));
            var key = was is null || becomes is null ? (-1, -1) : (ListOf(blocksBefore, blocksAfter), ListOf(blocksAfter, blocksBefore));
            if (_ofBlocks.TryGetValue(key, out var known))
                return known;
            if (Changes.Count == MostChanges)
                return null;
            Changes.Add(key == (-1, -1)
                ? new Change(IndexSet.Range(0, after.Endpoints.PodCount), PortSet.All)
                : Compare(before, after, Without(blocksBefore, blocksAfter), Without(blocksAfter, blocksBefore), common));
            _ofBlocks.Add(key, Changes.Count - 1);
            return Changes.Count - 1;
        }

        private Change Compare(
            ReachabilityMap before, ReachabilityMap after, GrantBlock[] gone, GrantBlock[] come, MatchedEndpoints.CommonSets common)
        {
            var named = new IndexSetAccumulator(after.Endpoints.Count);
            foreach (var (_, peers) in gone.SelectMany(static block => block.Entries.ToArray()))
                named.Add(common.Before(peers));
            foreach (var (_, peers) in come.SelectMany(static block => block.Entries.ToArray()))
                named.Add(common.After(peers));
            var (found, ports) = (new IndexSet.Builder(), PortSet.None);
            foreach (var pod in named.ToSet().Slice(0, after.Endpoints.PodCount))
            {
                var (allowed, allowedAfter) = (Ports(gone, before.Classes.ClassOf(matched.ToBefore(pod))), Ports(come, after.Classes.ClassOf(pod)));
                if (allowed.Equals(allowedAfter))
                    continue;
                found.Add(pod);
                ports = PortSet.UnionOf([ports, allowed.Except(allowedAfter), allowedAfter.Except(allowed)]);
            }

            return new Change(found.Build(), ports);

            static PortSet Ports(GrantBlock[] blocks, int peer) => blocks.Aggregate(PortSet.None, (ports, block) => ports.Union(block.PortsFor(peer)));
        }

        private PortSet Granted(RuleSet? ruleSet)
        {
            if (ruleSet is null)
                return PortSet.All;
            if (!_granted.TryGetValue(ruleSet, out var ports))
                _granted.Add(ruleSet, ports = ruleSet.GrantedPorts());
            return ports;
        }

        private Dictionary<int, GrantBlock> Numbered(RuleSet? ruleSet, Func<IndexSet, IndexSet> common)
        {
            var numbered = new Dictionary<int, GrantBlock>();
            foreach (var block in ruleSet?.Blocks ?? [])
                numbered[_contents.NumberOf(block, common)] = block;
            return numbered;
        }

        private int ListOf(Dictionary<int, GrantBlock> blocks, Dictionary<int, GrantBlock> without) =>
            _contents.NumberOf([.. blocks.Keys.Where(number => !without.ContainsKey(number)).Order()]);

        private static GrantBlock[] Without(Dictionary<int, GrantBlock> blocks, Dictionary<int, GrantBlock> without) =>
            [.. blocks.Where(block => !without.ContainsKey(block.Key)).Select(static block => block.Value)];
    }
}
