using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Tests.Oracle;

/// <summary>An endpoint as the engine and as the oracle know it.</summary>
internal sealed record OracleEnd(int Index, OracleEndpoint Endpoint)
{
    public override string ToString() => Endpoint.Name;
}

/// <summary>The ends of connections that are asked about: all pods, and addresses in and around every block of the random policies.</summary>
internal static class OracleEnds
{
    private static readonly NetAddress[] Addresses =
    [
        .. "0.0.0.1 10.0.0.0 10.0.0.1 10.0.0.130 10.0.0.200 10.0.1.9 172.16.0.9 192.0.2.2 192.0.2.9 fd00::2 fd00::9 2001:db8::5".Split(' ')
            .Select(NetAddress.Parse),
    ];

    public static IEnumerable<(OracleEnd Source, OracleEnd Destination)> Pairs(ReachabilityMap map, RandomCluster cluster)
    {
        var pods = Pods(map, cluster);
        var ends = pods.Concat(Outside(map)).ToList();
        return from source in ends from destination in source.Endpoint.IsOutside ? pods : ends select (source, destination);
    }

    public static IReadOnlyList<OracleEnd> Pods(ReachabilityMap map, RandomCluster cluster)
    {
        var inCluster = OracleEndpoint.InCluster(cluster.Snapshot).ToDictionary(static endpoint => endpoint.Name);
        return [.. Enumerable.Range(0, map.Endpoints.PodCount).Select(i => new OracleEnd(i, inCluster[NameOf(map.Endpoints[i])]))];
    }

    public static IEnumerable<OracleEnd> Outside(ReachabilityMap map) =>
        Addresses.Select(address => new OracleEnd(map.Endpoints.IndexOfAddress(address), OracleEndpoint.Outside(address)));

    private static string NameOf(Endpoint endpoint) => $"{endpoint.Namespace}/{endpoint.Reference.Name}[{endpoint.Reference.Kind}]";
}
