using System.Collections.ObjectModel;

namespace NetPolTools.Objects;

/// <summary>
/// A list that no one can change, that every language can index and that reads as text where text is wanted, as in a cell of CSV.
/// </summary>
/// <typeparam name="T">Each reads as text.</typeparam>
public sealed class FixedList<T> : ReadOnlyCollection<T>
{
    /// <summary>The list of nothing.</summary>
    public static new readonly FixedList<T> Empty = new([]);

    internal FixedList(T[] items)
        : base(items)
    {
    }

    /// <summary>Names with commas between them; what may hold a comma itself with semicolons.</summary>
    public override string ToString() => this switch
    {
        IEnumerable<KeyValuePair<string, string>> pairs => string.Join(", ", pairs.Select(static pair => $"{pair.Key}={pair.Value}")),
        IEnumerable<string> names => string.Join(", ", names),
        _ => string.Join("; ", this),
    };
}
