using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>Pods as the sets that they were found in, peer by peer: to put these together would cost more than all that is asked of them.</summary>
/// <param name="Parts">They may overlap.</param>
internal readonly record struct PodSets(IReadOnlyList<IndexSet> Parts)
{
    public bool IsEmpty
    {
        get
        {
            for (var i = 0; i < Parts.Count; i++)
            {
                if (!Parts[i].IsEmpty)
                    return false;
            }

            return true;
        }
    }

    public bool Overlaps(IndexSet other)
    {
        for (var i = 0; i < Parts.Count; i++)
        {
            if (Parts[i].Overlaps(other))
                return true;
        }

        return false;
    }

    /// <summary>All of them in one set.</summary>
    public IndexSet Together() => IndexSet.UnionOf(Parts);
}
