namespace NetPolTools.Causes;

/// <summary>
/// Finds few changes that make a difference: once they are undone, the difference is gone. One of them where one is enough, all such; otherwise two; otherwise
/// a set of which each member is needed (delta debugging, Zeller and Hildebrandt 2002).
/// </summary>
/// <param name="count">How many changes there are; without all of them the difference is gone.</param>
/// <param name="bringsBack">Whether the difference is gone once some changes are undone.</param>
internal sealed class CauseSearch(int count, Func<IReadOnlyCollection<int>, bool> bringsBack)
{
    /// <summary>Up to so many, each is tried by itself, and twice as many pairs of them at most.</summary>
    private const int MostSingles = 200;
    private const int MostPairs = 20;

    /// <summary>The sets found, each of which makes the difference alone: several of one change each, or one of several.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Find(out bool isSmallest)
    {
        isSmallest = count <= MostSingles;
        if (isSmallest)
        {
            IReadOnlyList<int>[] singles = [.. Enumerable.Range(0, count).Where(i => bringsBack([i])).Select(static i => new[] { i })];
            if (singles.Length > 0)
                return singles;
        }

        var found = Minimal();
        if (found.Count == 1)
        {
            isSmallest = true;
            return [found];
        }

        if (found.Count == 2 || count > MostPairs)
        {
            isSmallest &= found.Count == 2;
            return [found];
        }

        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                if (bringsBack([i, j]))
                    return [[i, j]];
            }
        }

        // A set of three of which each is needed is a smallest one where no two are enough.
        isSmallest = found.Count == 3;
        return [found];
    }

    private List<int> Minimal()
    {
        List<int> rest = [.. Enumerable.Range(0, count)];
        for (var parts = 2; rest.Count > 1;)
        {
            var isSmaller = false;
            foreach (var part in rest.Chunk((rest.Count + parts - 1) / parts))
            {
                List<int> others = [.. rest.Except(part)];
                if (bringsBack(part))
                    (rest, parts, isSmaller) = ([.. part], 2, true);
                else if (parts > 2 && bringsBack(others))
                    (rest, parts, isSmaller) = (others, parts - 1, true);
                if (isSmaller)
                    break;
            }

            if (isSmaller)
                continue;
            if (parts >= rest.Count)
                break;
            parts = Math.Min(parts * 2, rest.Count);
        }

        return rest;
    }
}
