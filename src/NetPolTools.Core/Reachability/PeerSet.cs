using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>What peers stand for: those that every enforcer agrees on, and pods that only lie inside an ipBlock.</summary>
internal sealed record PeerSet(IndexSet Certain, IndexSet? PodsInBlock = null)
{
    public IndexSet PodsInBlockOrEmpty => PodsInBlock ?? IndexSet.Empty;

    public PeerSet Or(PeerSet other) => new(
        Certain.Or(other.Certain),
        PodsInBlock is null && other.PodsInBlock is null ? null : PodsInBlockOrEmpty.Or(other.PodsInBlockOrEmpty));
}
