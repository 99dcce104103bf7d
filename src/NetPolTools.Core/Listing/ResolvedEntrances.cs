using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Services;

namespace NetPolTools.Listing;

/// <summary>Which pods Ingresses and routes lead to, and which pods may serve them. The same for every listing of one map. Immutable.</summary>
internal sealed class ResolvedEntrances
{
    private readonly List<(Entrance Entrance, EntranceTargets Targets, int[] Serving)> _all = [];

    public ResolvedEntrances(ReachabilityMap map)
    {
        if (map.Snapshot.Entrances.Count == 0)
            return;
        var resolver = new EntranceResolver(new ServiceResolver(map.Snapshot, map.Endpoints));
        var controllers = new KnownControllers(map.Endpoints);
        foreach (var entrance in map.Snapshot.Entrances)
            _all.Add((entrance, resolver.Resolve(entrance), [.. controllers.PodsServing(entrance)]));
    }

    /// <summary>Each with what it leads to and the pods that may serve it, in the order of the snapshot.</summary>
    public IReadOnlyList<(Entrance Entrance, EntranceTargets Targets, int[] Serving)> All => _all;

    /// <summary>What of them leads nowhere.</summary>
    public IEnumerable<Diagnostic> Problems => _all.SelectMany(static entrance => entrance.Targets.Problems);

    /// <summary>Every pod that any of them leads to or is served by.</summary>
    public IEnumerable<int> Pods => _all.SelectMany(static entrance => entrance.Targets.Pods.Select(static pod => pod.Endpoint).Concat(entrance.Serving));
}
