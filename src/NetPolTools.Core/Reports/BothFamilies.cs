using NetPolTools.Listing;
using NetPolTools.Sets;

namespace NetPolTools.Reports;

/// <summary>Lines for people: where all of IPv4 and all of IPv6 follow one another with the same to say, they are one line.</summary>
internal static class BothFamilies
{
    private static readonly string AnyIPv4 = AddressRange.AllIPv4.ToString();
    private static readonly string AnyIPv6 = AddressRange.AllIPv6.ToString();

    /// <param name="lines">In the order of a listing.</param>
    /// <param name="endsOf">The ends of a line.</param>
    /// <param name="with">The line with other ends.</param>
    /// <param name="isSame">Whether two lines of the same ends say the same.</param>
    public static IEnumerable<T> Join<T>(
        IEnumerable<T> lines,
        Func<T, (ConnectionEnd Source, ConnectionEnd Destination)> endsOf,
        Func<T, ConnectionEnd, ConnectionEnd, T> with,
        Func<T, T, bool> isSame)
        where T : class
    {
        T? held = null;
        foreach (var line in lines)
        {
            if (held is not null)
            {
                if (Anyone(line, AnyIPv6) is { } joined && Anyone(held, AnyIPv4) is { } before && endsOf(joined) == endsOf(before) && isSame(joined, before))
                {
                    yield return joined;
                    held = null;
                    continue;
                }

                yield return held;
                held = null;
            }

            if (Anyone(line, AnyIPv4) is not null)
                held = line;
            else
                yield return line;
        }

        if (held is not null)
            yield return held;

        T? Anyone(T line, string addresses)
        {
            var (source, destination) = endsOf(line);
            if (source.Addresses == addresses)
                return with(line, ConnectionEnd.Outside(AddressWords.Anywhere), destination);
            return destination.Addresses == addresses ? with(line, source, ConnectionEnd.Outside(AddressWords.Anywhere)) : null;
        }
    }
}
