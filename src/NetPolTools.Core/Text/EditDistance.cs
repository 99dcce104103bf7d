namespace NetPolTools.Text;

/// <summary>How far two words are from each other.</summary>
internal static class EditDistance
{
    // Labels and names are shorter.
    private const int LongestOnStack = 256;

    /// <summary>The least number of letters to insert, remove, replace or swap with the next.</summary>
    public static int Of(string a, string b)
    {
        // Three rows of the table of all beginnings of one word against all of the other: a swap looks two rows back.
        var width = b.Length + 1;
        Span<int> rows = 3 * width <= LongestOnStack ? stackalloc int[3 * width] : new int[3 * width];
        var before = rows[..width];
        var last = rows[width..(2 * width)];
        var row = rows[(2 * width)..];
        for (var j = 0; j < width; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j < width; j++)
            {
                var same = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }

            var next = before;
            before = last;
            last = row;
            row = next;
        }

        return last[b.Length];
    }
}
