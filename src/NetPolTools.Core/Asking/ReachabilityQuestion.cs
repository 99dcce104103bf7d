using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Reading;
using NetPolTools.Sets;

namespace NetPolTools.Asking;

/// <summary>May A reach B? Asked of two ends that are named exactly, unlike a listing.</summary>
public static class ReachabilityQuestion
{
    private const int MostCandidates = 5;

    /// <summary>
    /// Whether anything that <paramref name="from"/> names may reach anything that <paramref name="to"/> names, on any of the ports.
    /// </summary>
    /// <param name="map">Of the cluster.</param>
    /// <param name="from">One workload or pod, a namespace as <c>name/*</c>, a label selector, an address or a block.</param>
    /// <param name="to">As <paramref name="from"/>, or a Service, which stands for what is behind it on its target ports.</param>
    /// <param name="ports">Ports of the destination.</param>
    /// <param name="problems">Where a name matches nothing, or several workloads, with that name; then there is no answer.</param>
    /// <returns>Null when there is no answer.</returns>
    public static ReachabilityAnswer? Ask(
        ReachabilityMap map, EndpointPattern from, EndpointPattern to, PortSet ports, out IReadOnlyList<(EndpointPattern Name, Diagnostic Problem)> problems)
    {
        var found = new List<(EndpointPattern Name, Diagnostic Problem)>();
        var sources = Resolve(map, from, found);
        var service = to.IsService ? ServiceDestinations.Resolve(map, to, found) : null;
        var destinations = service is null ? Resolve(map, to, found) : [.. service.Ports.Keys];
        if (sources.All(source => source >= map.Endpoints.PodCount) && destinations.All(destination => destination >= map.Endpoints.PodCount) && found.Count == 0)
        {
            found.Add((from, new Diagnostic(
                DiagnosticId.NoMatch, DiagnosticSeverity.Error, $"{from} and {to} both lie outside the cluster; NetworkPolicies say nothing about them.")));
        }

        problems = found;
        return found.Count > 0 ? null : Ask(map, from, to, sources, destinations, ports, service);
    }

    private static ReachabilityAnswer Ask(
        ReachabilityMap map,
        EndpointPattern from,
        EndpointPattern to,
        int[] sources,
        int[] destinations,
        PortSet asked,
        ServiceDestinations? service)
    {
        // Outside, only an address that is asked about by itself can be that of a pod's node.
        var sourceAddress = AddressOf(from, sources, map);
        var destinationAddress = AddressOf(to, destinations, map);
        ReachabilityAnswer? denied = null;
        var isAboutOne = sources is [var one] && destinations is [var same] && one == same;
        foreach (var (source, destination) in Pairs(map, sources, destinations, arePodsAlike: service is null))
        {
            // That each pod reaches itself is no answer to whether some reach others.
            if (source == destination && !isAboutOne && service is null && !map.Endpoints[source].MayHaveReplicas)
                continue;

            // Through the address of a Service, policies apply to a pod that reaches itself as to any other.
            var (ports, because) = source == destination && service is { AreOwnAddresses: false }
                ? (map.Between(source, destination), null)
                : Between(map, source, destination, sourceAddress, destinationAddress);
            var allowed = ports.Intersect(asked).Intersect(service?.Ports[destination] ?? PortSet.All);
            var answer = new ReachabilityAnswer(!allowed.IsEmpty, allowed, (source, destination), because);
            if (answer.IsAllowed)
                return answer;
            denied ??= answer;
        }

        return denied!;
    }

    private static (PortSet Ports, string? Because) Between(
        ReachabilityMap map, int source, int destination, NetAddress? sourceAddress, NetAddress? destinationAddress)
    {
        if (source == destination && !map.Endpoints[source].MayHaveReplicas)
            return (PortSet.All, "a pod always reaches itself");
        if (IsOwnNode(map, source, destination, destinationAddress) || IsOwnNode(map, destination, source, sourceAddress))
            return (PortSet.All, "a pod and the node it runs on always reach each other");
        return (map.Between(source, destination), null);
    }

    private static bool IsOwnNode(ReachabilityMap map, int pod, int other, NetAddress? otherAddress)
    {
        if (pod >= map.Endpoints.SelectableCount)
            return false;
        return other >= map.Endpoints.PodCount
            ? otherAddress is { } address && map.Endpoints[pod].NodeAddresses.Contains(address)
            : map.Endpoints[other].IsHostNetwork && map.AreOnOneNode(pod, other);
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

    private static NetAddress? AddressOf(EndpointPattern pattern, int[] ends, ReachabilityMap map) =>
        pattern.Addresses is { } range && range.First == range.Last && ends is [var only] && only >= map.Endpoints.PodCount
            ? new NetAddress(range.Family, range.First)
            : null;

    private static int[] Resolve(ReachabilityMap map, EndpointPattern pattern, List<(EndpointPattern Name, Diagnostic Problem)> problems)
    {
        var pods = Enumerable.Range(0, map.Endpoints.PodCount).Where(i => pattern.Matches(map.Endpoints[i])).ToArray();
        if (pattern.Addresses is { } addresses)
        {
            var isOnePod = addresses.First == addresses.Last && pods.Any(pod => pod < map.Endpoints.SelectableCount);
            return isOnePod ? pods : [.. pods, .. map.Endpoints.IndexesOfAddresses(addresses)];
        }

        if (pods.Length == 0)
        {
            problems.Add((pattern, new Diagnostic(
                DiagnosticId.NoMatch,
                DiagnosticSeverity.Error,
                $"'{pattern}' matches nothing in {pattern.Place}; expected a workload or pod as name, namespace/name or kind/name, a namespace as name/*, a label selector, an IP address or a CIDR block.")));
        }
        else if (pattern.NamesOne && pods.Select(pod => map.Endpoints[pod].Workload).Distinct().ToArray() is { Length: > 1 } owners)
        {
            var more = owners.Length > MostCandidates ? $" and {owners.Length - MostCandidates} more" : "";
            problems.Add((pattern, new Diagnostic(
                DiagnosticId.AmbiguousName,
                DiagnosticSeverity.Error,
                $"'{pattern}' matches several workloads: {string.Join(", ", owners.Take(MostCandidates))}{more}; expected one, or a namespace as name/*.")));
        }

        return pods;
    }
}
