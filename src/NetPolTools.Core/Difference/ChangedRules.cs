using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>What changed in the rules of one direction. Not thread safe.</summary>
internal sealed class ChangedRules
{
    /// <summary>Ways in which rules of ends differ; of more, each end is looked at with all others.</summary>
    private const int MostChanges = 64;

    private readonly ReachabilityMap _before;
    private readonly ReachabilityMap _after;
    private readonly PolicyDirection _direction;
    private readonly MatchedEndpoints _matched;
    private readonly MatchedEndpoints.CommonSets _common;
    private readonly RuleSetContents _contents;

    /// <summary>The numbers of changes by two rule sets, or by two blocks where only these differ; and by what the blocks say.</summary>
    private readonly Dictionary<(object?, object?), int> _ofRules = [];
    private readonly Dictionary<(int, int), int> _ofContents = [];
    private readonly List<RuleChange> _changes = [];

    /// <summary>By end; -1 for none.</summary>
    private readonly int[] _changeOf;

    private ChangedRules(ReachabilityMap before, ReachabilityMap after, PolicyDirection direction, MatchedEndpoints matched, int endCount)
    {
        (_before, _after, _direction, _matched) = (before, after, direction, matched);
        _common = new MatchedEndpoints.CommonSets(matched);
        _contents = new RuleSetContents(_common);
        _changeOf = new int[endCount];
        Array.Fill(_changeOf, -1);
    }

    /// <summary>Each way in which rules differ, once.</summary>
    public IReadOnlyList<RuleChange> Changes => _changes;

    /// <returns>Null where it cannot be told: policies of other kinds than NetworkPolicies, pods of an end under rules of their own, or too many ways in
    /// which rules differ.</returns>
    public static ChangedRules? Of(ReachabilityMap before, ReachabilityMap after, PolicyDirection direction, AlignedEnds ends, UnchangedEnds unchanged)
    {
        var found = new ChangedRules(before, after, direction, unchanged.Matched, ends.Count);
        for (var end = 0; end < ends.Count; end++)
        {
            if (unchanged.HasSamePods(end) && !found.TryAdd(end, ends.Before[end].Members, unchanged.IsAsBefore(end, direction)))
                return null;
        }

        return found;
    }

    /// <summary>Which of the changes is that of an end; -1 for none.</summary>
    public int ChangeOf(int end) => _changeOf[end];

    /// <summary>Whether a pod of both sides allows anything with anybody on some of these ports, before or after.</summary>
    /// <param name="pod">Its number before.</param>
    /// <param name="ports">Any.</param>
    public bool Grants(int pod, PortSet ports) => Grants(RulesBefore(pod), ports) || Grants(RulesAfter(pod), ports);

    private static bool Grants(RuleSet? ruleSet, PortSet ports) => (ruleSet?.GrantedPorts() ?? PortSet.All).Overlaps(ports);

    private bool TryAdd(int end, int[] members, bool isAsBefore)
    {
        var (was, becomes) = (RulesBefore(members[0]), RulesAfter(members[0]));
        for (var i = 1; i < members.Length; i++)
        {
            if (RulesBefore(members[i]) != was || RulesAfter(members[i]) != becomes)
                return false;
        }

        if (isAsBefore)
            return true;
        if (NumberOf(was, becomes) is not { } number)
            return false;
        _changeOf[end] = number;
        return true;
    }

    private RuleSet? RulesBefore(int pod) => _before.RulesOf(_direction, pod);

    /// <param name="podBefore">By its number before.</param>
    private RuleSet? RulesAfter(int podBefore) => _after.RulesOf(_direction, _matched.ToAfter(podBefore));

    /// <summary>The number of a change; null where it cannot be told.</summary>
    private int? NumberOf(RuleSet? was, RuleSet? becomes)
    {
        var differing = was is null || becomes is null ? default : new DifferingBlocks(was, becomes);
        (object?, object?) rules = differing is { Before: [var one], After: [var other] } ? (one, other) : (was, becomes);
        if (_ofRules.TryGetValue(rules, out var known))
            return known;
        if (was is { Tiered.Count: > 0 } || becomes is { Tiered.Count: > 0 })
            return null;
        var number = was is null || becomes is null ? NumberOf((-1, -1), [], []) : NumberOf(differing);
        if (number is { } found)
            _ofRules.Add(rules, found);
        return number;
    }

    private int? NumberOf(DifferingBlocks differing)
    {
        var (gone, come) = (new Dictionary<int, GrantBlock>(), new Dictionary<int, GrantBlock>());
        foreach (var block in differing.Before)
            gone[_contents.NumberOfBefore(block)] = block;
        foreach (var block in differing.After)
            come[_contents.NumberOfAfter(block)] = block;
        return NumberOf((ListOf(gone, come), ListOf(come, gone)), Without(gone, come), Without(come, gone));
    }

    private int? NumberOf((int, int) contents, GrantBlock[] gone, GrantBlock[] come)
    {
        if (_ofContents.TryGetValue(contents, out var number))
            return number;
        if (_changes.Count == MostChanges)
            return null;
        _changes.Add(contents == (-1, -1) ? new RuleChange(IndexSet.Range(0, _after.Endpoints.PodCount), PortSet.All, true) : Compare(gone, come));
        _ofContents.Add(contents, _changes.Count - 1);
        return _changes.Count - 1;
    }

    private RuleChange Compare(GrantBlock[] gone, GrantBlock[] come)
    {
        var (found, ports, isOutside) = (new IndexSet.Builder(), PortSet.None, false);
        var seen = new HashSet<(PortSet, PortSet)>();
        foreach (var peer in NamedOtherwise(gone, come))
        {
            var (allowed, allowedAfter) = (Ports(gone, _before.Classes.ClassOf(_matched.ToBefore(peer))), Ports(come, _after.Classes.ClassOf(peer)));
            if (allowed.Equals(allowedAfter))
                continue;

            // Pods are before all that is outside.
            if (peer >= _after.Endpoints.PodCount)
            {
                isOutside = true;
                break;
            }

            found.Add(peer);
            if (seen.Add((allowed, allowedAfter)))
                ports = PortSet.UnionOf([ports, allowed.Except(allowedAfter), allowedAfter.Except(allowed)]);
        }

        return new RuleChange(found.Build(), ports, isOutside);
    }

    /// <summary>The peers of those entries, by the numbers after, that only one side has: with any other peer the same is allowed.</summary>
    private IndexSet NamedOtherwise(GrantBlock[] gone, GrantBlock[] come)
    {
        var entries = new HashSet<Grant>();
        foreach (var block in gone)
        {
            foreach (var (ports, peers) in block.Entries)
                entries.Add(new Grant(ports, _common.Before(peers)));
        }

        var named = new IndexSetAccumulator(_after.Endpoints.Count);
        foreach (var block in come)
        {
            foreach (var (ports, peers) in block.Entries)
            {
                var entry = new Grant(ports, _common.After(peers));
                if (!entries.Remove(entry))
                    named.Add(entry.Peers);
            }
        }

        foreach (var entry in entries)
            named.Add(entry.Peers);
        return named.ToSet();
    }

    private static PortSet Ports(GrantBlock[] blocks, int peer)
    {
        var ports = PortSet.None;
        foreach (var block in blocks)
            ports = ports.Union(block.PortsFor(peer));
        return ports;
    }

    private int ListOf(Dictionary<int, GrantBlock> blocks, Dictionary<int, GrantBlock> without) =>
        _contents.NumberOf([.. blocks.Keys.Where(number => !without.ContainsKey(number)).Order()]);

    private static GrantBlock[] Without(Dictionary<int, GrantBlock> blocks, Dictionary<int, GrantBlock> without) =>
        [.. blocks.Where(block => !without.ContainsKey(block.Key)).Select(static block => block.Value)];
}

/// <summary>A way in which rules differ.</summary>
/// <param name="Peers">The pods with which something else is allowed than before, by their numbers after.</param>
/// <param name="Ports">The ports on which it is.</param>
/// <param name="IsOutside">Whether something else may be allowed with addresses outside.</param>
internal sealed record RuleChange(IndexSet Peers, PortSet Ports, bool IsOutside);
