using System.IO.Enumeration;
using NetPolTools.Reachability;
using NetPolTools.Reading;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>
/// Lists connections one by one: from each workload in order to the others and then to the outside; then from an ingress controller that is not in
/// the input; at last from the outside in. The same question gives the same lines in the same order.
/// </summary>
public sealed class ConnectionLister
{
    private const string OwnNodeOnly = "only between a pod and the node it runs on, which is always allowed";
    private const string OwnNodeToo = "every port between a pod and the node it runs on, which is always allowed";

    private readonly ReachabilityMap _map;
    private readonly ConnectionQuery _query;
    private readonly PortSetPool _ports = new();
    private readonly EndpointGroup[] _groups;
    private readonly int[] _sources;
    private readonly bool[] _isDestination;
    private readonly bool[] _usesHost;
    private readonly bool[] _isInNamespaces;

    /// <summary>The groups that each class belongs to; null for a class of which no group is asked about.</summary>
    private readonly int[]?[] _groupsOfClass;
    private readonly DestinationClasses _destinationClasses;
    private readonly AddressRange?[] _outsideSources;
    private readonly AskedAddresses[] _outsideDestinations;
    private readonly AskedServices _services;
    private readonly EntranceLines _entrances;
    private readonly bool _asksUnknownController;

    public ConnectionLister(ReachabilityMap map, ConnectionQuery query)
    {
        _map = map;
        _query = query;
        _groups = EndpointGroup.Create(map, query.By);
        _sources = [.. Enumerable.Range(0, _groups.Length).Where(g => IsAsked(query.From, _groups[g]))];
        _isDestination = [.. _groups.Select(group => IsAsked(query.To, group))];
        _services = new AskedServices(map, _groups, query.To, [.. _isDestination]);
        _entrances = new EntranceLines(map, _groups);
        _asksUnknownController = query.From.Count == 0 || query.From.Any(static pattern => pattern.MatchesUnknownController);
        for (var g = 0; g < _groups.Length; g++)
            _isDestination[g] |= _services.Restricts(g);
        _isInNamespaces = [.. _groups.Select(IsInNamespaces)];
        _usesHost = [.. _groups.Select(UsesHost)];
        _groupsOfClass = new int[]?[map.Endpoints.PodCount];
        foreach (var ofClass in Enumerable.Range(0, _groups.Length)
            .Where(g => _isDestination[g])
            .SelectMany(g => _groups[g].Classes.Select(c => (Class: c, Group: g)))
            .GroupBy(static pair => pair.Class, static pair => pair.Group))
        {
            _groupsOfClass[ofClass.Key] = [.. ofClass];
        }

        var asked = new IndexSet.Builder();
        for (var c = 0; c < _groupsOfClass.Length; c++)
        {
            if (_groupsOfClass[c] is not null)
                asked.Add(c);
        }

        _destinationClasses = map.Destinations(asked.Build());
        _outsideSources = [.. AskedOutside(query.From)];
        _outsideDestinations = [.. AskedOutside(query.To).Select(AskedAddresses.Of), .. _services.Outside];
        Diagnostics = [.. _services.Diagnostics, .. AskedProblems(), .. _entrances.Blocked(IsAsked)];
    }

    /// <summary>
    /// What to know of the answer: Services asked about that lead nowhere (an error where nothing else answers the question), Ingresses and routes
    /// that lead nowhere or that policies cut off.
    /// </summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>Those of <see cref="ConnectionQuery.From"/> that name nothing of the input; addresses always name something.</summary>
    public IEnumerable<EndpointPattern> FromWithoutMatch =>
        WithoutMatch(_query.From).Where(pattern => !pattern.MatchesUnknownController || _entrances.OfUnknownController.Count == 0);

    /// <inheritdoc cref="FromWithoutMatch"/>
    public IEnumerable<EndpointPattern> ToWithoutMatch => WithoutMatch(_query.To).Concat(_services.WithoutMatch);

    /// <summary>Those of <see cref="ConnectionQuery.To"/> that name Services none of which leads anywhere; <see cref="Diagnostics"/> say why.</summary>
    public IEnumerable<EndpointPattern> ToLeadingNowhere => _services.LeadingNowhere;

    public IEnumerable<Connection> List(CancellationToken cancellation = default)
    {
        var found = new PortSet?[_groups.Length];
        foreach (var source in _sources)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Clear(found);
            Collect(_groups[source], found);
            for (var destination = 0; destination < _groups.Length; destination++)
            {
                if (!_isDestination[destination] || !(_isInNamespaces[source] || _isInNamespaces[destination]) || (found[destination] is null && !MayBeListedWithoutPolicy(source, destination)))
                    continue;
                if (Make(source, destination, found[destination] ?? PortSet.None) is { } connection)
                    yield return connection;
            }

            if (!_isInNamespaces[source])
                continue;
            foreach (var connection in ToOutside(_groups[source]))
                yield return connection;
        }

        foreach (var connection in FromUnknownController())
            yield return connection;

        for (var destination = 0; destination < _groups.Length && _outsideSources.Length > 0; destination++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_isDestination[destination] || !_isInNamespaces[destination])
                continue;
            foreach (var connection in FromOutside(destination))
                yield return connection;
        }
    }

    /// <summary>What policies let any member of a group reach of every other group.</summary>
    private void Collect(EndpointGroup source, PortSet?[] found)
    {
        foreach (var sourceClass in source.Classes)
        {
            // A hostNetwork pod can share a class with pods that no policy speaks of; its own number tells which it is.
            var representative = source.Classes.Length == 1 ? source.Members[0] : sourceClass;
            foreach (var (destinations, ports) in _map.DestinationsOf(representative, _destinationClasses, _ports))
            {
                foreach (var destinationClass in destinations)
                {
                    if (destinationClass >= _groupsOfClass.Length)
                        break;
                    foreach (var destination in _groupsOfClass[destinationClass] ?? [])
                    {
                        if (ReferenceEquals(_groups[destination], source) && sourceClass == destinationClass && !HasTwo(source, sourceClass))
                            continue;
                        var asked = AskedPorts(destination, destinationClass, ports);
                        found[destination] = found[destination] is { } before ? _ports.Union(before, asked) : asked;
                    }
                }
            }
        }
    }

    /// <summary>Of some ports, those that the Services asked about lead to; all of them where a group is asked about by its own name.</summary>
    private PortSet AskedPorts(int group, int ofClass, PortSet ports) =>
        _services.Restricts(group) ? _ports.Intersect(ports, _services.PortsOf(group, ofClass)) : ports;

    private PortSet AskedPorts(int group, PortSet ports) => _services.Restricts(group)
        ? _groups[group].Classes.Select(c => AskedPorts(group, c, ports)).Aggregate(_ports.Union)
        : ports;

    private bool MayBeListedWithoutPolicy(int source, int destination) => _query.IncludeDenied || _usesHost[source] || _usesHost[destination];

    /// <summary>Whether two different pods of a class may stand behind a group. A pod reaching itself is not worth a line.</summary>
    private bool HasTwo(EndpointGroup group, int ofClass)
    {
        // Of a workload whose pods policies tell apart, each line means just one of them.
        if (_query.By == GroupBy.Pod || group.End.Kind == Objects.Pod.KindName)
            return false;
        var members = group.Members.Where(member => _map.Classes.Of(member) == ofClass).Take(2).ToArray();
        return members.Length == 2 || _map.Endpoints[members[0]].MayHaveReplicas;
    }

    private Connection? Make(int sourceGroup, int destinationGroup, PortSet ports)
    {
        var (source, destination) = (_groups[sourceGroup], _groups[destinationGroup]);
        if (sourceGroup == destinationGroup && source.Classes.Length == 1 && !HasTwo(source, source.Classes[0]))
            return null;

        List<string>? notes = null;
        var every = AskedPorts(destinationGroup, PortSet.All);
        if (!ports.Equals(every) && (_usesHost[sourceGroup] || _usesHost[destinationGroup]) && ShareNode(source, destination))
        {
            var exact = source.Members.Length == 1 && destination.Members.Length == 1;
            (notes ??= []).Add(exact || ports.IsEmpty ? OwnNodeOnly : OwnNodeToo);
            if (exact || ports.IsEmpty)
                ports = every;
        }

        if (_usesHost[sourceGroup])
            AddHostNetworkNote(source, ref notes);
        if (_usesHost[destinationGroup] && sourceGroup != destinationGroup)
            AddHostNetworkNote(destination, ref notes);
        if (_map.HangsOnIPBlock)
            AddIPBlockNote(source, destinationGroup, ref notes);
        if (_services.Restricts(destinationGroup))
            (notes ??= []).AddRange(_services.NotesOf(destinationGroup));
        if (_entrances.NoteOf(sourceGroup, destinationGroup) is { } entrances)
            (notes ??= []).Add(entrances);
        return Make(source.End, destination.End, ports, notes, (source.Members[0], destination.Members[^1]));
    }

    private Connection? Make(ConnectionEnd source, ConnectionEnd destination, PortSet ports, List<string>? notes, (int Source, int Destination) example)
    {
        var asked = _ports.Intersect(ports, _query.Ports);
        if (asked.IsEmpty && !_query.IncludeDenied)
            return null;
        return new Connection(source, destination, asked, asked.IsEmpty ? Verdict.Denied : Verdict.Allowed)
        {
            Notes = notes ?? (IReadOnlyList<string>)[],
            Example = example,
        };
    }

    /// <summary>A hostNetwork pod speaks with the address of its node, and the node always reaches the pods it runs.</summary>
    private bool ShareNode(EndpointGroup source, EndpointGroup destination) => source.Members.Any(a => destination.Members.Any(b =>
        a != b && (_map.Endpoints[a].IsHostNetwork || _map.Endpoints[b].IsHostNetwork) && _map.AreOnOneNode(a, b)));

    private void AddHostNetworkNote(EndpointGroup group, ref List<string>? notes)
    {
        var onHost = group.Members.First(member => _map.Endpoints[member].IsHostNetwork);
        var known = _map.Endpoints[onHost].Addresses;
        var address = group.Members.Length > 1 ? "its node" : known.Count > 0 ? string.Join(", ", known) : "its node, which is not known";
        (notes ??= []).Add($"{group.End.Namespace}/{group.End.Name} uses hostNetwork: policies see it as the address of {address}, and selectors never pick it");
    }

    private void AddIPBlockNote(EndpointGroup source, int destination, ref List<string>? notes)
    {
        foreach (var a in source.Classes)
        {
            foreach (var b in _groups[destination].Classes)
            {
                var otherwise = AskedPorts(destination, b, _map.BetweenOtherwise(a, b));
                if (otherwise.Equals(AskedPorts(destination, b, _map.Between(a, b))))
                    continue;
                (notes ??= []).Add($"hangs on whether an ipBlock matches pods inside it: otherwise {otherwise}");
                return;
            }
        }
    }

    private IEnumerable<Connection> ToOutside(EndpointGroup source) => _outsideDestinations.SelectMany(asked => Outside(
        asked.Range,
        range => source.Classes.Select(c => _map.EgressOf(c)?.PortsWith(range) ?? PortSet.All),
        source,
        (addresses, range, ports, notes) => Make(
            source.End,
            ConnectionEnd.Outside(addresses),
            _ports.Intersect(ports, asked.Ports),
            asked.Note is { } note ? [.. notes ?? [], note] : notes,
            (source.Members[0], range)),
        _map.EgressOf));

    private IEnumerable<Connection> FromOutside(int group)
    {
        var destination = _groups[group];
        return _outsideSources.SelectMany(asked => Outside(
            asked,
            range => destination.Classes.Select(c => AskedPorts(group, c, _map.IngressOf(c)?.PortsWith(range) ?? PortSet.All)),
            destination,
            (addresses, range, ports, notes) => Make(
                ConnectionEnd.Outside(addresses),
                destination.End,
                AskedPorts(group, ports),
                _services.Restricts(group) ? [.. notes ?? [], .. _services.NotesOf(group)] : notes,
                (range, destination.Members[0])),
            _map.IngressOf));
    }

    /// <summary>What Ingresses and routes expose when the pods of their controller are not in the input.</summary>
    private IEnumerable<Connection> FromUnknownController()
    {
        var controller = _map.Endpoints.UnknownPod;
        foreach (var (group, lines) in _entrances.OfUnknownController)
        {
            if (!_asksUnknownController || !_isDestination[group] || !_isInNamespaces[group])
                continue;
            var ports = lines.SelectMany(static line => line.PortsByClass)
                .Select(entry => AskedPorts(group, entry.Key, _ports.Intersect(_map.Between(controller, entry.Key), entry.Value)))
                .Aggregate(_ports.Union);
            List<string>? notes = null;
            if (_usesHost[group])
                AddHostNetworkNote(_groups[group], ref notes);
            (notes ??= []).AddRange(_services.NotesOf(group));
            notes.Add(EntranceLines.NoteOf(lines) + "; the controller is not in the input, and stands for a pod of unknown namespace and labels");
            if (Make(ConnectionEnd.IngressController, _groups[group].End, ports, notes, (controller, _groups[group].Members[0])) is { } connection)
                yield return connection;
        }
    }

    /// <summary>The ranges of addresses that a group has to do with, neighbours of equal ports joined; then the nodes of its pods.</summary>
    private IEnumerable<Connection> Outside(
        AddressRange? asked,
        Func<int, IEnumerable<PortSet>> portsWith,
        EndpointGroup group,
        Func<string, int, PortSet, List<string>?, Connection?> make,
        Func<int, RuleSet?> ruleSetOf)
    {
        List<string>? notes = null;
        if (UsesHost(group))
            AddHostNetworkNote(group, ref notes);
        (AddressRange Range, int First, PortSet Ports)? joined = null;
        for (var i = 0; i < _map.Endpoints.Addresses.Ranges.Count; i++)
        {
            if (Clip(_map.Endpoints.Addresses.Ranges[i], asked) is not { } range)
                continue;
            var ports = portsWith(_map.Endpoints.PodCount + i).Aggregate(_ports.Union);
            if (joined is { } before && before.Range.Family == range.Family && before.Ports.Equals(ports))
            {
                joined = (before.Range with { Last = range.Last }, before.First, ports);
                continue;
            }

            if (joined is { } complete && make(complete.Range.ToString(), complete.First, complete.Ports, notes) is { } connection)
                yield return connection;
            joined = (range, _map.Endpoints.PodCount + i, ports);
        }

        if (joined is { } last && make(last.Range.ToString(), last.First, last.Ports, notes) is { } lastConnection)
            yield return lastConnection;

        var nodes = OwnNodes(group, asked, ruleSetOf);
        if (nodes.Length > 0 && make(string.Join(",", nodes), _map.Endpoints.IndexOfAddress(nodes[0]), PortSet.All, [OwnNodeOnly]) is { } ownNodes)
            yield return ownNodes;
    }

    /// <summary>Addresses of nodes that policies would keep from the pods they run.</summary>
    private NetAddress[] OwnNodes(EndpointGroup group, AddressRange? asked, Func<int, RuleSet?> ruleSetOf) =>
    [
        .. group.Members
            .Where(member => ruleSetOf(member) is not null)
            .SelectMany(member => _map.Endpoints[member].NodeAddresses.Where(address =>
                asked?.Contains(address) != false && !ruleSetOf(member)!.PortsWith(_map.Endpoints.IndexOfAddress(address)).IsAll))
            .Distinct()
            .Order(),
    ];

    private static AddressRange? Clip(AddressRange range, AddressRange? asked)
    {
        if (asked is not { } by)
            return range;
        if (!range.Overlaps(by))
            return null;
        return new AddressRange(range.Family, UInt128.Max(range.First, by.First), UInt128.Min(range.Last, by.Last));
    }

    /// <summary>The outside addresses that patterns speak of, null for all of them; an address that a pod has is that pod.</summary>
    private IEnumerable<AddressRange?> AskedOutside(IReadOnlyList<EndpointPattern> patterns)
    {
        if (patterns.Count == 0)
            return [null];
        return patterns
            .Where(pattern => pattern.Addresses is { } asked
                && !(asked.First == asked.Last && _groups.Any(group => !UsesHost(group) && pattern.Matches(group, _map.Endpoints))))
            .Select(static pattern => pattern.Addresses);
    }

    private bool IsAsked(IReadOnlyList<EndpointPattern> patterns, EndpointGroup group) =>
        patterns.Count == 0 || patterns.Any(pattern => pattern.Matches(group, _map.Endpoints));

    private IEnumerable<EndpointPattern> WithoutMatch(IReadOnlyList<EndpointPattern> patterns) =>
        patterns.Where(pattern => pattern.Addresses is null && !pattern.IsService && !_groups.Any(group => pattern.Matches(group, _map.Endpoints)));

    /// <summary>Entrances that lead nowhere matter to questions about everything.</summary>
    private IEnumerable<Diagnostic> AskedProblems() =>
        _query.From.Count + _query.To.Count > 0 ? [] : _entrances.Problems.Where(problem => IsInNamespaces(problem.Object!.Namespace!));

    private bool IsAsked(EntranceLine line)
    {
        var isSource = line.Controllers.Length == 0 ? _asksUnknownController : line.Controllers.Any(controller => Array.BinarySearch(_sources, controller) >= 0);
        return isSource && _isDestination[line.Destination]
            && (_isInNamespaces[line.Destination] || line.Controllers.Any(controller => _isInNamespaces[controller]))
            && !AskedPorts(line.Destination, line.Ports.Intersect(_query.Ports)).IsEmpty;
    }

    private bool IsInNamespaces(EndpointGroup group) => IsInNamespaces(group.End.Namespace!);

    private bool IsInNamespaces(string ns) =>
        _query.Namespaces.Count == 0 || _query.Namespaces.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, ns, ignoreCase: false));

    private bool UsesHost(EndpointGroup group) => group.Members.Any(member => _map.Endpoints[member].IsHostNetwork);
}
