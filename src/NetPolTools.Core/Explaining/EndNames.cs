using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Explaining;

/// <summary>What reasons call an end.</summary>
/// <param name="Name">The workload or pod as <c>namespace/name</c>, or addresses.</param>
/// <param name="WithoutPolicies">Of addresses, why no policy is about them as a subject; null for pods.</param>
internal readonly record struct EndName(string Name, string? WithoutPolicies = null);

/// <summary>Names ends as listings do. Not thread safe.</summary>
internal sealed class EndNames(ReachabilityMap map)
{
    private Dictionary<ObjectReference, bool>? _areAlike;

    /// <summary>As a listing by workload names it: a pod that policies tell from others of its workload by its own name.</summary>
    public EndName NameOf(int endpoint)
    {
        if (endpoint == map.Endpoints.UnknownPod)
            return new EndName("the ingress controller");
        if (map.Endpoints.NamedAt(endpoint) is { } named)
            return new EndName(named.ToString(), $"{named} has no policies in the input");
        if (endpoint >= map.Endpoints.PodCount)
            return OfAddresses(map.Endpoints.Addresses.Ranges[endpoint - map.Endpoints.PodCount]);
        var known = map.Endpoints[endpoint];
        return new EndName($"{known.Namespace}/{(known.PodName is { } pod && !AreAlike(known.Owner) ? pod : known.Owner.Name)}");
    }

    /// <summary>As a line names it.</summary>
    /// <param name="end">Of a line.</param>
    /// <param name="endpoint">An endpoint that it stands for.</param>
    public EndName NameOf(ConnectionEnd end, int endpoint)
    {
        if (endpoint >= map.Endpoints.UnknownPod)
            return NameOf(endpoint);
        if (end.Addresses is { } addresses)
            return OfAddresses(addresses);
        return new EndName($"{end.Namespace}/{end.Name}");
    }

    private EndName OfAddresses(AddressRange range) => range.IsSingle ? OfAddresses(range.ToString()) : Outside(range.ToCidrOrRange());

    /// <summary>Several addresses, and names for all there are, are of nobody in particular.</summary>
    private EndName OfAddresses(string addresses)
    {
        if (!NetAddress.TryParse(addresses, out var address))
            return Outside(addresses);
        return map.ServiceAddresses.TryGetValue(address, out var service) ? Owned($"{service.Reference} ({address})")
            : map.Nodes.NameOf(address) is { } node ? Owned($"node {node} ({address})")
            : map.Nodes.Addresses.Contains(address) ? Owned($"the node with the address {address}")
            : Outside(addresses);
    }

    private static EndName Owned(string name) => new(name, $"{name} has no policies of its own");

    private static EndName Outside(string addresses) => new(addresses, "outside the cluster no policy applies");

    private bool AreAlike(ObjectReference owner)
    {
        _areAlike ??= Enumerable.Range(0, map.Endpoints.PodCount)
            .GroupBy(i => map.Endpoints[i].Owner)
            .ToDictionary(static members => members.Key, members => EndpointGroup.AreAlike(map, [.. members]));
        return _areAlike[owner];
    }
}
