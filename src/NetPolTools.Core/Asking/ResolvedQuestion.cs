using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Asking;

/// <summary>May any of some endpoints reach any of others?</summary>
/// <param name="Map">Of the cluster.</param>
/// <param name="SourceAddress">The one outside address that is the source; null where it is anything else.</param>
/// <param name="DestinationAddress">The same for the destination.</param>
/// <param name="Ports">Only these count.</param>
/// <param name="Service">What the destinations are behind; null where they are asked about themselves.</param>
internal readonly record struct ResolvedQuestion(
    ReachabilityMap Map, NetAddress? SourceAddress, NetAddress? DestinationAddress, PortSet Ports, ServiceDestinations? Service)
{
    public ReachabilityAnswer Ask(int[] sources, int[] destinations)
    {
        if (sources is [var onlySource] && destinations is [var onlyDestination])
            return Ask(onlySource, onlyDestination);
        ReachabilityAnswer? denied = null;
        foreach (var (source, destination) in Pairs(Map, sources, destinations, arePodsAlike: Service is null))
        {
            // That each pod reaches itself is no answer to whether some reach others.
            if (source == destination && Service is null && !Map.Endpoints[source].MayHaveReplicas)
                continue;
            var answer = Ask(source, destination);
            if (answer.IsAllowed)
                return answer;
            denied ??= answer;
        }

        return denied!;
    }

    private ReachabilityAnswer Ask(int source, int destination)
    {
        // Through the address of a Service, policies apply to a pod that reaches itself as to any other.
        var because = source == destination && Service is { AreOwnAddresses: false } ? null : WithoutPolicies(source, destination);
        var ports = because is null ? Map.Between(source, destination) : PortSet.All;
        var allowed = ports.Intersect(Ports).Intersect(Service?.Ports[destination] ?? PortSet.All);
        return new ReachabilityAnswer(!allowed.IsEmpty, allowed, (source, destination), because);
    }

    /// <summary>Why no policy is asked; null where policies decide.</summary>
    private string? WithoutPolicies(int source, int destination)
    {
        if (source == destination && !Map.Endpoints[source].MayHaveReplicas)
            return "a pod always reaches itself";
        return IsOwnNode(source, destination, DestinationAddress) || IsOwnNode(destination, source, SourceAddress)
            ? "a pod and the node it runs on always reach each other"
            : null;
    }

    private bool IsOwnNode(int pod, int other, NetAddress? otherAddress)
    {
        // Two pods that policies can select: neither is a node.
        if (pod >= Map.Endpoints.SelectableCount || other < Map.Endpoints.SelectableCount)
            return false;
        return other >= Map.Endpoints.PodCount
            ? otherAddress is { } address && Map.Endpoints[pod].NodeAddresses.Contains(address)
            : Map.AreOnOneNode(pod, other);
    }

    /// <summary>
    /// Every pair of ends that may differ: one of each class where no node is in play, two different pods rather than one with itself where possible.
    /// A Service may serve pods of a class on different ports.
    /// </summary>
    private static IEnumerable<(int Source, int Destination)> Pairs(ReachabilityMap map, int[] sources, int[] destinations, bool arePodsAlike)
    {
        var onNodes = sources.Concat(destinations).Any(end => end >= map.Endpoints.SelectableCount);
        if (onNodes || !arePodsAlike)
            return sources.SelectMany(source => destinations.Select(destination => (source, destination)));
        return sources.GroupBy(map.Classes.Of).SelectMany(ofSource => destinations.GroupBy(map.Classes.Of).Select(ofDestination =>
        {
            var source = ofSource.First();
            var destination = ofDestination.FirstOrDefault(other => other != source, source);
            return (ofSource.FirstOrDefault(other => other != destination, source), destination);
        }));
    }
}
