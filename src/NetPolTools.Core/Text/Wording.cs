namespace NetPolTools.Text;

/// <summary>Numbers and names within sentences.</summary>
public static class Wording
{
    /// <summary><c>1 pod</c>, <c>2 pods</c>, <c>0 pods</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">What one of them is called.</param>
    /// <param name="several">What several are called; by rule where null.</param>
    public static string Count(int count, string one, string? several = null) => count == 1 ? $"1 {one}" : $"{count} {several ?? Plural(one)}";

    /// <summary><c>pods</c>, <c>policies</c>, <c>classes</c>: the regular plural of a noun.</summary>
    public static string Plural(string one) => one switch
    {
        [.., var before, 'y'] when !"aeiou".Contains(before) => one[..^1] + "ies",
        [.., 's'] or [.., 'x'] or [.., 's', 'h'] or [.., 'c', 'h'] => one + "es",
        _ => one + "s",
    };

    /// <summary><c>a, b, c and 4 more</c>.</summary>
    /// <param name="names">The first of them, or all.</param>
    /// <param name="most">How many to name.</param>
    /// <param name="count">How many there are; as many as names where null.</param>
    public static string List(IReadOnlyCollection<string> names, int most, int? count = null)
    {
        var shown = Math.Min(names.Count, most);
        var more = (count ?? names.Count) - shown;
        return string.Join(", ", names.Take(shown)) + (more > 0 ? $" and {more} more" : "");
    }
}
