using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Objects;
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
    /// <summary>Of more that have changed, all rules of the cluster are turned over at once.</summary>
    private const int FewEnds = 32;

    private readonly DifferenceSide _before;
    private readonly DifferenceSide _after;
    private readonly ConnectionQuery _query;
    private readonly AlignedEnds _ends;
    private readonly PortSetPool _ports = new();
    private readonly bool[] _isSource;
    private readonly bool[] _isDestination;
    private readonly bool[] _isInNamespaces;
    private readonly ComparedServices _services;
    private readonly UnchangedEnds _unchanged;

    /// <summary>Null where it is not known between which ends connections can have changed.</summary>
    private readonly Lazy<ChangedPairs?> _pairs;

    /// <summary>Whether that is all that matters: the ports of Services may be others while rules are the same.</summary>
    private readonly bool _goesByPairs;
    private readonly ComparedNames _names;

    /// <summary>What is reached on both sides: of all that is asked about, and of that of it that does not receive as before.</summary>
    private readonly ComparedReach _reach;
    private readonly ComparedReach? _reachOfChanged;

    /// <summary>Which policies differ, and which of them are responsible for what: for many questions it is enough that connections have changed.</summary>
    private readonly Lazy<PolicyDifferences> _policies;
    private readonly Lazy<ChangeReasons> _reasons;

    public ReachabilityDifference(DifferenceSide before, DifferenceSide after, ConnectionQuery query)
        : this(before, after, query, null)
    {
    }

    /// <param name="before">What is.</param>
    /// <param name="after">What is to be.</param>
    /// <param name="query">Which connections.</param>
    /// <param name="like">A comparison of what is with something else, of which ends are taken that are the same; null for none.</param>
    internal ReachabilityDifference(DifferenceSide before, DifferenceSide after, ConnectionQuery query, ReachabilityDifference? like)
        : this(before, after, query, AlignedEnds.Create(before.Map, after.Map, query.By, like?._ends), null)
    {
    }

    private ReachabilityDifference(DifferenceSide before, DifferenceSide after, ConnectionQuery query, AlignedEnds ends, ReachabilityDifference? known)
    {
        _before = before;
        _after = after;
        _ends = ends;
        _query = query = query with { From = WithWords(query.From), To = WithWords(query.To) };
        _names = known?._names ?? new ComparedNames(before.Map, after.Map);
        _isSource = EndsWhere(query.From.Count == 0 ? null : number => IsNamed(query.From, number));
        _isDestination = EndsWhere(query.To.Count == 0 ? null : number => IsNamed(query.To, number));
        _isInNamespaces = EndsWhere(query.Namespaces.Count == 0 ? null : number => query.IsInNamespaces(_ends.EndOf(number)));
        _services = new ComparedServices(before, after, _ends, query, [.. _isDestination]);
        for (var number = 0; number < _ends.Count; number++)
            _isDestination[number] |= _services.Restricts(number);
        _unchanged = known?._unchanged ?? UnchangedEnds.Of(before.Map, after.Map, _ends);
        _pairs = known?._pairs ?? new Lazy<ChangedPairs?>(() => ChangedPairs.Of(before.Map, after.Map, _ends, _unchanged));
        var restricted = EndsWhere(_services.Restricts);
        _goesByPairs = !restricted.Contains(true);
        var senders = EndsWhere(number => _isSource[number] && !_unchanged.SendsAsBefore(number));
        _reach = Reach(_isDestination, areFew: senders.AsSpan().Count(true) <= FewEnds);
        var changed = EndsWhere(number => _isDestination[number] && (restricted[number] || !_unchanged.ReceivesAsBefore(number)));
        _reachOfChanged = changed.Contains(true) ? Reach(changed, areFew: changed.AsSpan().Count(true) <= FewEnds) : null;
        _policies = known?._policies ?? new Lazy<PolicyDifferences>(() => new PolicyDifferences(before, after));
        _reasons = known?._reasons ?? new Lazy<ChangeReasons>(() => new ChangeReasons(before, after, _ends, _policies.Value, _names));
        Ends = [.. Enumerable.Range(0, _ends.Count)
            .Where(number => _ends.StatusOf(number) != EndStatus.Kept && _isInNamespaces[number] && IsAsked(number))
            .Select(number => new EndChange(_ends.EndOf(number), _ends.StatusOf(number)))];

        ComparedReach Reach(bool[] isDestination, bool areFew) => new(
            GroupReaches.Create(before.Map, _ends.Before, query.By, isDestination, _ports, _services.Before, areFew),
            GroupReaches.Create(after.Map, _ends.After, query.By, isDestination, _ports, _services.After, areFew),
            _ends.Count);
    }

    /// <summary>The same comparison asked about other connections, in ends of the same kind.</summary>
    internal ReachabilityDifference About(ConnectionQuery query) => query.By == _query.By
        ? new ReachabilityDifference(_before, _after, query, _ends, this)
        : throw new ArgumentException("The ends of a comparison are those that it was made of.", nameof(query));

    /// <summary>What came or went, of that which is asked about.</summary>
    public IReadOnlyList<EndChange> Ends { get; }

    /// <summary>All policies that differ, whether any connection changed by them or not.</summary>
    public IReadOnlyList<PolicyChange> Policies => _policies.Value.All;

    /// <summary>Those of <see cref="ConnectionQuery.From"/> that name nothing on either side; addresses always name something.</summary>
    public IEnumerable<EndpointPattern> FromWithoutMatch => WithoutMatch(_query.From);

    /// <inheritdoc cref="FromWithoutMatch"/>
    public IEnumerable<EndpointPattern> ToWithoutMatch => WithoutMatch(_query.To).Concat(_services.WithoutMatch);

    /// <summary>Those of <see cref="ConnectionQuery.To"/> that name Services none of which leads anywhere on either side; <see cref="Diagnostics"/>
    /// say why.</summary>
    public IEnumerable<EndpointPattern> ToLeadingNowhere => _services.LeadingNowhere;

    /// <summary>Services asked about that lead nowhere: an error where there is no answer for it, a warning where they do on the other side.</summary>
    public IEnumerable<Diagnostic> Diagnostics => _services.Diagnostics;

    /// <summary>Of both sides.</summary>
    internal IEnumerable<ReachabilityMap> Maps => [_before.Map, _after.Map];

    /// <summary>The changes in the order of a listing. Nothing but one source's connections is held at a time.</summary>
    public IEnumerable<ConnectionChange> List(CancellationToken cancellation = default) =>
        Bare(cancellation).Select(found => Explain(found.Change, found.Source, found.Destination, found.Note));

    /// <summary>The same by ends and ports alone, for those who ask how many there are: of thousands, finding the policies responsible takes longest.</summary>
    internal IEnumerable<ConnectionChange> ListBare(CancellationToken cancellation = default) => Bare(cancellation).Select(static found => found.Change);

    private IEnumerable<BareChange> Bare(CancellationToken cancellation)
    {
        var toOutside = OutsideChanges.Create(
            [.. Asked(_query.To, pattern => _services.IsMeant(pattern) || IsOfPod(pattern)), .. _services.Outside], _before.Map, _after.Map);
        var fromOutside = OutsideChanges.Create(Asked(_query.From, IsOfPod), _before.Map, _after.Map);
        var (namedSources, namedDestinations) = (_names.NamedBy(_query.From, PolicyDirection.Ingress), _names.NamedBy(_query.To, PolicyDirection.Egress));
        for (var source = 0; source < _ends.Count; source++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_isSource[source])
                continue;
            foreach (var change in ToEnds(source))
                yield return change;
            if (!_isInNamespaces[source])
                continue;
            foreach (var change in WithOthers(source, PolicyDirection.Egress, toOutside, namedDestinations))
                yield return change;
        }

        for (var destination = 0; destination < _ends.Count; destination++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_isDestination[destination] || !_isInNamespaces[destination])
                continue;
            foreach (var change in WithOthers(destination, PolicyDirection.Ingress, fromOutside, namedSources))
                yield return change;
        }
    }

    /// <summary>What an end sends to addresses outside and to ends that are known by a name alone, or receives from them.</summary>
    private IEnumerable<BareChange> WithOthers(int number, PolicyDirection direction, OutsideChanges[] outside, NamedEnd[] named)
    {
        // Only the ports of a Service may be others to an end with the same rules about addresses.
        var isSame = outside.Length > 0 && IsSameOutside(number, direction);
        foreach (var asked in outside)
        {
            if (isSame && asked.Asked.PortsBefore.Equals(asked.Asked.PortsAfter))
                continue;
            foreach (var (addresses, before, after) in Outside(asked, number, direction))
                yield return ChangeWith(ConnectionEnd.Outside(addresses), before, after, asked.Asked.Addresses.Note);
        }

        foreach (var end in named)
        {
            if (Named(end, number, direction) is var (before, after) && !before.Equals(after))
                yield return ChangeWith(ConnectionEnd.Named(end), before, after, null);
        }

        BareChange ChangeWith(ConnectionEnd other, ReachedPorts before, ReachedPorts after, string? note) => direction == PolicyDirection.Egress
            ? new BareChange(Change(_ends.EndOf(number), other, before, after), number, null, note)
            : new BareChange(Change(other, _ends.EndOf(number), before, after), null, number, note);
    }

    private IEnumerable<BareChange> ToEnds(int source)
    {
        // What a source that sends as before reaches has changed only where the destination does not receive as before.
        var reach = _unchanged.SendsAsBefore(source) ? _reachOfChanged : _reach;
        var classes = ClassesOf(source);
        if (reach is null || (classes is not null && reach.Unchanged.Contains(classes.Value)))
            yield break;

        var isUnchanged = true;
        foreach (var (destination, portsBefore, portsAfter) in Rows(reach, source))
        {
            var before = Reached(portsBefore.Allowed, portsBefore.May, AskedOf(destination));
            var after = Reached(portsAfter.Allowed, portsAfter.May, AskedOf(destination));
            if (before.Equals(after))
                continue;
            isUnchanged = false;
            if (_isInNamespaces[source] || _isInNamespaces[destination])
                yield return new BareChange(Change(_ends.EndOf(source), _ends.EndOf(destination), before, after), source, destination, null);
        }

        if (isUnchanged && classes is not null)
            reach.Unchanged.Add(classes.Value);
    }

    private IEnumerable<ComparedRow> Rows(ComparedReach reach, int source)
    {
        var (before, after) = (_ends.Before[source], _ends.After[source]);
        return _goesByPairs && _pairs.Value?.From(source) is { } possible
            ? possible.SelectMany(ends => reach.Rows(before, after, ends))
            : reach.Rows(before, after, null);
    }

    /// <summary>
    /// The class of an end on either side, where ends of the same classes have the same row: each is of one class only and has replicas, so that
    /// its own class stands in its row as in any other's.
    /// </summary>
    private (int Before, int After)? ClassesOf(int number)
    {
        if (_query.By != GroupBy.Workload || _ends.EndOf(number).Kind == Pod.KindName)
            return null;
        return (_ends.Before[number].Classes, _ends.After[number].Classes) is ([var before], [var after]) ? (before, after) : null;
    }

    private static ConnectionChange Change(ConnectionEnd source, ConnectionEnd destination, ReachedPorts before, ReachedPorts after) =>
        new(source, destination, before.Allowed, after.Allowed) { UndeterminedBefore = before.Undetermined, UndeterminedAfter = after.Undetermined };

    private ConnectionChange Explain(ConnectionChange change, int? source, int? destination, string? note)
    {
        var explained = _reasons.Value.Explain(change, source, destination);
        var ofServices = destination is { } end ? _services.NotesOf(source is { } from ? (_ends.Before[from], _ends.After[from]) : null, end) : [];
        return note is null && !ofServices.Any()
            ? explained
            : explained with { Notes = [.. explained.Notes, .. ofServices, .. note is null ? Array.Empty<string>() : [note]] };
    }

    /// <param name="asked">Which addresses.</param>
    /// <param name="number">The end in the cluster.</param>
    /// <param name="direction">Egress where the end reaches the addresses, ingress where they reach it.</param>
    private IReadOnlyList<(string Addresses, ReachedPorts Before, ReachedPorts After)> Outside(
        OutsideChanges asked, int number, PolicyDirection direction)
    {
        var isDestination = direction == PolicyDirection.Ingress;
        var (before, after) = (_ends.Before[number], _ends.After[number]);
        var isOfRuleSets = before.Classes.Length <= 1 && after.Classes.Length <= 1 && !(isDestination && _services.Restricts(number));
        return asked.Find(
            isOfRuleSets ? (_ends.StatusOf(number), RuleSetOf(_before.Map, before), RuleSetOf(_after.Map, after)) : null,
            range => At(before, _reach.Before, range, asked.Asked.PortsBefore),
            range => At(after, _reach.After, range, asked.Asked.PortsAfter));

        ReachedPorts At(EndpointGroup group, GroupReaches reach, int range, PortSet ports) => group.Members.Length == 0
            ? ReachedPorts.None
            : Reached(PortsWith(reach.Sure, range), reach.May is null ? null : PortsWith(reach.May, range), isDestination ? AskedOf(number) : ports);

        PortSet PortsWith(GroupReach reach, int range) => isDestination ? reach.FromAddresses(number, range) : reach.ToAddresses(number, range);

        RuleSet? RuleSetOf(ReachabilityMap map, EndpointGroup group) =>
            group.Classes is [var only] ? map.RulesOf(direction, only) : null;
    }

    /// <summary>Whether an end reaches addresses outside on the ports on which it did, or is reached by them.</summary>
    private bool IsSameOutside(int number, PolicyDirection direction) =>
        (_unchanged.CoverOutside && _unchanged.IsAsBefore(number, direction)) || _pairs.Value?.IsSameOutside(number, direction) == true;

    /// <summary>What an end in the cluster sends to an end that is known by a name alone, or receives from it.</summary>
    private (ReachedPorts Before, ReachedPorts After) Named(NamedEnd end, int number, PolicyDirection direction)
    {
        var asked = direction == PolicyDirection.Ingress ? AskedOf(number) : _query.Ports;
        return (
            _names.Reached(_before.Map, _ends.Before[number], direction, end, asked),
            _names.Reached(_after.Map, _ends.After[number], direction, end, asked));
    }

    /// <summary>A word of the network plugin is one where no pod has it for a name.</summary>
    private EndpointPattern[] WithWords(IReadOnlyList<EndpointPattern> patterns) => [.. patterns.Select(pattern =>
        Enumerable.Range(0, _ends.Count).Any(number => Matches(pattern, number)) ? pattern
            : pattern.AsWord(_before.Map) ?? pattern.AsWord(_after.Map) ?? pattern)];

    private ReachedPorts Reached(PortSet? ports, PortSet? mayBeAllowed, PortSet asked)
    {
        var allowed = Asked(ports, asked);
        return new ReachedPorts(allowed, mayBeAllowed is null ? PortSet.None : Asked(mayBeAllowed, asked).Except(allowed));
    }

    private PortSet Asked(PortSet? ports, PortSet asked) => ports is null ? PortSet.None : _ports.Intersect(ports, asked);

    /// <summary>Of an end that is asked about as a Service, all: those asked about are the Service's, and have led to the end's own already.</summary>
    private PortSet AskedOf(int destination) => _services.Restricts(destination) ? PortSet.All : _query.Ports;

    private IEnumerable<ComparedAddresses> Asked(IReadOnlyList<EndpointPattern> patterns, Func<EndpointPattern, bool> isInside) =>
        AskedAddresses.NamedBy(patterns, isInside, _before.Map.Nodes, _after.Map.Nodes)
            .Select(asked => new ComparedAddresses(asked, _query.Ports, _query.Ports));

    /// <summary>What both sides have in common is looked at once.</summary>
    private bool Matches(EndpointPattern pattern, int number) =>
        pattern.Matches(_ends.Before[number], _before.Map.Endpoints)
        || (_ends.Before[number] != _ends.After[number] && pattern.Matches(_ends.After[number], _after.Map.Endpoints));

    private bool IsNamed(IReadOnlyList<EndpointPattern> patterns, int number)
    {
        foreach (var pattern in patterns)
        {
            if (Matches(pattern, number))
                return true;
        }

        return false;
    }

    /// <summary>For every end, whether something holds of it.</summary>
    /// <param name="holds">Null where it holds of all.</param>
    private bool[] EndsWhere(Func<int, bool>? holds)
    {
        var ends = new bool[_ends.Count];
        for (var number = 0; number < ends.Length; number++)
            ends[number] = holds is null || holds(number);
        return ends;
    }

    /// <summary>Whether the question names this end, or no end at all.</summary>
    private bool IsAsked(int number) =>
        _query.From.Count + _query.To.Count == 0 || _services.Restricts(number) || IsNamed(_query.From, number) || IsNamed(_query.To, number);

    private IEnumerable<EndpointPattern> WithoutMatch(IReadOnlyList<EndpointPattern> patterns) =>
        patterns.Where(pattern => pattern.Addresses is null && pattern.Outside.Count == 0 && !pattern.IsService
            && !Enumerable.Range(0, _ends.Count).Any(number => Matches(pattern, number))
            && pattern.NamedIn(_before.Map.Endpoints).Length + pattern.NamedIn(_after.Map.Endpoints).Length == 0
            && !_before.Map.Nodes.Names.Concat(_after.Map.Nodes.Names).Any(pattern.MatchesNode));

    /// <summary>An address that a pod has on either side is that pod on both.</summary>
    private bool IsOfPod(EndpointPattern pattern) => IsOfPod(pattern, _ends.Before, _before.Map) || IsOfPod(pattern, _ends.After, _after.Map);

    private static bool IsOfPod(EndpointPattern pattern, EndpointGroup[] groups, ReachabilityMap map) =>
        groups.Any(group => !group.UsesHost(map.Endpoints) && pattern.Matches(group, map.Endpoints));

    /// <param name="Change">Ends and ports.</param>
    /// <param name="Source">Its number; null for what is outside.</param>
    /// <param name="Destination">Its number; null for what is outside.</param>
    /// <param name="Note">What is to be said of the addresses; null for nothing.</param>
    private readonly record struct BareChange(ConnectionChange Change, int? Source, int? Destination, string? Note);
}
