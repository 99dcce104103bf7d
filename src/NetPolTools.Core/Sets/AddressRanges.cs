namespace NetPolTools.Sets;

/// <summary>Lists of address ranges that have a value each.</summary>
internal static class AddressRanges
{
    /// <summary>The same values with fewer ranges: neighbours of one family with the same value become one, which keeps the value of the first.</summary>
    /// <param name="ranges">Disjoint, in order.</param>
    /// <param name="areSame">Whether two values are the same.</param>
    /// <param name="overGaps">Whether ranges are neighbours although there are addresses between them, which then belong to the range as well.</param>
    public static IEnumerable<(AddressRange Range, T Value)> Joined<T>(
        this IEnumerable<(AddressRange Range, T Value)> ranges, Func<T, T, bool> areSame, bool overGaps)
    {
        (AddressRange Range, T Value)? joined = null;
        foreach (var (range, value) in ranges)
        {
            if (joined is { } before && (overGaps ? before.Range.Family == range.Family : before.Range.IsFollowedBy(range)) && areSame(before.Value, value))
            {
                joined = (new AddressRange(before.Range.FirstAddress, range.LastAddress), before.Value);
                continue;
            }

            if (joined is { } complete)
                yield return complete;
            joined = (range, value);
        }

        if (joined is { } last)
            yield return last;
    }
}
