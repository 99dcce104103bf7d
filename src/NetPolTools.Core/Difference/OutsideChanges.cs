using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>Finds the ranges of outside addresses that an end has other ports with than before; neighbours of the same change are joined.</summary>
internal sealed class OutsideChanges
{
    private readonly CommonRanges _ranges;

    /// <summary>Ends under the same rule sets have the same changes.</summary>
    private readonly Dictionary<(EndStatus, RuleSet?, RuleSet?), (string, ReachedPorts, ReachedPorts)[]> _known = [];

    private OutsideChanges(CommonRanges ranges)
    {
        _ranges = ranges;
    }

    /// <summary>One for each part of the outside that a question is about.</summary>
    public static OutsideChanges[] Create(
        IReadOnlyList<EndpointPattern> patterns, Func<EndpointPattern, bool> isOfPod, ReachabilityMap before, ReachabilityMap after) =>
        [.. AskedAddresses.Of(patterns, isOfPod, before.Nodes, after.Nodes)
            .Select(asked => new OutsideChanges(CommonRanges.Create(before, after, asked)))];

    /// <param name="ruleSets">What the answer hangs on alone, where it does.</param>
    /// <param name="portsBefore">The ports with the range at a position of the one side's partition.</param>
    /// <param name="portsAfter">The same for the other side.</param>
    public IReadOnlyList<(string Addresses, ReachedPorts Before, ReachedPorts After)> Find(
        (EndStatus, RuleSet?, RuleSet?)? ruleSets, Func<int, ReachedPorts> portsBefore, Func<int, ReachedPorts> portsAfter)
    {
        if (ruleSets is { } known && _known.TryGetValue(known, out var found))
            return found;
        found = [.. Compare(portsBefore, portsAfter).Where(static part => !part.Before.Equals(part.After)).Select(static part => (part.Range.ToString(), part.Before, part.After))];
        if (ruleSets is { } key)
            _known.Add(key, found);
        return found;
    }

    private IEnumerable<(AddressRange Range, ReachedPorts Before, ReachedPorts After)> Compare(Func<int, ReachedPorts> portsBefore, Func<int, ReachedPorts> portsAfter)
    {
        (AddressRange Range, ReachedPorts Before, ReachedPorts After)? joined = null;
        foreach (var (range, atBefore, atAfter) in _ranges.Ranges)
        {
            var (before, after) = (portsBefore(atBefore), portsAfter(atAfter));
            if (joined is { } neighbour && neighbour.Range.Family == range.Family && neighbour.Before.Equals(before) && neighbour.After.Equals(after))
            {
                joined = (neighbour.Range with { Last = range.Last }, before, after);
                continue;
            }

            if (joined is { } complete)
                yield return complete;
            joined = (range, before, after);
        }

        if (joined is { } last)
            yield return last;
    }
}
