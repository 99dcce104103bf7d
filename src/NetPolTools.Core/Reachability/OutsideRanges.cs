using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// The ranges of addresses of a cluster for rules that name some of them: those between two that are named are the same to these rules, and are one range. Of
/// tens of thousands of ranges, most rules name few.
/// </summary>
internal static class OutsideRanges
{
    /// <summary>In order.</summary>
    /// <param name="endpoints">Of the cluster.</param>
    /// <param name="named">The numbers of the ranges that rules name.</param>
    /// <param name="leftOut">The numbers of ranges that are not meant. Inside of a range that is not named they do not count.</param>
    public static IEnumerable<OutsideRange> Of(EndpointTable endpoints, IndexSet named, IndexSet leftOut)
    {
        var (ranges, first) = (endpoints.Addresses.Ranges, endpoints.PodCount);
        var firstOfIPv6 = endpoints.Addresses.FirstOfIPv6;
        var next = 0;
        foreach (var endpoint in named)
        {
            foreach (var between in Between(next, endpoint - first))
                yield return between;
            if (!leftOut.Contains(endpoint))
                yield return new OutsideRange(ranges[endpoint - first], endpoint, true);
            next = endpoint - first + 1;
        }

        foreach (var rest in Between(next, ranges.Count))
            yield return rest;

        IEnumerable<OutsideRange> Between(int start, int end)
        {
            while (start < end && leftOut.Contains(first + start))
                start++;
            while (start < end && leftOut.Contains(first + end - 1))
                end--;
            if (start == end)
                return [];
            if (ranges[start].Family == ranges[end - 1].Family)
                return [new OutsideRange(new AddressRange(ranges[start].FirstAddress, ranges[end - 1].LastAddress), first + start, false)];
            return [.. Between(start, firstOfIPv6), .. Between(firstOfIPv6, end)];
        }
    }
}

/// <summary>One of them.</summary>
/// <param name="Range">The addresses.</param>
/// <param name="Endpoint">The number of the first of the cluster's ranges in it.</param>
/// <param name="IsNamed">Whether rules name it.</param>
/// <remarks>No struct: lists of those are not compiled ahead, and a first answer would wait for them.</remarks>
internal sealed record OutsideRange(AddressRange Range, int Endpoint, bool IsNamed);
