using System.Diagnostics.CodeAnalysis;

namespace NetPolTools.Objects;

/// <summary>
/// Makes lists that every language can index and none can change. What a collection expression makes for a read-only list hides its indexer, and to
/// PowerShell <c>$policy.Ingress[0]</c> is then nothing; an array can be written to.
/// </summary>
internal static class Indexable
{
    [return: NotNullIfNotNull(nameof(list))]
    public static IReadOnlyList<T>? Of<T>(IReadOnlyList<T>? list) => list switch
    {
        null => null,
        FixedList<T> => list,
        { Count: 0 } => FixedList<T>.Empty,
        _ => new FixedList<T>([.. list]),
    };

    /// <summary>Of items that nobody else has: a large input has a list in every rule of every policy, and each copy costs.</summary>
    [return: NotNullIfNotNull(nameof(items))]
    public static FixedList<T>? Owned<T>(T[]? items) => items switch
    {
        null => null,
        { Length: 0 } => FixedList<T>.Empty,
        _ => new FixedList<T>(items),
    };
}
