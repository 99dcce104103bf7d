using System.Collections.Immutable;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// Collects the sets by which classes are split: the subjects of policies, and the union of each rule's peers.
/// </summary>
/// <remarks>
/// Where a peer set P is also the only peer of some rule, P splits the classes anyway, and of a union P ∪ Q only the rest Q without P is left to split by. This
/// matters for large sets: if a thousand namespaces allow "all web pods of production, and my own pods", their unions are a thousand different large sets,
/// but the rests are the thousand small sets of own pods.
/// </remarks>
internal sealed class ClassSplitters
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

    public void Add(EndpointMatch match)
    {
        Add(match.Must);
        Add(match.May);
    }

    /// <param name="peers">Of one rule.</param>
    public void Add(ImmutableArray<EndpointMatch> peers)
    {
        if (peers.Length == 1)
            Add(peers[0]);
        else
            Add([.. peers.Select(static peer => new PeerSet(peer.Must, peer.May))]);
    }

    /// <param name="peers">Of one rule: the unions of either kind of set are what splits.</param>
    public void Add(PeerSet[] peers)
    {
        if (peers.Length > 1)
        {
            _unions.Add(peers);
            return;
        }

        foreach (var (certain, inBlock) in peers)
        {
            Add(certain);
            Add(inBlock);
        }
    }

    /// <summary>All that was collected, each object once; a few may be equal.</summary>
    public static List<IndexSet> Sets(IReadOnlyList<ClassSplitters> parts, CancellationToken cancellation)
    {
        var alone = new HashSet<IndexSet>(ReferenceEqualityComparer.Instance);
        var sets = new List<IndexSet>();
        foreach (var set in parts.SelectMany(static part => part._alone))
        {
            if (alone.Add(set))
                sets.Add(set);
        }

        PeerSet[][] unions = [.. parts.SelectMany(static part => part._unions)];
        var bounds = ParallelParts.Bounds(unions.Length, FewestUnions);
        var rests = new HashSet<IndexSet>[bounds.Length - 1];
        ParallelParts.ForEachPart(
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
                rest = rest.Union(which(peers));
        }

        foreach (var peers in union)
        {
            if (!rest.IsEmpty && alone.Contains(which(peers)))
                rest = rest.Except(which(peers));
        }

        return rest;
    }
}
