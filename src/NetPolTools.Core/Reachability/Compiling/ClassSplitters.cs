using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Collects the sets whose members policies treat differently from others. What a rule speaks of is all of its peers together: whoever is in any of
/// them is in all of it.
/// </summary>
/// <remarks>
/// Peers that a thousand namespaces name, such as all web pods of production, are large, and their unions with the peers beside them would be a thousand
/// different large sets. Where such a peer also stands alone somewhere, it tells its members apart anyway, and only the rest of each union adds to that.
/// </remarks>
internal sealed class TellingApart
{
    private const int FewestUnions = 1024;

    private readonly HashSet<IndexSet> _known = new(ReferenceEqualityComparer.Instance);
    private readonly List<IndexSet> _alone = [];
    private readonly List<PeerSet[]> _unions = [];

    public void Add(IndexSet set)
    {
        if (!set.IsEmpty && _known.Add(set))
            _alone.Add(set);
    }

    /// <param name="peers">Of one rule.</param>
    public void Add(PeerSet[] peers)
    {
        if (peers.Length > 1)
        {
            _unions.Add(peers);
            return;
        }

        Add(peers[0].Certain);
        Add(peers[0].PodsInBlock);
    }

    /// <summary>All that was collected, each object once; a few may be equal.</summary>
    public static List<IndexSet> Sets(IReadOnlyList<TellingApart> parts, CancellationToken cancellation)
    {
        var alone = new HashSet<IndexSet>(ReferenceEqualityComparer.Instance);
        var sets = new List<IndexSet>();
        foreach (var set in parts.SelectMany(static part => part._alone))
        {
            if (alone.Add(set))
                sets.Add(set);
        }

        PeerSet[][] unions = [.. parts.SelectMany(static part => part._unions)];
        var bounds = SideBySide.Bounds(unions.Length, FewestUnions);
        var rests = new HashSet<IndexSet>[bounds.Length - 1];
        SideBySide.ForEachPart(
            rests.Length,
            part =>
            {
                rests[part] = [];
                for (var i = bounds[part]; i < bounds[part + 1]; i++)
                {
                    rests[part].Add(Rest(unions[i], alone, static peers => peers.Certain));
                    rests[part].Add(Rest(unions[i], alone, static peers => peers.PodsInBlock));
                }
            },
            cancellation);
        sets.AddRange(rests.SelectMany(static some => some).Where(static rest => !rest.IsEmpty).Distinct());
        return sets;
    }

    /// <summary>What a union adds to the sets that stand alone.</summary>
    private static IndexSet Rest(PeerSet[] union, HashSet<IndexSet> alone, Func<PeerSet, IndexSet> which)
    {
        var rest = IndexSet.Empty;
        foreach (var peers in union)
        {
            if (!alone.Contains(which(peers)))
                rest = rest.Or(which(peers));
        }

        foreach (var peers in union)
        {
            if (!rest.IsEmpty && alone.Contains(which(peers)))
                rest = rest.AndNot(which(peers));
        }

        return rest;
    }
}
