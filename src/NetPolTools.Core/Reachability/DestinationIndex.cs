using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>What a question about many destinations needs beyond the rule sets. Made once for a map, when the first such question is asked.
/// Immutable.</summary>
internal sealed class DestinationIndex
{
    private readonly Lazy<InvertedGrants<IngressGrantors>> _ingressGrantors;
    private readonly Lazy<OwnPeersIndex?> _ownPeers;

    public DestinationIndex(ReachabilityMap map)
    {
        NotIsolated = map.ClassesWhere(representative => map.IngressOf(representative) is null);
        _ingressGrantors = new Lazy<InvertedGrants<IngressGrantors>>(() => new InvertedGrants<IngressGrantors>(
            map.Ingress,
            map.Classes,
            map.Endpoints.Count,
            static (grants, unions) => new IngressGrantors(grants, unions)));
        _ownPeers = new Lazy<OwnPeersIndex?>(() => OwnPeersIndex.Of(map.Ingress, map.Classes));
    }

    /// <summary>Classes that no policy isolates for ingress, addresses outside among them.</summary>
    public IndexSet NotIsolated { get; }

    /// <summary>For a class, the subjects whose ingress rules name it as a peer.</summary>
    public InvertedGrants<IngressGrantors> IngressGrantors => _ingressGrantors.Value;

    /// <summary>For a class, the subjects whose shared ingress rules say nothing of it; null where there are none for any class.</summary>
    public OwnPeersIndex? OwnPeers => _ownPeers.Value;
}
