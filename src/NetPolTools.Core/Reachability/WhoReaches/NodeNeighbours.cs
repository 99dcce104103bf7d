namespace NetPolTools.Reachability;

/// <summary>Pairs of a hostNetwork pod, which speaks as its node, and the pods that this node runs, which it always reaches.</summary>
internal static class NodeNeighbours
{
    /// <summary>How many of these pairs policies would not allow.</summary>
    public static long CountDenied(ReachabilityMap map)
    {
        var endpoints = map.Endpoints;
        if (endpoints.SelectableCount == endpoints.PodCount)
            return 0;
        var byNode = Enumerable.Range(0, endpoints.SelectableCount)
            .SelectMany(pod => KeysOf(endpoints[pod]).Select(key => (Key: key, Pod: pod)))
            .ToLookup(static entry => entry.Key, static entry => entry.Pod);
        var denied = 0L;
        for (var host = endpoints.SelectableCount; host < endpoints.PodCount; host++)
        {
            foreach (var pod in KeysOf(endpoints[host]).SelectMany(key => byNode[key]).Distinct())
            {
                if (!map.AreOnOneNode(host, pod) || !map.NodeReaches(pod, host))
                    continue;
                denied += map.Between(host, pod).IsEmpty ? 1 : 0;
            }
        }

        return denied;
    }

    private static IEnumerable<object> KeysOf(Endpoint endpoint) =>
        endpoint.Spec.NodeName is { } node ? [node, .. endpoint.NodeAddresses.Cast<object>()] : endpoint.NodeAddresses.Cast<object>();
}
