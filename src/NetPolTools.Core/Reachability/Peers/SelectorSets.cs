using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>A selector with its label sets resolved; evaluating a range reads a few words. Immutable.</summary>
/// <param name="needed">For each requirement the sets of which one must have a thing.</param>
/// <param name="excluded">For each requirement the sets of which none may have it.</param>
/// <param name="count">All things.</param>
internal sealed class SelectorSets(IndexSet[][] needed, IndexSet[][] excluded, int count) : IWords
{
    /// <summary>What it picks among the things from <paramref name="start"/> up to, but not including, <paramref name="end"/>.</summary>
    public IndexSet Select(int start, int end)
    {
        IndexSet? picked = null;
        foreach (var sets in needed)
        {
            var any = Any(sets, start, end);
            picked = picked?.Intersect(any) ?? any;
            if (picked.IsEmpty)
                return picked;
        }

        picked ??= IndexSet.Range(start, end);
        foreach (var sets in excluded)
            picked = picked.Except(Any(sets, start, end));
        return picked;
    }

    /// <summary>The same, equal sets as one object.</summary>
    public IndexSet Select(int start, int end, IndexSetPool pool) =>
        IndexSetPool.IsFew(start, end) ? pool.Get(start, end, this) : pool.Get(Select(start, end));

    /// <inheritdoc cref="IWords.WordAt"/>
    public ulong WordAt(int position)
    {
        var word = ulong.MaxValue;
        foreach (var sets in needed)
            word &= AnyAt(sets, position);
        foreach (var sets in excluded)
            word &= ~AnyAt(sets, position);
        return word;
    }

    private static ulong AnyAt(IndexSet[] sets, int position)
    {
        var word = 0UL;
        foreach (var set in sets)
            word |= set.WordAt(position);
        return word;
    }

    private IndexSet Any(IndexSet[] sets, int start, int end)
    {
        var any = IndexSet.Empty;
        foreach (var set in sets)
            any = any.Union(start == 0 && end == count ? set : set.Slice(start, end));
        return any;
    }
}
