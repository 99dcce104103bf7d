using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>
/// What policies allow on one side and not on the other: workloads that came or went, and connections opened, closed or changed in their ports,
/// each with the policies responsible. Going back is the same with before and after exchanged.
/// </summary>
/// <remarks>That a node always reaches the pods it runs depends on no policy, and is no part of a difference.</remarks>
public sealed class ReachabilityDifference
{
    private readonly DifferenceSide _before;
    private readonly DifferenceSide _after;
    private readonly ConnectionQuery _query;
    private readonly AlignedEnds _ends;
    private readonly PortSetPool _ports = new();
    private readonly bool[] _isSource;
    private readonly bool[] _isDestination;
    private readonly bool[] _isInNamespaces;
    private readonly GroupReach _reachBefore;
    private readonly GroupReach _reachAfter;

    /// <summary>What may be reached; null where everything is decided.</summary>
    private readonly GroupReach? _mayReachBefore;
    private readonly GroupReach? _mayReachAfter;
    private readonly PolicyDifferences _policies;
    private readonly ChangeReasons _reasons;

    public ReachabilityDifference(DifferenceSide before, DifferenceSide after, ConnectionQuery query)
    {
        _before = before;
        _after = after;
        _query = query;
        _ends = AlignedEnds.Create(before.Map, after.Map, query.By);
        _isSource = [.. Enumerable.Range(0, _ends.Count).Select(number => query.From.Count == 0 || query.From.Any(pattern => Matches(pattern, number)))];
        _isDestination = [.. Enumerable.Range(0, _ends.Count).Select(number => query.To.Count == 0 || query.To.Any(pattern => Matches(pattern, number)))];
        _isInNamespaces = [.. Enumerable.Range(0, _ends.Count).Select(number => query.IsInNamespaces(_ends.EndOf(number)))];
        _reachBefore = new GroupReach(before.Map, _ends.Before, query.By, _isDestination, _ports);
        _reachAfter = new GroupReach(after.Map, _ends.After, query.By, _isDestination, _ports);
        _mayReachBefore = before.Map.AtMost is { } mostBefore ? new GroupReach(mostBefore, _ends.Before, query.By, _isDestination, _ports) : null;
        _mayReachAfter = after.Map.AtMost is { } mostAfter ? new GroupReach(mostAfter, _ends.After, query.By, _isDestination, _ports) : null;
        _policies = new PolicyDifferences(before, after);
        _reasons = new ChangeReasons(before, after, _ends, _policies);
        Ends = [.. Enumerable.Range(0, _ends.Count)
            .Where(number => _ends.StatusOf(number) != EndStatus.Kept && _isInNamespaces[number] && IsAsked(number))
            .Select(number => new EndChange(_ends.EndOf(number), _ends.StatusOf(number)))];
    }

    /// <summary>What came or went, of that which is asked about.</summary>
    public IReadOnlyList<EndChange> Ends { get; }

    /// <summary>All policies that differ, whether any connection changed by them or not.</summary>
    public IReadOnlyList<PolicyChange> Policies => _policies.All;

    /// <summary>Those of <see cref="ConnectionQuery.From"/> that name nothing on either side; addresses always name something.</summary>
    public IEnumerable<EndpointPattern> FromWithoutMatch => WithoutMatch(_query.From);

    /// <inheritdoc cref="FromWithoutMatch"/>
    public IEnumerable<EndpointPattern> ToWithoutMatch => WithoutMatch(_query.To);

    /// <summary>The changes in the order of a listing. Nothing but one source's connections is held at a time.</summary>
    public IEnumerable<ConnectionChange> List(CancellationToken cancellation = default)
    {
        var toOutside = OutsideChanges.Create(_query.To, IsOfPod, _before.Map, _after.Map);
        var fromOutside = OutsideChanges.Create(_query.From, IsOfPod, _before.Map, _after.Map);
        var rows = new Rows(_ends.Count);
        for (var source = 0; source < _ends.Count; source++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_isSource[source])
                continue;
            foreach (var change in ToEnds(source, rows))
                yield return change;
            if (!_isInNamespaces[source])
                continue;
            foreach (var (addresses, before, after) in Outside(toOutside, source, static map => map.EgressOf, static reach => reach.ToAddresses))
                yield return _reasons.Explain(Change(_ends.EndOf(source), ConnectionEnd.Outside(addresses), before, after), source, null);
        }

        for (var destination = 0; destination < _ends.Count; destination++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_isDestination[destination] || !_isInNamespaces[destination])
                continue;
            foreach (var (addresses, before, after) in Outside(fromOutside, destination, static map => map.IngressOf, static reach => reach.FromAddresses))
                yield return _reasons.Explain(Change(ConnectionEnd.Outside(addresses), _ends.EndOf(destination), before, after), null, destination);
        }
    }

    private IEnumerable<ConnectionChange> ToEnds(int source, Rows rows)
    {
        var classes = ClassesOf(source);
        if (classes is not null && rows.Unchanged.Contains(classes.Value))
            yield break;

        rows.Clear();
        _reachBefore.Collect(_ends.Before[source], rows.Before);
        _reachAfter.Collect(_ends.After[source], rows.After);
        _mayReachBefore?.Collect(_ends.Before[source], rows.MayBefore);
        _mayReachAfter?.Collect(_ends.After[source], rows.MayAfter);
        var isUnchanged = true;
        for (var destination = 0; destination < _ends.Count; destination++)
        {
            if (ReferenceEquals(rows.Before[destination], rows.After[destination]) && ReferenceEquals(rows.MayBefore[destination], rows.MayAfter[destination]))
                continue;
            var before = Reached(rows.Before[destination], rows.MayBefore[destination]);
            var after = Reached(rows.After[destination], rows.MayAfter[destination]);
            if (before.Equals(after))
                continue;
            isUnchanged = false;
            if (_isInNamespaces[source] || _isInNamespaces[destination])
                yield return _reasons.Explain(Change(_ends.EndOf(source), _ends.EndOf(destination), before, after), source, destination);
        }

        if (isUnchanged && classes is not null)
            rows.Unchanged.Add(classes.Value);
    }

    /// <summary>
    /// The class of an end on either side, where ends of the same classes have the same row: each is of one class only and has replicas, so that
    /// its own class stands in its row as in any other's.
    /// </summary>
    private (int Before, int After)? ClassesOf(int number)
    {
        if (_query.By != GroupBy.Workload || _ends.EndOf(number).Kind == Objects.Pod.KindName)
            return null;
        return (_ends.Before[number].Classes, _ends.After[number].Classes) is ([var before], [var after]) ? (before, after) : null;
    }

    private static ConnectionChange Change(ConnectionEnd source, ConnectionEnd destination, ReachedPorts before, ReachedPorts after) =>
        new(source, destination, before.Allowed, after.Allowed) { UndeterminedBefore = before.Undetermined, UndeterminedAfter = after.Undetermined };

    private IEnumerable<(string Addresses, ReachedPorts Before, ReachedPorts After)> Outside(
        IEnumerable<OutsideChanges> asked,
        int number,
        Func<ReachabilityMap, Func<int, RuleSet?>> ruleSetsOf,
        Func<GroupReach, Func<int, int, PortSet>> portsWith)
    {
        var (before, after) = (_ends.Before[number], _ends.After[number]);
        foreach (var addresses in asked)
        {
            var changes = addresses.Find(
                before.Classes.Length > 1 || after.Classes.Length > 1 ? null : (_ends.StatusOf(number), RuleSetOf(_before.Map, before), RuleSetOf(_after.Map, after)),
                range => At(before, _reachBefore, _mayReachBefore, range),
                range => At(after, _reachAfter, _mayReachAfter, range));
            foreach (var change in changes)
                yield return change;
        }

        ReachedPorts At(EndpointGroup group, GroupReach reach, GroupReach? mayReach, int range) => group.Members.Length == 0
            ? ReachedPorts.None
            : Reached(portsWith(reach)(number, range), mayReach is null ? null : portsWith(mayReach)(number, range));

        RuleSet? RuleSetOf(ReachabilityMap map, EndpointGroup group) => group.Classes is [var only] ? ruleSetsOf(map)(only) : null;
    }

    private ReachedPorts Reached(PortSet? ports, PortSet? mayBeAllowed)
    {
        var allowed = Asked(ports);
        return new ReachedPorts(allowed, mayBeAllowed is null ? PortSet.None : Asked(mayBeAllowed).Except(allowed));
    }

    private PortSet Asked(PortSet? ports) => ports is null ? PortSet.None : _ports.Intersect(ports, _query.Ports);

    private bool Matches(EndpointPattern pattern, int number) =>
        pattern.Matches(_ends.Before[number], _before.Map.Endpoints) || pattern.Matches(_ends.After[number], _after.Map.Endpoints);

    /// <summary>Whether the question names this end, or no end at all.</summary>
    private bool IsAsked(int number) =>
        _query.From.Count + _query.To.Count == 0 || _query.From.Concat(_query.To).Any(pattern => Matches(pattern, number));

    private IEnumerable<EndpointPattern> WithoutMatch(IReadOnlyList<EndpointPattern> patterns) =>
        patterns.Where(pattern => pattern.Addresses is null && pattern.Outside.Count == 0
            && !Enumerable.Range(0, _ends.Count).Any(number => Matches(pattern, number))
            && !_before.Map.Nodes.Names.Concat(_after.Map.Nodes.Names).Any(pattern.MatchesNode));

    /// <summary>An address that a pod has on either side is that pod on both.</summary>
    private bool IsOfPod(EndpointPattern pattern) => IsOfPod(pattern, _ends.Before, _before.Map) || IsOfPod(pattern, _ends.After, _after.Map);

    private static bool IsOfPod(EndpointPattern pattern, EndpointGroup[] groups, ReachabilityMap map) =>
        groups.Any(group => !group.UsesHost(map.Endpoints) && pattern.Matches(group, map.Endpoints));

    /// <summary>The connections of one source on both sides, and which sources need not be looked at again.</summary>
    private sealed class Rows(int count)
    {
        public PortSet?[] Before { get; } = new PortSet?[count];

        public PortSet?[] After { get; } = new PortSet?[count];

        public PortSet?[] MayBefore { get; } = new PortSet?[count];

        public PortSet?[] MayAfter { get; } = new PortSet?[count];

        public HashSet<(int Before, int After)> Unchanged { get; } = [];

        public void Clear()
        {
            Array.Clear(Before);
            Array.Clear(After);
            Array.Clear(MayBefore);
            Array.Clear(MayAfter);
        }
    }
}
