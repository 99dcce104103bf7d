using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>What a peer stands for.</summary>
/// <param name="Certain">Those that every enforcer agrees on.</param>
/// <param name="PodsInBlock">Pods that only lie inside an ipBlock.</param>
internal readonly record struct PeerSet(IndexSet Certain, IndexSet PodsInBlock)
{
    public PeerSet(IndexSet certain)
        : this(certain, IndexSet.Empty)
    {
    }

    public PeerSet Union(PeerSet other) => new(Certain.Union(other.Certain), PodsInBlock.Union(other.PodsInBlock));
}
