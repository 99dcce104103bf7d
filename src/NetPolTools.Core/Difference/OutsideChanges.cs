using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>Finds the ranges of outside addresses that an end has other ports with than before; neighbours of the same change are joined.</summary>
internal sealed class OutsideChanges
{
    private readonly CommonRanges _ranges;
    private readonly ReachabilityMap _before;
    private readonly ReachabilityMap _after;
    private readonly int _firstOfIPv6;

    /// <summary>Ends under the same rule sets have the same changes.</summary>
    private readonly Dictionary<(EndStatus, RuleSet?, RuleSet?), (string, ReachedPorts, ReachedPorts)[]> _known = [];

    private OutsideChanges(ComparedAddresses asked, ReachabilityMap before, ReachabilityMap after)
    {
        Asked = asked;
        (_before, _after) = (before, after);
        _ranges = CommonRanges.Create(before, after, asked.Addresses);
        _firstOfIPv6 = FirstNot(static range => range.Range.Family == AddressFamilyKind.IPv4);
    }

    public ComparedAddresses Asked { get; }

    /// <summary>One for each part of the outside that a question is about.</summary>
    public static OutsideChanges[] Create(IEnumerable<ComparedAddresses> asked, ReachabilityMap before, ReachabilityMap after) =>
        [.. asked.Select(addresses => new OutsideChanges(addresses, before, after))];

    /// <param name="ruleSets">What alone decides the answer, where there is such; null where there is more.</param>
    /// <param name="portsBefore">The ports with the range at a position of the one side's partition.</param>
    /// <param name="portsAfter">The same for the other side.</param>
    public IReadOnlyList<(string Addresses, ReachedPorts Before, ReachedPorts After)> Find(
        (EndStatus, RuleSet?, RuleSet?)? ruleSets, Func<int, ReachedPorts> portsBefore, Func<int, ReachedPorts> portsAfter)
    {
        if (ruleSets is { } known && _known.TryGetValue(known, out var found))
            return found;
        found =
        [
            .. Reached(ruleSets, portsBefore, portsAfter)
                .Joined(static (one, other) => one.Before.Equals(other.Before) && one.After.Equals(other.After), overGaps: true)
                .Where(static part => !part.Value.Before.Equals(part.Value.After))
                .Select(static part => (part.Range.ToString(), part.Value.Before, part.Value.After)),
        ];
        if (ruleSets is { } key)
            _known.Add(key, found);
        return found;
    }

    /// <summary>
    /// Every range with its ports. Where rule sets alone decide, those between the ranges that their rules name are answered for as one: no rule tells them
    /// apart.
    /// </summary>
    private IEnumerable<(AddressRange Range, (ReachedPorts Before, ReachedPorts After) Ports)> Reached(
        (EndStatus, RuleSet? Before, RuleSet? After)? ruleSets, Func<int, ReachedPorts> portsBefore, Func<int, ReachedPorts> portsAfter)
    {
        var ranges = _ranges.Ranges;
        if (ruleSets is not { } decide || Named(decide.Before, _before) is not { } namedBefore || Named(decide.After, _after) is not { } namedAfter)
        {
            foreach (var (range, before, after) in ranges)
                yield return (range, (portsBefore(before), portsAfter(after)));
            yield break;
        }

        (ReachedPorts, ReachedPorts)? ofUnnamed = null;
        var next = 0;
        var named = Positions(namedBefore, _before, static range => range.Before).Concat(Positions(namedAfter, _after, static range => range.After));
        foreach (var at in named.Distinct().Order())
        {
            foreach (var between in Unnamed(next, at))
                yield return between;
            yield return (ranges[at].Range, (portsBefore(ranges[at].Before), portsAfter(ranges[at].After)));
            next = at + 1;
        }

        foreach (var rest in Unnamed(next, ranges.Count))
            yield return rest;

        IEnumerable<(AddressRange, (ReachedPorts, ReachedPorts))> Unnamed(int start, int end)
        {
            while (start < end)
            {
                var last = start < _firstOfIPv6 ? Math.Min(end, _firstOfIPv6) : end;
                ofUnnamed ??= (portsBefore(ranges[start].Before), portsAfter(ranges[start].After));
                yield return (new AddressRange(ranges[start].Range.FirstAddress, ranges[last - 1].Range.LastAddress), ofUnnamed.Value);
                start = last;
            }
        }
    }

    /// <summary>Where ranges lie that one side's rules name.</summary>
    private IEnumerable<int> Positions(IndexSet named, ReachabilityMap map, Func<(AddressRange Range, int Before, int After), int> indexOf)
    {
        foreach (var endpoint in named)
        {
            var index = endpoint - map.Endpoints.PodCount;
            for (var at = FirstNot(range => indexOf(range) < index); at < _ranges.Ranges.Count && indexOf(_ranges.Ranges[at]) == index; at++)
                yield return at;
        }
    }

    /// <summary>The first position of a range for which something does not hold that holds for all ranges before it.</summary>
    private int FirstNot(Predicate<(AddressRange Range, int Before, int After)> holds)
    {
        var (low, high) = (0, _ranges.Ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(_ranges.Ranges[middle]))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>The ranges that rules name; null where policies of nodes decide as well.</summary>
    private static IndexSet? Named(RuleSet? rules, ReachabilityMap map) =>
        map.NodesHavePolicies || map.AtMost is not null ? null : rules is null ? IndexSet.Empty : map.AddressesNamedBy(rules);
}
