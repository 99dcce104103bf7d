using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>
/// Lists connections one by one: from each workload in order to the others and then to the outside, at last from the outside in. The same
/// question gives the same lines in the same order.
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
    private readonly GroupReach _reach;
    private readonly AddressRange?[] _outsideSources;
    private readonly AddressRange?[] _outsideDestinations;

    public ConnectionLister(ReachabilityMap map, ConnectionQuery query)
    {
        _map = map;
        _query = query;
        _groups = EndpointGroup.Create(map, query.By);
        _sources = [.. Enumerable.Range(0, _groups.Length).Where(g => IsAsked(query.From, _groups[g]))];
        _isDestination = [.. _groups.Select(group => IsAsked(query.To, group))];
        _isInNamespaces = [.. _groups.Select(group => query.IsInNamespaces(group.End))];
        _usesHost = [.. _groups.Select(UsesHost)];
        _reach = new GroupReach(map, _groups, query.By, _isDestination, _ports);
        _outsideSources = [.. AskedAddresses.Of(query.From, IsOfPod)];
        _outsideDestinations = [.. AskedAddresses.Of(query.To, IsOfPod)];
    }

    /// <summary>Those of <see cref="ConnectionQuery.From"/> that name nothing of the input; addresses always name something.</summary>
    public IEnumerable<EndpointPattern> FromWithoutMatch => WithoutMatch(_query.From);

    /// <inheritdoc cref="FromWithoutMatch"/>
    public IEnumerable<EndpointPattern> ToWithoutMatch => WithoutMatch(_query.To);

    public IEnumerable<Connection> List(CancellationToken cancellation = default)
    {
        var found = new PortSet?[_groups.Length];
        foreach (var source in _sources)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Clear(found);
            _reach.Collect(_groups[source], found);
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

        for (var destination = 0; destination < _groups.Length && _outsideSources.Length > 0; destination++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_isDestination[destination] || !_isInNamespaces[destination])
                continue;
            foreach (var connection in FromOutside(_groups[destination]))
                yield return connection;
        }
    }

    private bool MayBeListedWithoutPolicy(int source, int destination) => _query.IncludeDenied || _usesHost[source] || _usesHost[destination];

    private Connection? Make(int sourceGroup, int destinationGroup, PortSet ports)
    {
        var (source, destination) = (_groups[sourceGroup], _groups[destinationGroup]);
        if (sourceGroup == destinationGroup && source.Classes.Length == 1 && !_reach.HasTwo(source, source.Classes[0]))
            return null;

        List<string>? notes = null;
        if (!ports.IsAll && (_usesHost[sourceGroup] || _usesHost[destinationGroup]) && ShareNode(source, destination))
        {
            var exact = source.Members.Length == 1 && destination.Members.Length == 1;
            (notes ??= []).Add(exact || ports.IsEmpty ? OwnNodeOnly : OwnNodeToo);
            if (exact || ports.IsEmpty)
                ports = PortSet.All;
        }

        if (_usesHost[sourceGroup])
            (notes ??= []).Add(GroupNotes.HostNetwork(_map, source));
        if (_usesHost[destinationGroup] && sourceGroup != destinationGroup)
            (notes ??= []).Add(GroupNotes.HostNetwork(_map, destination));
        if (GroupNotes.HangsOnIPBlock(_map, source, destination) is { } hangsOnIPBlock)
            (notes ??= []).Add(hangsOnIPBlock);
        return Make(source.End, destination.End, ports, notes);
    }

    private Connection? Make(ConnectionEnd source, ConnectionEnd destination, PortSet ports, List<string>? notes)
    {
        var asked = _ports.Intersect(ports, _query.Ports);
        if (asked.IsEmpty && !_query.IncludeDenied)
            return null;
        return new Connection(source, destination, asked, asked.IsEmpty ? Verdict.Denied : Verdict.Allowed) { Notes = notes ?? (IReadOnlyList<string>)[] };
    }

    /// <summary>A hostNetwork pod speaks with the address of its node, and the node always reaches the pods it runs.</summary>
    private bool ShareNode(EndpointGroup source, EndpointGroup destination) => source.Members.Any(a => destination.Members.Any(b =>
        a != b && (_map.Endpoints[a].IsHostNetwork || _map.Endpoints[b].IsHostNetwork) && _map.AreOnOneNode(a, b)));

    private IEnumerable<Connection> ToOutside(EndpointGroup source) => _outsideDestinations.SelectMany(asked => Outside(
        asked,
        range => _reach.ToAddresses(source, range),
        source,
        (addresses, ports, notes) => Make(source.End, ConnectionEnd.Outside(addresses), ports, notes),
        _map.EgressOf));

    private IEnumerable<Connection> FromOutside(EndpointGroup destination) => _outsideSources.SelectMany(asked => Outside(
        asked,
        range => _reach.FromAddresses(destination, range),
        destination,
        (addresses, ports, notes) => Make(ConnectionEnd.Outside(addresses), destination.End, ports, notes),
        _map.IngressOf));

    /// <summary>The ranges of addresses that a group has to do with, neighbours of equal ports joined; then the nodes of its pods.</summary>
    private IEnumerable<Connection> Outside(
        AddressRange? asked,
        Func<int, PortSet> portsWith,
        EndpointGroup group,
        Func<string, PortSet, List<string>?, Connection?> make,
        Func<int, RuleSet?> ruleSetOf)
    {
        List<string>? notes = null;
        if (UsesHost(group))
            (notes ??= []).Add(GroupNotes.HostNetwork(_map, group));
        (AddressRange Range, PortSet Ports)? joined = null;
        for (var i = 0; i < _map.Endpoints.Addresses.Ranges.Count; i++)
        {
            if (AskedAddresses.Clip(_map.Endpoints.Addresses.Ranges[i], asked) is not { } range)
                continue;
            var ports = portsWith(i);
            if (joined is { } before && before.Range.Family == range.Family && before.Ports.Equals(ports))
            {
                joined = (before.Range with { Last = range.Last }, ports);
                continue;
            }

            if (joined is { } complete && make(complete.Range.ToString(), complete.Ports, notes) is { } connection)
                yield return connection;
            joined = (range, ports);
        }

        if (joined is { } last && make(last.Range.ToString(), last.Ports, notes) is { } lastConnection)
            yield return lastConnection;

        if (OwnNodes(group, asked, ruleSetOf) is { Length: > 0 } nodes && make(nodes, PortSet.All, [OwnNodeOnly]) is { } ownNodes)
            yield return ownNodes;
    }

    /// <summary>Addresses of nodes that policies would keep from the pods they run.</summary>
    private string OwnNodes(EndpointGroup group, AddressRange? asked, Func<int, RuleSet?> ruleSetOf) => string.Join(
        ",",
        group.Members
            .Where(member => ruleSetOf(member) is not null)
            .SelectMany(member => _map.Endpoints[member].NodeAddresses.Where(address =>
                asked?.Contains(address) != false && !ruleSetOf(member)!.PortsWith(_map.Endpoints.IndexOfAddress(address)).IsAll))
            .Distinct()
            .Order());

    private bool IsAsked(IReadOnlyList<EndpointPattern> patterns, EndpointGroup group) =>
        patterns.Count == 0 || patterns.Any(pattern => pattern.Matches(group, _map.Endpoints));

    private IEnumerable<EndpointPattern> WithoutMatch(IReadOnlyList<EndpointPattern> patterns) =>
        patterns.Where(pattern => pattern.Addresses is null && !_groups.Any(group => pattern.Matches(group, _map.Endpoints)));

    private bool IsOfPod(EndpointPattern pattern) => _groups.Any(group => !UsesHost(group) && pattern.Matches(group, _map.Endpoints));

    private bool UsesHost(EndpointGroup group) => group.UsesHost(_map.Endpoints);
}
