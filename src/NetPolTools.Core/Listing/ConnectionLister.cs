using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Listing;

/// <summary>
/// Lists connections one by one: from each workload in order to the others and then to the outside; then from an ingress controller that is not in
/// the input; at last from the outside in. The same question gives the same lines in the same order.
/// </summary>
public sealed class ConnectionLister
{
    private readonly ReachabilityMap _map;
    private readonly ConnectionQuery _query;
    private readonly PortSetPool _ports = new();
    private readonly EndpointGroup[] _groups;

    /// <summary>What a line says of each group: side by side, so that most lines need no look at the groups, which lie anywhere in memory.</summary>
    private readonly (ConnectionEnd End, int First, int Last)[] _ends;
    private readonly int[] _sources;
    private readonly bool[] _isDestination;
    private readonly Lazy<IndexSet> _destinations;
    private readonly bool[] _usesHost;
    private readonly bool[] _isInNamespaces;

    private readonly GroupReach _reach;

    /// <summary>What may be reached, with what is reached for sure; null where everything is decided.</summary>
    private readonly GroupReach? _mayReach;
    private readonly UndeterminedReasons _reasons;
    private readonly OutsideLines _outside;
    private readonly AskedAddresses[] _outsideSources;
    private readonly AskedAddresses[] _outsideDestinations;
    private readonly AskedServices _services;
    private readonly EntranceLines _entrances;
    private readonly IEnumerable<Diagnostic> _problems;
    private readonly LimitNotes _limits;
    private readonly bool _asksUnknownController;
    private readonly NamedEndLines _named;
    private readonly int[] _namedSources;
    private readonly int[] _namedDestinations;

    public ConnectionLister(ReachabilityMap map, ConnectionQuery query)
        : this(map, query, new ResolvedEntrances(map))
    {
    }

    /// <param name="map">Of the cluster.</param>
    /// <param name="query">Which connections.</param>
    /// <param name="entrances">Of the map.</param>
    internal ConnectionLister(ReachabilityMap map, ConnectionQuery query, ResolvedEntrances entrances)
    {
        _map = map;
        var few = AskedGroups.Few(map, query, entrances);
        _groups = few ?? EndpointGroup.Create(map, query.By);
        query = query with { From = WithWords(query.From), To = WithWords(query.To) };
        _query = query;
        _ends = Array.ConvertAll(_groups, static group => (group.End, group.Members[0], group.Members[^1]));
        _sources = [.. Enumerable.Range(0, _groups.Length).Where(g => IsAsked(query.From, _groups[g]))];
        _isDestination = [.. _groups.Select(group => IsAsked(query.To, group))];
        _services = new AskedServices(map, _groups, query.To, query.AskedPorts, [.. _isDestination]);
        _entrances = new EntranceLines(map, _groups, entrances);
        _problems = entrances.Problems;
        _limits = new LimitNotes(map);
        _asksUnknownController = query.From.Count == 0 || query.From.Any(static pattern => pattern.MatchesUnknownController);
        for (var g = 0; g < _groups.Length; g++)
            _isDestination[g] |= _services.Restricts(g);
        _destinations = new Lazy<IndexSet>(() => IndexSet.Of(Enumerable.Range(0, _groups.Length).Where(g => _isDestination[g])));
        _isInNamespaces = [.. _groups.Select(group => query.IsInNamespaces(group.End))];
        _usesHost = [.. _groups.Select(UsesHost)];
        _reach = new GroupReach(map, _groups, query.By, _isDestination, _ports, _services, areFew: few is not null);
        _mayReach = map.AtMost is { } atMost ? new GroupReach(atMost, _groups, query.By, _isDestination, _ports, _services, areFew: few is not null) : null;
        _reasons = new UndeterminedReasons(map);
        _outside = new OutsideLines(map, _groups, _reach, _mayReach, _limits);
        _named = new NamedEndLines(map);
        _namedSources = query.From.Count == 0 ? [.. _named.OfPolicies(PolicyDirection.Ingress)] : _named.NamedBy(query.From);
        _namedDestinations = query.To.Count == 0 ? [.. _named.OfPolicies(PolicyDirection.Egress)] : _named.NamedBy(query.To);
        _outsideSources = [.. AskedAddresses.NamedBy(query.From, IsOfPod, map.Nodes)];
        _outsideDestinations =
            [.. AskedAddresses.NamedBy(query.To, pattern => pattern.ServiceIn(map) is not null || IsOfPod(pattern), map.Nodes), .. _services.Outside];
        Diagnostics = [.. UnknownAddresses(map), .. _services.Diagnostics, .. AskedProblems(), .. _entrances.Blocked(IsAsked)];
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

    /// <summary>What lines are about in the cluster, in their order.</summary>
    internal EndpointGroup[] Groups => _groups;

    /// <summary>The lines from one group of a listing by workload to another: of what is allowed, and of what cannot be told. Null for none.</summary>
    /// <param name="source">The position of a group.</param>
    /// <param name="destination">That of another one.</param>
    internal (Connection? Allowed, Connection? Perhaps) Between(int source, int destination)
    {
        var (from, to) = (_groups[source].Members[0], _groups[destination].Members[0]);
        var allowed = Make(source, destination, _map.Between(from, to), out var perhaps, _map.AtMost?.Between(from, to));
        return (allowed, perhaps);
    }

    /// <summary>The lines, worked out as they are gone through; one listing at a time.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IEnumerable<Connection> List(CancellationToken cancellation = default) => WorkAhead<Connection>.Enumerate(Lines, cancellation);

    private IEnumerable<Connection> Lines(CancellationToken cancellation)
    {
        var found = new PortSet?[_groups.Length];
        var reached = new IndexSetAccumulator(_groups.Length);
        var mayFind = _mayReach is null ? null : new PortSet?[_groups.Length];
        foreach (var source in _sources)
        {
            cancellation.ThrowIfCancellationRequested();
            if (mayFind is null)
                _reach.Collect(_groups[source], found, reached);
            else
                CollectBoth(_groups[source], found, mayFind, reached);
            var foundNow = reached.ToSet();
            foreach (var destination in Destinations(source, foundNow))
            {
                cancellation.ThrowIfCancellationRequested();
                if (!_isInNamespaces[source] && !_isInNamespaces[destination])
                    continue;
                var ports = found[destination] ?? PortSet.None;
                if (Make(source, destination, ports, out var perhaps, mayFind?[destination]) is { } connection)
                    yield return connection;
                if (perhaps is not null)
                    yield return perhaps;
            }

            foreach (var destination in foundNow)
            {
                found[destination] = null;
                if (mayFind is not null)
                    mayFind[destination] = null;
            }

            reached.Clear();
            if (!_isInNamespaces[source])
                continue;
            foreach (var connection in ToOutside(source))
                yield return connection;
            foreach (var connection in WithNamed(source, PolicyDirection.Egress))
                yield return connection;
        }

        foreach (var connection in FromUnknownController())
            yield return connection;

        for (var destination = 0; destination < _groups.Length && _outsideSources.Length + _namedSources.Length > 0; destination++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_isDestination[destination] || !_isInNamespaces[destination])
                continue;
            foreach (var connection in _outsideSources.SelectMany(asked => FromOutside(destination, asked)))
                yield return connection;
            foreach (var connection in WithNamed(destination, PolicyDirection.Ingress))
                yield return connection;
        }

        // What nodes have to do with the outside and with each other is in no namespace.
        foreach (var line in _query.Namespaces.Count > 0 ? [] : NodeLines.Of(_map, _outsideSources, _outsideDestinations))
        {
            cancellation.ThrowIfCancellationRequested();
            var ports = _ports.Intersect(line.Ports, line.Asked);
            var perhaps = Perhaps(line.Source, line.Destination, ports, line.MayBeAllowed?.Intersect(line.Asked), _query.Ports, line.Notes, line.Example);
            if (Make(line.Source, line.Destination, ports, _query.Ports, line.Notes, line.Example, false, perhaps is not null) is { } connection)
                yield return connection;
            if (perhaps is not null)
                yield return perhaps;
        }
    }

    private void CollectBoth(EndpointGroup source, PortSet?[] found, PortSet?[] mayFind, IndexSetAccumulator reached)
    {
        // What is reached for sure may be reached, too.
        _reach.Collect(source, found);
        _mayReach!.Collect(source, mayFind, reached);
    }

    /// <summary>The destinations that may have a line: those that are reached, and those that need no policy for it.</summary>
    private IndexSet Destinations(int source, IndexSet reached) => _query.IncludeDenied || _usesHost[source] ? _destinations.Value : reached;

    /// <param name="sourceGroup">Who may reach.</param>
    /// <param name="destinationGroup">Whom.</param>
    /// <param name="ports">Allowed for sure.</param>
    /// <param name="perhaps">The line of what is undetermined; null for none.</param>
    /// <param name="mayBeAllowed">Those, and what may be allowed; null where everything is decided.</param>
    private Connection? Make(int sourceGroup, int destinationGroup, PortSet ports, out Connection? perhaps, PortSet? mayBeAllowed)
    {
        perhaps = null;
        var (source, destination) = (_groups[sourceGroup], _groups[destinationGroup]);
        if (sourceGroup == destinationGroup && source.Classes.Length == 1 && !_reach.HasTwo(source, source.Classes[0]))
            return null;

        List<string>? notes = null;
        var exact = source.Members.Length == 1 && destination.Members.Length == 1;
        var isNodeTraffic = exact && _usesHost[sourceGroup] != _usesHost[destinationGroup] && _map.AreOnOneNode(source.Members[0], destination.Members[0])
            && (_usesHost[destinationGroup] || _map.NodeReaches(destination.Members[0], source.Members[0]));
        if (_usesHost[sourceGroup]
            && !(_query.ExcludeNodeTraffic && !isNodeTraffic)
            && _reach.AskedPorts(destinationGroup, PortSet.All) is var every && !ports.Equals(every) && RunsOnNodeOf(destination, source))
        {
            (notes ??= []).Add(exact || ports.IsEmpty ? GroupNotes.OwnNodeOnly : GroupNotes.OwnNodeToo);
            if (exact || ports.IsEmpty)
                (ports, isNodeTraffic) = (every, true);
        }

        if (isNodeTraffic && _usesHost[destinationGroup] && _map.EgressOf(source.Members[0]) is not null)
            (notes ??= []).Add(GroupNotes.ToOwnNode);

        if (_usesHost[sourceGroup])
            (notes ??= []).Add(GroupNotes.HostNetwork(_map, source));
        if (_usesHost[destinationGroup] && sourceGroup != destinationGroup)
            (notes ??= []).Add(GroupNotes.HostNetwork(_map, destination));
        if (_map.DependsOnIPBlock && DependsOnIPBlock(source, destinationGroup) is { } dependsOnIPBlock)
            (notes ??= []).Add(dependsOnIPBlock);
        if (_map.NamespaceDoubts is { } doubts && source.Classes.Any(a => destination.Classes.Any(b => doubts.Concern(a, b, AskedOf(destinationGroup)))))
            (notes ??= []).Add(doubts.Note);
        if (_map.NamedPortDoubts is not null && DependsOnPortNames(source, destinationGroup) is { } dependsOnNames)
            (notes ??= []).Add(dependsOnNames);
        if (!_limits.IsEmpty && _limits.Between(source.Members, destination.Members) is { Count: > 0 } limits)
            (notes ??= []).AddRange(limits);
        if (_services.Restricts(destinationGroup))
            (notes ??= []).AddRange(
                [.. _services.NotesOf(destinationGroup), .. _services.PartsOf(source, destinationGroup), .. OwnAddressesOf(source, destinationGroup)]);
        if (_entrances.NoteOf(sourceGroup, destinationGroup) is { } entrances)
            (notes ??= []).Add(entrances);
        var example = (_ends[sourceGroup].First, _ends[destinationGroup].Last);
        var asked = AskedOf(destinationGroup);
        if (!isNodeTraffic || !_query.ExcludeNodeTraffic)
            perhaps = Perhaps(_ends[sourceGroup].End, _ends[destinationGroup].End, ports, mayBeAllowed, asked, notes, example);
        return Make(_ends[sourceGroup].End, _ends[destinationGroup].End, ports, asked, notes, example, isNodeTraffic, hasOther: perhaps is not null);
    }

    /// <summary>The line of what policies allow or not, as something decides that the input does not tell; null where there is nothing of that.</summary>
    private Connection? Perhaps(
        ConnectionEnd source,
        ConnectionEnd destination,
        PortSet ports,
        PortSet? mayBeAllowed,
        PortSet askedPorts,
        List<string>? notes,
        (int Source, int Destination) example)
    {
        if (mayBeAllowed is null || _ports.Intersect(mayBeAllowed, askedPorts).Except(ports) is not { IsEmpty: false } open)
            return null;
        return new Connection(source, destination, open, Verdict.Undetermined)
        {
            Notes = [.. notes ?? [], .. _reasons.Between(example.Source, example.Destination, open)],
            Example = example,
        };
    }

    private string? DependsOnIPBlock(EndpointGroup source, int destination) =>
        GroupNotes.DependsOnIPBlock(_map, source, _groups[destination], (c, ports) => Asked(destination, c, ports));

    private string? DependsOnPortNames(EndpointGroup source, int destination) =>
        GroupNotes.DependsOnPortNames(_map, source, _groups[destination], (c, ports) => Asked(destination, c, ports));

    /// <summary>Of ports of a class in a group, those that are asked about.</summary>
    private PortSet Asked(int group, int ofClass, PortSet ports) => _ports.Intersect(_reach.AskedPorts(group, ofClass, ports), AskedOf(group));

    private IEnumerable<string> OwnAddressesOf(EndpointGroup source, int destination) =>
        _services.ServicesOf(destination).Select(service => GroupNotes.OwnAddress(_map, source.Members[0], service, _groups[destination].Members[^1]))
            .OfType<string>();

    /// <summary>Of a group that is asked about as a Service, those of its pods that the Service's ports lead to.</summary>
    private PortSet AskedOf(int group) => _services.Restricts(group) ? _reach.AskedPorts(group, PortSet.All) : _query.Ports;

    private Connection? Make(
        ConnectionEnd source,
        ConnectionEnd destination,
        PortSet ports,
        PortSet askedPorts,
        List<string>? notes,
        (int Source, int Destination) example,
        bool isNodeTraffic,
        bool hasOther)
    {
        var asked = _ports.Intersect(ports, askedPorts);
        if ((asked.IsEmpty && (hasOther || !_query.IncludeDenied)) || (isNodeTraffic && _query.ExcludeNodeTraffic))
            return null;
        return new Connection(source, destination, asked, asked.IsEmpty ? Verdict.Denied : Verdict.Allowed)
        {
            Notes = notes ?? (IReadOnlyList<string>)[],
            Example = example,
            IsNodeTraffic = isNodeTraffic,
            AskedPorts = askedPorts,
        };
    }

    /// <summary>A hostNetwork pod speaks with the address of its node, and the node always reaches the pods it runs.</summary>
    private bool RunsOnNodeOf(EndpointGroup pods, EndpointGroup hosts) => hosts.Members.Any(host =>
        _map.Endpoints[host].IsHostNetwork && pods.Members.Any(pod => pod != host && _map.AreOnOneNode(host, pod) && _map.NodeReaches(pod, host)));

    private IEnumerable<Connection> ToOutside(int group)
    {
        var source = _ends[group];
        foreach (var asked in _outsideDestinations)
        {
            foreach (var line in _outside.LinesOf(group, PolicyDirection.Egress, asked))
            {
                var notes = asked.Note is { } note ? [.. line.Notes, note] : line.Notes;
                var ports = _ports.Intersect(line.Ports, asked.Ports);
                var askedPorts = asked.Note is null ? _query.Ports : PortSet.All;
                var example = (source.First, line.Example);
                var perhaps = Perhaps(source.End, line.End, ports, line.MayBeAllowed?.Intersect(asked.Ports), askedPorts, notes, example);
                if (Make(source.End, line.End, ports, askedPorts, notes, example, line.IsNodeTraffic, perhaps is not null) is { } connection)
                    yield return connection;
                if (perhaps is not null)
                    yield return perhaps;
            }
        }
    }

    /// <summary>The lines from addresses outside to a group.</summary>
    /// <param name="group">Its position.</param>
    /// <param name="asked">The addresses.</param>
    internal IEnumerable<Connection> FromOutside(int group, AskedAddresses asked)
    {
        var destination = _ends[group];
        foreach (var line in _outside.LinesOf(group, PolicyDirection.Ingress, asked))
        {
            var notes = _services.Restricts(group) ? [.. line.Notes, .. _services.NotesOf(group)] : line.Notes;
            var ports = _reach.AskedPorts(group, line.Ports);
            var example = (line.Example, destination.First);
            var mayBeAllowed = line.MayBeAllowed is { } may ? _reach.AskedPorts(group, may) : null;
            var perhaps = Perhaps(line.End, destination.End, ports, mayBeAllowed, AskedOf(group), notes, example);
            if (Make(line.End, destination.End, ports, AskedOf(group), notes, example, line.IsNodeTraffic, perhaps is not null) is { } connection)
                yield return connection;
            if (perhaps is not null)
                yield return perhaps;
        }
    }

    /// <summary>Lines between a group and ends that are known by a name alone; where the question does not name them, as far as policies do.</summary>
    private IEnumerable<Connection> WithNamed(int group, PolicyDirection direction)
    {
        var sends = direction == PolicyDirection.Egress;
        var isNamed = (sends ? _query.To : _query.From).Count > 0;
        if (!isNamed && !_named.IsRestricted(_groups[group], direction))
            yield break;
        foreach (var end in sends ? _namedDestinations : _namedSources)
        {
            var (other, own) = (_named.EndOf(end), _ends[group]);
            var (source, destination) = sends ? (own.End, other) : (other, own.End);
            var example = sends ? (own.First, end) : (end, own.First);
            var isOwnNode = !sends && _map.Endpoints.NamedAt(end)!.IsOwnNode && _map.NodeReaches(own.First, end);
            var ports = Asked(isOwnNode ? PortSet.All : NamedEndLines.Ports(_map, _groups[group], direction, end));
            var mayBeAllowed = _map.AtMost is { } atMost && !isOwnNode ? Asked(NamedEndLines.Ports(atMost, _groups[group], direction, end)) : null;
            var asked = sends ? _query.Ports : AskedOf(group);
            List<string>? notes = isOwnNode ? [GroupNotes.OwnNodeOnly] : null;
            var perhaps = Perhaps(source, destination, ports, mayBeAllowed, asked, notes, example);
            if ((isNamed || !ports.IsEmpty) && Make(source, destination, ports, asked, notes, example, isOwnNode, perhaps is not null) is { } connection)
                yield return connection;
            if (perhaps is not null)
                yield return perhaps;
        }

        PortSet Asked(PortSet ports) => sends ? ports : _reach.AskedPorts(group, ports);
    }

    /// <summary>What Ingresses and routes expose when the pods of their controller are not in the input.</summary>
    private IEnumerable<Connection> FromUnknownController()
    {
        var controller = _map.Endpoints.UnknownPod;
        foreach (var (group, lines) in _entrances.OfUnknownController)
        {
            if (!_asksUnknownController || !_isDestination[group] || !_isInNamespaces[group])
                continue;
            var ports = FromController(_map);
            var mayBeAllowed = _map.AtMost is { } atMost ? FromController(atMost) : null;
            List<string>? notes = null;
            if (_usesHost[group])
                (notes ??= []).Add(GroupNotes.HostNetwork(_map, _groups[group]));
            (notes ??= []).AddRange(_limits.Between([controller], _groups[group].Members));
            notes.AddRange(_services.NotesOf(group));
            notes.Add(EntranceLines.NoteOf(lines) + "; the controller is not in the input, and stands for a pod of unknown namespace and labels");
            var example = (controller, _ends[group].First);
            var perhaps = Perhaps(ConnectionEnd.IngressController, _groups[group].End, ports, mayBeAllowed, AskedOf(group), notes, example);
            if (Make(ConnectionEnd.IngressController, _groups[group].End, ports, AskedOf(group), notes, example, false, perhaps is not null) is { } connection)
                yield return connection;
            if (perhaps is not null)
                yield return perhaps;

            PortSet FromController(ReachabilityMap map) => lines.SelectMany(static line => line.PortsByClass)
                .Select(entry => _reach.AskedPorts(group, entry.Key, _ports.Intersect(map.Between(controller, entry.Key), entry.Value)))
                .Aggregate(_ports.Union);
        }
    }

    /// <summary>Words for what is outside that are names of pods first.</summary>
    private IReadOnlyList<EndpointPattern> WithWords(IReadOnlyList<EndpointPattern> patterns) => _map.Endpoints.Named.Count == 0 || patterns.Count == 0
        ? patterns
        : [.. patterns.Select(pattern => Array.Exists(_groups, group => pattern.Matches(group, _map.Endpoints)) ? pattern
            : pattern.AsWord(_map) ?? pattern)];

    private bool IsAsked(IReadOnlyList<EndpointPattern> patterns, EndpointGroup group) =>
        patterns.Count == 0 || patterns.Any(pattern => pattern.Matches(group, _map.Endpoints));

    private IEnumerable<EndpointPattern> WithoutMatch(IReadOnlyList<EndpointPattern> patterns) =>
        patterns.Where(pattern => pattern.Addresses is null && pattern.Outside.Count == 0 && !pattern.IsService
            && !_groups.Any(group => pattern.Matches(group, _map.Endpoints))
            && pattern.NamedIn(_map.Endpoints).Length == 0
            && !_map.Nodes.Names.Any(pattern.MatchesNode));

    /// <summary>Entrances that lead nowhere matter to questions about everything.</summary>
    private IEnumerable<Diagnostic> AskedProblems() =>
        _query.From.Count + _query.To.Count > 0 ? []
            : _problems.Where(problem => WildcardNames.MatchAny(_query.Namespaces, problem.Object!.Namespace!));

    private bool IsAsked(EntranceLine line)
    {
        var isSource = line.Controllers.Length == 0 ? _asksUnknownController
            : line.Controllers.Any(controller => Array.BinarySearch(_sources, controller) >= 0);
        return isSource && _isDestination[line.Destination]
            && (_isInNamespaces[line.Destination] || line.Controllers.Any(controller => _isInNamespaces[controller]))
            && !_reach.AskedPorts(line.Destination, line.Ports.Intersect(_query.Ports)).IsEmpty;
    }

    /// <summary>Manifests know no addresses of pods, and 0.0.0.0/0 may well mean pods too.</summary>
    private static IEnumerable<Diagnostic> UnknownAddresses(ReachabilityMap map)
    {
        if (!map.Options.IPBlockMatchesPods || map.Options.NotEnforcedBecause is not null)
            yield break;
        var unknown = Enumerable.Range(0, map.Endpoints.SelectableCount).Count(i => map.Endpoints[i].Addresses.Count == 0);
        if (unknown == 0 || !map.Snapshot.NetworkPolicies.Any(static policy => policy.IPBlocks().Any()))
            yield break;
        yield return new Diagnostic(
            DiagnosticId.UnknownPodAddress,
            DiagnosticSeverity.Warning,
            $"Policies name ipBlocks, and {unknown} of {map.Endpoints.SelectableCount} pods and pod templates {(unknown == 1 ? "has" : "have")} no known "
                + $"address; ipBlocks are taken not to match {(unknown == 1 ? "it" : "those")}.");
    }

    private bool IsOfPod(EndpointPattern pattern) => _groups.Any(group => !UsesHost(group) && pattern.Matches(group, _map.Endpoints));

    private bool UsesHost(EndpointGroup group) => group.UsesHost(_map.Endpoints);
}
