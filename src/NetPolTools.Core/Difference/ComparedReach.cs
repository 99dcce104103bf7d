using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>What ends reach on one side: for sure, and what may be reached; the latter null where everything is decided.</summary>
internal sealed record GroupReaches(GroupReach Sure, GroupReach? May)
{
    public static GroupReaches Create(
        ReachabilityMap map, EndpointGroup[] groups, GroupBy by, bool[] isDestination, PortSetPool ports, AskedServices services, bool areFew)
    {
        return new GroupReaches(Reach(map), map.AtMost is { } atMost ? Reach(atMost) : null);

        GroupReach Reach(ReachabilityMap of) => new(of, groups, by, isDestination, ports, services, areFew);
    }
}

/// <summary>The connections of one source at a time on both sides. Not thread safe.</summary>
/// <param name="before">What ends reach before.</param>
/// <param name="after">The same ends, after.</param>
/// <param name="count">How many ends there are.</param>
internal sealed class ComparedReach(GroupReaches before, GroupReaches after, int count)
{
    private readonly PortSet?[] _before = new PortSet?[count];
    private readonly PortSet?[] _mayBefore = new PortSet?[count];
    private readonly PortSet?[] _after = new PortSet?[count];
    private readonly PortSet?[] _mayAfter = new PortSet?[count];
    private readonly IndexSetAccumulator _reached = new(count);
    private IndexSet _reachedNow = IndexSet.Empty;

    public GroupReaches Before => before;

    public GroupReaches After => after;

    /// <summary>Classes of sources that need not be looked at again: nothing of them has changed.</summary>
    public HashSet<(int Before, int After)> Unchanged { get; } = [];

    /// <summary>Every destination that is reached on some side on other ports than on the other, or may be; ascending.</summary>
    /// <param name="sourceBefore">The source before.</param>
    /// <param name="sourceAfter">The source after.</param>
    /// <param name="only">The destinations that can be among them; null for all.</param>
    public IEnumerable<ComparedRow> Rows(
        EndpointGroup sourceBefore, EndpointGroup sourceAfter, ChangedPairs.PossibleEnds? only)
    {
        foreach (var destination in _reachedNow)
            _before[destination] = _mayBefore[destination] = _after[destination] = _mayAfter[destination] = null;
        _reached.Clear();
        Collect(before, sourceBefore, _before, _mayBefore, only?.Before);
        Collect(after, sourceAfter, _after, _mayAfter, only?.After);
        _reachedNow = _reached.ToSet();
        foreach (var destination in only is null ? _reachedNow : _reachedNow.Intersect(only.Ends))
        {
            var isSame = ReferenceEquals(_before[destination], _after[destination]) && ReferenceEquals(_mayBefore[destination], _mayAfter[destination]);
            if (!isSame)
                yield return new ComparedRow(destination, (_before[destination], _mayBefore[destination]), (_after[destination], _mayAfter[destination]));
        }
    }

    private void Collect(GroupReaches reach, EndpointGroup source, PortSet?[] found, PortSet?[] mayFind, IndexSet? only)
    {
        reach.Sure.Collect(source, found, _reached, only);
        reach.May?.Collect(source, mayFind, _reached, only);
    }
}

/// <summary>What a source reaches of a destination on both sides. Null for not reached.</summary>
/// <param name="Destination">Its number.</param>
/// <param name="Before">On one side.</param>
/// <param name="After">On the other.</param>
internal readonly record struct ComparedRow(int Destination, (PortSet? Allowed, PortSet? May) Before, (PortSet? Allowed, PortSet? May) After);
