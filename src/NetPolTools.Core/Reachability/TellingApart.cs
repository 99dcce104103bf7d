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
    private readonly HashSet<IndexSet> _alone = new(ReferenceEqualityComparer.Instance);
    private readonly List<IndexSet> _inOrder = [];
    private readonly List<IndexSet[]> _unions = [];

    public void Add(IndexSet set)
    {
        if (!set.IsEmpty && _alone.Add(set))
            _inOrder.Add(set);
    }

    /// <param name="peers">Of one rule.</param>
    public void Add(PeerSet[] peers)
    {
        if (peers.Length == 1)
        {
            Add(peers[0].Certain);
            Add(peers[0].PodsInBlockOrEmpty);
            return;
        }

        Together(Array.ConvertAll(peers, static peer => peer.Certain));
        if (Array.Exists(peers, static peer => peer.PodsInBlock is { IsEmpty: false }))
            Together(Array.ConvertAll(peers, static peer => peer.PodsInBlockOrEmpty));
    }

    /// <summary>All of them, none twice.</summary>
    public IEnumerable<IndexSet> Sets()
    {
        foreach (var set in _inOrder)
            yield return set;
        foreach (var union in _unions.Select(Rest).Where(static rest => !rest.IsEmpty).Distinct())
            yield return union;
    }

    private void Together(IndexSet[] sets)
    {
        if (Array.TrueForAll(sets, static set => set.IsEmpty))
            return;
        if (sets.Length == 1)
            Add(sets[0]);
        else
            _unions.Add(sets);
    }

    private IndexSet Rest(IndexSet[] union)
    {
        var rest = IndexSet.Empty;
        foreach (var set in union)
        {
            if (!_alone.Contains(set))
                rest = rest.Or(set);
        }

        foreach (var set in union)
        {
            if (!rest.IsEmpty && _alone.Contains(set))
                rest = rest.AndNot(set);
        }

        return rest;
    }
}
