using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>What groups have to do with addresses outside the cluster. Not thread safe.</summary>
/// <param name="map">Of the cluster.</param>
/// <param name="groups">All of them.</param>
/// <param name="reach">What they reach.</param>
/// <param name="mayReach">What they may reach; null where everything is decided.</param>
/// <param name="limits">For the notes.</param>
internal sealed class OutsideLines(ReachabilityMap map, EndpointGroup[] groups, GroupReach reach, GroupReach? mayReach, LimitNotes limits)
{
    private const int MostRemembered = 1 << 12;

    /// <summary>Of a range with the addresses of more pods in it, a note tells that these are not meant.</summary>
    private const int MostCutOut = 16;

    private const int MostRangesRemembered = 1 << 18;

    // Most groups have to do with the same ranges.
    private readonly Dictionary<AddressRange, ConnectionEnd> _ends = [];

    /// <summary>By what decides about them. Thousands of groups have the same rules, or none, and each would go through all ranges of the cluster.</summary>
    private readonly Dictionary<(RuleSet?, RuleSet?, PolicyDirection, AskedAddresses), JoinedRange[]> _joined = [];
    private int _rangesRemembered;

    /// <summary>The ranges of addresses that a group reaches or is reached from, neighbours of equal ports joined; then the nodes of its pods.</summary>
    /// <param name="number">The position of the group.</param>
    /// <param name="direction">Egress for what it reaches, ingress for what reaches it.</param>
    /// <param name="asked">Only these addresses count.</param>
    public IEnumerable<OutsideLine> LinesOf(int number, PolicyDirection direction, AskedAddresses asked)
    {
        var group = groups[number];
        List<string> notes = group.UsesHost(map.Endpoints) ? [GroupNotes.HostNetwork(map, group)] : [];

        // Asked about the very address of a node, its own line is the whole answer.
        var nodes = direction == PolicyDirection.Ingress && !asked.IsOutsideOnly ? OwnNodes(group, asked.Range) : [];
        var isNode = asked.IsSingle && nodes.Length > 0;

        // Neighbours are joined over the addresses of pods between them: those are not meant anyway.
        foreach (var (range, reached) in isNode ? [] : Joined(number, direction, asked))
        {
            var pods = PodsWithin(range, asked);
            if (pods.Length > MostCutOut)
            {
                yield return Line(range, reached, GroupNotes.NotPods);
                continue;
            }

            foreach (var part in Without(range, pods.Where(pod => !IsSame(reached, number, pod.Pod, direction)).Select(static pod => pod.Address)))
                yield return Line(part, reached);
        }

        if (nodes.Length > 0)
        {
            var end = nodes.Length == 1 ? EndOf(AddressRange.Of(nodes[0])) : ConnectionEnd.Outside(string.Join(",", nodes));
            yield return new OutsideLine(end, map.Endpoints.IndexOfAddress(nodes[0]), PortSet.All, [GroupNotes.OwnNodeOnly, .. NamesOf(nodes)], true);
        }

        OutsideLine Line(AddressRange range, RangeReach reached, params ReadOnlySpan<string> more)
        {
            List<string> ofLine = [.. notes, .. reached.Limits, .. more];
            var isNodeTraffic = false;
            if (range.IsSingle && range.FirstAddress is var address
                && map.Nodes.Addresses.Contains(address))
            {
                isNodeTraffic = group.Members.All(IsOnNode);
                if (direction == PolicyDirection.Egress && group.Members.Any(member => IsOnNode(member) && map.EgressOf(member) is not null))
                    ofLine.Add(GroupNotes.ToOwnNode);
                ofLine.AddRange(NamesOf(address));
            }

            if (range.IsSingle && map.ServiceAddresses.TryGetValue(range.FirstAddress, out var service))
                ofLine.Add($"{range.FirstAddress} is the address of {service.Reference}: {GroupNotes.PluginsDiffer}");
            return new OutsideLine(EndOf(range), reached.Example, reached.Ports, ofLine, isNodeTraffic) { MayBeAllowed = reached.MayBeAllowed };

            bool IsOnNode(int member) => map.Endpoints[member].NodeAddresses.Contains(address);
        }
    }

    private IEnumerable<JoinedRange> Joined(int number, PolicyDirection direction, AskedAddresses asked)
    {
        // Rules alone decide, but for rules of nodes, for Services that are asked about, and where something is to be said of each pod.
        if (groups[number].Classes is not [var only] || !limits.IsEmpty || map.NodesHavePolicies || reach.Restricts(number))
            return Together(Reached(number, direction, asked));
        var key = (map.RulesOf(direction, only), map.AtMost?.RulesOf(direction, only), direction, asked);
        if (_joined.TryGetValue(key, out var known))
            return known;
        known = [.. Together(key is ({ } rules, null, _, { Range: null }) ? Reached(rules, number, direction, asked) : Reached(number, direction, asked))];
        _rangesRemembered += known.Length;
        if (_rangesRemembered > MostRangesRemembered)
        {
            _joined.Clear();
            _rangesRemembered = known.Length;
        }

        _joined.Add(key, known);
        return known;

        static IEnumerable<JoinedRange> Together(IEnumerable<(AddressRange, RangeReach)> ranges)
        {
            foreach (var (range, reached) in ranges.Joined(static (one, other) => one.IsSame(other), overGaps: true))
                yield return new JoinedRange(range, reached);
        }
    }

    /// <summary>The same where a rule set alone decides: the ranges between those that its rules name are not gone through.</summary>
    private IEnumerable<(AddressRange Range, RangeReach Reached)> Reached(RuleSet rules, int number, PolicyDirection direction, AskedAddresses asked)
    {
        foreach (var (range, endpoint, isNamed) in OutsideRanges.Of(map.Endpoints, map.AddressesNamedBy(rules), Occupied(asked)))
        {
            var ports = isNamed ? Ports(reach, number, endpoint - map.Endpoints.PodCount, direction) : PortSet.None;
            yield return (range, new RangeReach(endpoint, ports, null, []));
        }
    }

    private IndexSet Occupied(AskedAddresses asked) => asked.IsOutsideOnly ? map.Occupied.ByPodsOrNodes : map.Occupied.ByPods;

    private IEnumerable<(AddressRange Range, RangeReach Reached)> Reached(int number, PolicyDirection direction, AskedAddresses asked)
    {
        var occupied = Occupied(asked);
        for (var i = 0; i < map.Endpoints.Addresses.Ranges.Count; i++)
        {
            var endpoint = map.Endpoints.PodCount + i;
            if (AskedAddresses.Clip(map.Endpoints.Addresses.Ranges[i], asked.Range) is not { } range || occupied.Contains(endpoint))
                continue;
            yield return (range, new RangeReach(
                endpoint,
                Ports(reach, number, i, direction),
                mayReach is null ? null : Ports(mayReach, number, i, direction),
                limits.IsEmpty ? [] : limits.ForSubjects(direction, groups[number].Members, [endpoint])));
        }
    }

    /// <summary>
    /// The pods with addresses in a range, where rules for addresses mean no pods: they may be answered for otherwise than the addresses around them. Both
    /// families as wholes are what is outside, and who reads that thinks of no pod.
    /// </summary>
    private (NetAddress Address, int Pod)[] PodsWithin(AddressRange range, AskedAddresses asked) =>
        map.Stack.Layout.BlocksMeanPods || asked.IsSingle || range == AddressRange.AllIPv4 || range == AddressRange.AllIPv6
            ? []
            : [.. map.PodAddresses.In(range).Where(found => found.Pod < map.Endpoints.SelectableCount).Take(MostCutOut + 1)];

    private bool IsSame(RangeReach reached, int number, int pod, PolicyDirection direction)
    {
        return reached.Ports.Equals(PortsOf(map)) && (reached.MayBeAllowed is null || reached.MayBeAllowed.Equals(PortsOf(map.AtMost ?? map)));

        PortSet PortsOf(ReachabilityMap of) => NamedEndLines.Ports(of, groups[number], direction, pod);
    }

    /// <summary>What is left of a range without some of its addresses.</summary>
    private static IEnumerable<AddressRange> Without(AddressRange range, IEnumerable<NetAddress> ascending)
    {
        var first = range.FirstAddress;
        foreach (var address in ascending)
        {
            if (address.CompareTo(first) > 0)
                yield return new AddressRange(first, address.Previous());
            if (address == range.LastAddress)
                yield break;
            first = address.Next();
        }

        yield return new AddressRange(first, range.LastAddress);
    }

    private static PortSet Ports(GroupReach reach, int group, int range, PolicyDirection direction) =>
        direction == PolicyDirection.Egress ? reach.ToAddresses(group, range) : reach.FromAddresses(group, range);

    /// <summary>Addresses of nodes that policies would keep from the pods they run, ascending.</summary>
    private NetAddress[] OwnNodes(EndpointGroup group, AddressRange? asked)
    {
        SortedSet<NetAddress>? nodes = null;
        foreach (var member in group.Members)
        {
            if (map.IngressOf(member) is not { } ruleSet)
                continue;
            var addresses = map.Endpoints[member].NodeAddresses;
            for (var i = 0; i < addresses.Count; i++)
            {
                if (asked?.Contains(addresses[i]) != false && !ruleSet.PortsFor(map.Endpoints.IndexOfAddress(addresses[i])).IsAll
                    && map.NodeReaches(member, map.Endpoints.IndexOfAddress(addresses[i])))
                    (nodes ??= []).Add(addresses[i]);
            }
        }

        return nodes is null ? [] : [.. nodes];
    }

    /// <summary><c>192.168.1.10 is node n1</c>.</summary>
    private IEnumerable<string> NamesOf(params NetAddress[] nodes) =>
        nodes.Where(node => map.Nodes.NameOf(node) is not null).Select(node => $"{node} is node {map.Nodes.NameOf(node)}");

    private ConnectionEnd EndOf(AddressRange range)
    {
        if (_ends.TryGetValue(range, out var end))
            return end;
        if (_ends.Count == MostRemembered)
            _ends.Clear();
        return _ends[range] = ConnectionEnd.Outside(range.ToString());
    }

    /// <summary>Neighbours of which the same is to be said.</summary>
    /// <remarks>No struct: arrays of those are not compiled ahead, and a first answer would wait for them.</remarks>
    private sealed record JoinedRange(AddressRange Range, RangeReach Reached);

    /// <summary>What connects a group with a range of addresses.</summary>
    /// <param name="Example">Addresses of the range, by their number in the map.</param>
    /// <param name="Ports">Allowed for certain.</param>
    /// <param name="MayBeAllowed">Those, and what may be allowed; null where everything is decided.</param>
    /// <param name="Limits">Notes on what the network plugin does not do as written.</param>
    private readonly record struct RangeReach(int Example, PortSet Ports, PortSet? MayBeAllowed, IReadOnlyList<string> Limits)
    {
        public bool IsSame(RangeReach other) =>
            Ports.Equals(other.Ports) && Equals(MayBeAllowed, other.MayBeAllowed) && Limits.SequenceEqual(other.Limits);
    }
}

/// <summary>That a group reaches, or is reached from, addresses outside.</summary>
/// <param name="Example">One of them, by its number in the map.</param>
/// <param name="IsNodeTraffic">Whether it is only about the pods' own nodes.</param>
internal readonly record struct OutsideLine(ConnectionEnd End, int Example, PortSet Ports, List<string> Notes, bool IsNodeTraffic)
{
    /// <summary>The ports, and those that may be allowed; null where everything is decided.</summary>
    public PortSet? MayBeAllowed { get; init; }
}
