using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>What a peer stands for: those that every enforcer agrees on, and pods that only lie inside an ipBlock.</summary>
internal sealed class PeerSet(IndexSet certain, IndexSet? podsInBlock = null)
{
    public IndexSet Certain { get; } = certain;

    public IndexSet? PodsInBlock { get; } = podsInBlock;

    public IndexSet PodsInBlockOrEmpty => PodsInBlock ?? IndexSet.Empty;

    public PeerSet Or(PeerSet other) => new(
        Certain.Or(other.Certain),
        PodsInBlock is null && other.PodsInBlock is null ? null : PodsInBlockOrEmpty.Or(other.PodsInBlockOrEmpty));
}
