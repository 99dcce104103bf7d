using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>
/// The ends of a comparison that are known by a name alone. A name in DNS that only the rules of one side name is, on the other, what they say of names that
/// match it, or of any other name, or of some address outside. Not thread safe.
/// </summary>
/// <param name="before">One side.</param>
/// <param name="after">The other.</param>
internal sealed class ComparedNames(ReachabilityMap before, ReachabilityMap after)
{
    private readonly Dictionary<(ReachabilityMap Map, NamedEnd End), int[]> _numbers = [];

    /// <summary>The ends that a question is about: those that its patterns name on either side; without any, those that policies name.</summary>
    /// <param name="patterns">Of the question.</param>
    /// <param name="direction">Of the rules of the pods: egress where the ends are destinations.</param>
    public NamedEnd[] NamedBy(IReadOnlyList<EndpointPattern> patterns, PolicyDirection direction)
    {
        return [.. Of(before).Concat(Of(after)).Distinct().OrderBy(static end => end.Name, StringComparer.Ordinal)];

        IEnumerable<NamedEnd> Of(ReachabilityMap map)
        {
            var lines = new NamedEndLines(map);
            return (patterns.Count == 0 ? lines.OfPolicies(direction) : lines.NamedBy(patterns)).Select(number => map.Endpoints.NamedAt(number)!);
        }
    }

    /// <summary>What a group may send to an end, or receive from it, on one side.</summary>
    /// <param name="map">Of the side.</param>
    /// <param name="group">Perhaps without members.</param>
    /// <param name="direction">Egress for what it sends.</param>
    /// <param name="end">Perhaps of the other side alone.</param>
    /// <param name="asked">Only these ports count.</param>
    public ReachedPorts Reached(ReachabilityMap map, EndpointGroup group, PolicyDirection direction, NamedEnd end, PortSet asked)
    {
        if (group.Members.Length == 0)
            return ReachedPorts.None;
        var numbers = NumbersOf(map, end);
        if (direction == PolicyDirection.Ingress && end.IsOwnNode && numbers is [var node, ..] && map.NodeReaches(group.Members[0], node))
            return new ReachedPorts(asked, PortSet.None);
        var (sure, may) = numbers.Length > 0
            ? (Ports(map, numbers), map.AtMost is { } most ? Ports(most, numbers) : null)
            : SomewhereOutside(map, group, direction);
        var allowed = sure.Intersect(asked);
        return new ReachedPorts(allowed, may is null ? PortSet.None : may.Intersect(asked).Except(allowed));

        PortSet Ports(ReachabilityMap of, int[] ends) => PortSet.UnionOf([.. ends.Select(number => NamedEndLines.Ports(of, group, direction, number))]);
    }

    /// <summary>The number of an end on a side; null where several stand for it, or none.</summary>
    public int? NumberOf(ReachabilityMap map, string name) => NumbersOf(map, new NamedEnd(name)) is [var only] ? only : null;

    private int[] NumbersOf(ReachabilityMap map, NamedEnd end)
    {
        if (_numbers.TryGetValue((map, end), out var numbers))
            return numbers;
        numbers = map.Stack.Layout.EndAddresses.FirstOrDefault(known => known.End == end.Name).Addresses is { IsDefault: false } addresses
            ? [.. addresses.SelectMany(map.Endpoints.IndexesOfAddresses)]
            : [.. map.Endpoints.IndexesOfNamed(known => known == end)];
        if (numbers.Length == 0 && end.IsOutside)
            numbers = EndpointPattern.Parse(end.Name).NamedIn(map.Endpoints);
        return _numbers[(map, end)] = numbers;
    }

    /// <summary>An end of which the rules of a side know nothing has some IPv4 address: what all of these may reach, and what any may.</summary>
    private static (PortSet Sure, PortSet? May) SomewhereOutside(ReachabilityMap map, EndpointGroup group, PolicyDirection direction)
    {
        PortSet? sure = null, may = null;
        foreach (var range in map.Endpoints.IndexesOfAddresses(AddressRange.AllIPv4).Where(range => !map.Occupied.ByPodsOrNodes.Contains(range)))
        {
            var ports = NamedEndLines.Ports(map, group, direction, range);
            var most = map.AtMost is { } atMost ? NamedEndLines.Ports(atMost, group, direction, range) : ports;
            (sure, may) = (sure?.Intersect(ports) ?? ports, may?.Union(most) ?? most);
        }

        return (sure ?? PortSet.None, may);
    }
}
