using System.Collections.Immutable;

namespace NetPolTools.Policies;

/// <summary>The paths of a list's items, such as <c>from[0]</c>. Thousands of policies have the same first few: one text for each will do.</summary>
/// <param name="list">The path of the list.</param>
internal sealed class ItemPaths(string list)
{
    private const int Kept = 8;

    private readonly ImmutableArray<string> _first = [.. Enumerable.Range(0, Kept).Select(item => Of(list, item))];

    /// <summary>The path of the list itself.</summary>
    public string List => list;

    /// <param name="item">From 0.</param>
    public string this[int item] => item < Kept ? _first[item] : Of(list, item);

    private static string Of(string list, int item) => $"{list}[{item}]";
}
