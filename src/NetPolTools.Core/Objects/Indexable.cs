using System.Diagnostics.CodeAnalysis;

namespace NetPolTools.Objects;

/// <summary>
/// Lists that every language can index. What a collection expression makes for a read-only list hides its indexer, and to PowerShell
/// <c>$policy.Ingress[0]</c> is then nothing.
/// </summary>
internal static class Indexable
{
    [return: NotNullIfNotNull(nameof(list))]
    public static IReadOnlyList<T>? Of<T>(IReadOnlyList<T>? list) => list is null or T[] or List<T> ? list : list.ToArray();
}
