using System.Collections.ObjectModel;

namespace NetPolTools.Output;

/// <summary>A list that reads as text where text is wanted, as in a cell of CSV or HTML, and that no script can change.</summary>
/// <typeparam name="T">Each reads as text.</typeparam>
public sealed class NetPolList<T> : ReadOnlyCollection<T>
{
    private readonly string _separator;

    internal NetPolList(IEnumerable<T> items, string separator)
        : base([.. items])
    {
        _separator = separator;
    }

    /// <summary>As Count; for scripts that take it for an array.</summary>
    public int Length => Count;

    public override string ToString() => string.Join(_separator, this);
}

/// <summary>Makes lists for output.</summary>
internal static class NetPolList
{
    /// <summary>Shared, since most connections have no notes.</summary>
    public static readonly NetPolList<string> Empty = new([], ", ");

    /// <summary>Names, which hold no comma.</summary>
    public static NetPolList<string> Names(IEnumerable<string> names) => new(names, ", ");

    /// <summary>Sentences; none for most lines of a listing.</summary>
    public static NetPolList<string> Notes(IReadOnlyCollection<string> notes) => notes.Count == 0 ? Empty : Texts(notes);

    /// <summary>Sentences, or anything else that may hold a comma.</summary>
    public static NetPolList<T> Texts<T>(IEnumerable<T> texts) => new(texts, "; ");
}
