namespace NetPolTools.Linting;

/// <summary>Sorts what consists of few runs that are sorted already: their merging looks at each item a few times only.</summary>
internal static class Runs
{
    /// <summary>The items in order; those that are equal stay as they are.</summary>
    /// <param name="items">Not kept as they are.</param>
    /// <param name="compare">As comparers do.</param>
    public static T[] Merge<T>(T[] items, Comparison<T> compare)
    {
        var ends = Ends(items, compare);
        var from = items;
        var to = ends.Count > 1 ? new T[items.Length] : [];
        while (ends.Count > 1)
        {
            var (start, merged) = (0, new List<int>((ends.Count + 1) / 2));
            for (var i = 0; i < ends.Count; i += 2)
            {
                var (middle, end) = (ends[i], ends[Math.Min(i + 1, ends.Count - 1)]);
                Merge(from, to, start, middle, end, compare);
                merged.Add(start = end);
            }

            (from, to, ends) = (to, from, merged);
        }

        return from;
    }

    /// <summary>Where each run ends.</summary>
    private static List<int> Ends<T>(T[] items, Comparison<T> compare)
    {
        var ends = new List<int>();
        for (var i = 1; i < items.Length; i++)
        {
            if (compare(items[i - 1], items[i]) > 0)
                ends.Add(i);
        }

        ends.Add(items.Length);
        return ends;
    }

    private static void Merge<T>(T[] from, T[] to, int start, int middle, int end, Comparison<T> compare)
    {
        var (a, b) = (start, middle);
        for (var i = start; i < end; i++)
            to[i] = a < middle && (b >= end || compare(from[a], from[b]) <= 0) ? from[a++] : from[b++];
    }
}
