using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>Finds the ranges of outside addresses that an end has other ports with than before; neighbours of the same change are joined.</summary>
internal sealed class OutsideChanges
{
    private readonly CommonRanges _ranges;

    /// <summary>Ends under the same rule sets have the same changes.</summary>
    private readonly Dictionary<(EndStatus, RuleSet?, RuleSet?), (string, ReachedPorts, ReachedPorts)[]> _known = [];

    private OutsideChanges(ComparedAddresses asked, CommonRanges ranges)
    {
        Asked = asked;
        _ranges = ranges;
    }

    public ComparedAddresses Asked { get; }

    /// <summary>One for each part of the outside that a question is about.</summary>
    public static OutsideChanges[] Create(IEnumerable<ComparedAddresses> asked, ReachabilityMap before, ReachabilityMap after) =>
        [.. asked.Select(addresses => new OutsideChanges(addresses, CommonRanges.Create(before, after, addresses.Addresses)))];

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
            .. _ranges.Ranges.Select(range => (range.Range, (Before: portsBefore(range.Before), After: portsAfter(range.After))))
                .Joined(static (one, other) => one.Before.Equals(other.Before) && one.After.Equals(other.After), overGaps: true)
                .Where(static part => !part.Value.Before.Equals(part.Value.After))
                .Select(static part => (part.Range.ToString(), part.Value.Before, part.Value.After)),
        ];
        if (ruleSets is { } key)
            _known.Add(key, found);
        return found;
    }
}
