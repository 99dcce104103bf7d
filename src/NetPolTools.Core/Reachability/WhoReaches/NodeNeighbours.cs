namespace NetPolTools.Reachability;

/// <summary>Pairs of a hostNetwork pod, which speaks as its node, and the pods that this node runs, which it always reaches.</summary>
internal static class NodeNeighbours
{
    /// <summary>How many of these pairs policies would not allow.</summary>
    public static long CountDenied(ReachabilityMap map) =>
        Of(map, map.Endpoints.SelectableCount).LongCount(pair => map.Between(pair.Host, pair.Pod).IsEmpty);

    /// <summary>Each hostNetwork pod with each other pod that its node runs and reaches.</summary>
    /// <param name="map">Of the cluster.</param>
    /// <param name="podCount">Only the first so many endpoints count as the pods that are reached.</param>
    public static IEnumerable<(int Host, int Pod)> Of(ReachabilityMap map, int podCount)
    {
        var endpoints = map.Endpoints;
        if (endpoints.SelectableCount == endpoints.PodCount)
            yield break;
        var byNode = Enumerable.Range(0, podCount)
            .SelectMany(pod => KeysOf(endpoints[pod]).Select(key => (Key: key, Pod: pod)))
            .ToLookup(static entry => entry.Key, static entry => entry.Pod);
        for (var host = endpoints.SelectableCount; host < endpoints.PodCount; host++)
        {
            foreach (var pod in KeysOf(endpoints[host]).SelectMany(key => byNode[key]).Distinct())
            {
                if (pod != host && map.AreOnOneNode(host, pod) && map.NodeReaches(pod, host))
                    yield return (host, pod);
            }
        }
    }

    private static IEnumerable<object> KeysOf(Endpoint endpoint) =>
        endpoint.Spec.NodeName is { } node ? [node, .. endpoint.NodeAddresses.Cast<object>()] : endpoint.NodeAddresses.Cast<object>();
}
