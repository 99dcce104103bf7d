using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>What policies allow between groups of endpoints: any member of the one with any other member of the other.</summary>
internal sealed class GroupReach
{
    /// <summary>Classes of a destination, before it pays to know what it can receive at most.</summary>
    private const int FewestOfLarge = 64;

    private readonly ReachabilityMap _map;
    private readonly EndpointGroup[] _groups;
    private readonly GroupBy _by;
    private readonly PortSetPool _ports;
    private readonly AskedServices _services;

    /// <summary>By class, the positions of the groups with it that are asked about.</summary>
    private readonly GroupedArray<int> _groupsOf;
    private readonly IndexSet _destinationClasses;

    /// <summary>Null where few are asked about, for whom turning over all rules of the cluster would not pay.</summary>
    private readonly DestinationScan? _scan;

    private readonly LargeGroup[] _large;

    /// <param name="map">Of the cluster.</param>
    /// <param name="groups">All of them.</param>
    /// <param name="by">What a group stands for.</param>
    /// <param name="isDestination">The groups that are asked about.</param>
    /// <param name="ports">Remembers port sets.</param>
    /// <param name="services">Restricts groups that are asked about as Services to the ports these lead to.</param>
    /// <param name="areFew">Whether only few pairs of groups are asked about.</param>
    public GroupReach(
        ReachabilityMap map, EndpointGroup[] groups, GroupBy by, bool[] isDestination, PortSetPool ports, AskedServices services, bool areFew)
    {
        _services = services;
        _map = map;
        _groups = groups;
        _by = by;
        _ports = ports;
        _groupsOf = new GroupedArray<int>(map.Endpoints.PodCount);
        foreach (var pass in _groupsOf.Filling)
        {
            for (var g = 0; g < groups.Length; g++)
            {
                foreach (var c in isDestination[g] ? groups[g].Classes : [])
                    pass.Add(c, g);
            }
        }

        var asked = new IndexSet.Builder();
        for (var c = 0; c < _groupsOf.Count; c++)
        {
            if (!_groupsOf[c].IsEmpty)
                asked.Add(c);
        }

        _destinationClasses = asked.Build();
        _scan = areFew ? null : map.Destinations(_destinationClasses);
        _large = [.. Enumerable.Range(0, groups.Length).Where(g => isDestination[g] && groups[g].Classes.Length >= FewestOfLarge).Select(Large)];
    }

    /// <summary>What policies let any member of a group reach of every group that is a destination.</summary>
    /// <param name="source">One of the groups.</param>
    /// <param name="found">By group; what is not reached is left as it is.</param>
    /// <param name="reached">Takes the groups that are reached.</param>
    /// <param name="wanted">Only destinations of these classes; null for all.</param>
    public void Collect(EndpointGroup source, PortSet?[] found, IndexSetAccumulator? reached = null, IndexSet? wanted = null)
    {
        wanted = wanted?.Intersect(_destinationClasses);

        // Classes of a namespace reach much the same.
        Func<int, PortSet, bool>? isKnown = source.Classes.Length == 1 ? null : IsKnown;
        foreach (var sourceClass in source.Classes)
        {
            // A hostNetwork pod can share a class with pods that no policy names; its own number tells which it is.
            var representative = source.Classes.Length == 1 ? source.Members[0] : sourceClass;
            var only = NotFull(representative, found, wanted);
            var destinations = _scan is null
                ? _map.DestinationsOf(representative, only ?? _destinationClasses, _ports)
                : _map.DestinationsOf(representative, _scan, _ports, only, isKnown);
            foreach (var (destinationClass, ports) in destinations)
            {
                foreach (var destination in _groupsOf[destinationClass])
                {
                    if (ReferenceEquals(_groups[destination], source) && sourceClass == destinationClass && !HasTwo(source, sourceClass))
                        continue;
                    var asked = AskedPorts(destination, destinationClass, ports);
                    if (found[destination] is { } before)
                    {
                        found[destination] = _ports.Union(before, asked);
                        continue;
                    }

                    found[destination] = asked;
                    reached?.Add(destination);
                }
            }
        }

        bool IsKnown(int destinationClass, PortSet most)
        {
            foreach (var destination in _groupsOf[destinationClass])
            {
                if (found[destination] is not { } before || !(ReferenceEquals(before, most) || before.Covers(most)))
                    return false;
            }

            return true;
        }
    }

    /// <summary>
    /// The classes that have to be looked at for what a source reaches; null for all of the destinations. Of a namespace of thousands of classes, what some
    /// sources reach soon is all that any can.
    /// </summary>
    private IndexSet? NotFull(int source, PortSet?[] found, IndexSet? wanted)
    {
        var only = wanted;
        PortSet? sent = null;
        foreach (var large in _large)
        {
            if (found[large.Group] is not { } before)
                continue;
            sent ??= _map.EgressOf(source)?.GrantedPorts() ?? PortSet.All;
            if (before.Covers(_ports.Intersect(sent, large.Receives)))
                only = (only ?? _destinationClasses).Except(large.Own);
        }

        return only;
    }

    private LargeGroup Large(int group)
    {
        var (receives, own) = (PortSet.None, new IndexSet.Builder());
        foreach (var c in _groups[group].Classes.Order())
        {
            receives = _ports.Union(receives, _map.IngressOf(c)?.GrantedPorts() ?? PortSet.All);
            if (_groupsOf[c].Length == 1)
                own.Add(c);
        }

        return new LargeGroup(group, receives, own.Build());
    }

    /// <param name="source">The position of a group; not an empty one.</param>
    /// <param name="range">The position of a range of outside addresses.</param>
    public PortSet ToAddresses(int source, int range)
    {
        var ports = PortSet.None;
        var address = _map.Endpoints.PodCount + range;

        // Only nodes have policies of their own.
        var received = _map.IngressOf(address);
        foreach (var c in _groups[source].Classes)
        {
            var sent = _map.EgressOf(c)?.PortsFor(address) ?? PortSet.All;
            ports = _ports.Union(ports, received is null ? sent : _ports.Intersect(sent, received.PortsFor(c)));
        }

        return ports;
    }

    /// <param name="destination">The position of a group; not an empty one.</param>
    /// <param name="range">The position of a range of outside addresses.</param>
    public PortSet FromAddresses(int destination, int range)
    {
        var ports = PortSet.None;
        var address = _map.Endpoints.PodCount + range;
        var sent = _map.EgressOf(address);
        foreach (var c in _groups[destination].Classes)
        {
            var received = _map.IngressOf(c)?.PortsFor(address) ?? PortSet.All;
            ports = _ports.Union(ports, AskedPorts(destination, c, sent is null ? received : _ports.Intersect(sent.PortsFor(c), received)));
        }

        return ports;
    }

    /// <summary>Whether a group is asked about as a Service.</summary>
    public bool Restricts(int group) => _services.Restricts(group);

    /// <summary>Of some ports of a class in a group, those that are asked about: all, but for a group asked about as a Service.</summary>
    public PortSet AskedPorts(int group, int ofClass, PortSet ports) =>
        _services.Restricts(group) ? _ports.Intersect(ports, _services.PortsOf(group, ofClass)) : ports;

    /// <summary>The same for all classes of the group.</summary>
    public PortSet AskedPorts(int group, PortSet ports) => _services.Restricts(group)
        ? _groups[group].Classes.Select(c => AskedPorts(group, c, ports)).Aggregate(_ports.Union)
        : ports;

    /// <summary>Whether two different pods of a class may stand behind a group. A pod reaching itself is not worth a line.</summary>
    public bool HasTwo(EndpointGroup group, int ofClass)
    {
        // Of a workload whose pods policies distinguish, each line means just one of them.
        if (_by == GroupBy.Pod || group.End.Kind == Objects.Pod.KindName)
            return false;
        var members = group.Members.Where(member => _map.Classes.ClassOf(member) == ofClass).Take(2).ToArray();
        return members.Length == 2 || _map.Endpoints[members[0]].MayHaveReplicas;
    }

    /// <param name="Group">Its position.</param>
    /// <param name="Receives">What its members let in at most, from anybody.</param>
    /// <param name="Own">The classes that no other destination has.</param>
    private sealed record LargeGroup(int Group, PortSet Receives, IndexSet Own);
}
