using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring.Denying;

/// <summary>
/// Lets pods reach the API server. It is no pod that a selector could pick: its addresses are those behind the Service default/kubernetes, on the
/// port it really listens on, which is what policies see once the Service's own address has been translated.
/// </summary>
internal static class ApiServerException
{
    /// <summary>Where API servers listen: managed clusters mostly on the first, kubeadm and its like on the second.</summary>
    private static readonly ImmutableArray<int> UsualPorts = [443, 6443];

    /// <param name="addresses">Addresses or CIDR blocks; empty for those that the input names.</param>
    /// <param name="ports">Of those addresses, 1-65535; empty for those that the input names, and 443 and 6443 of addresses given.</param>
    /// <param name="cluster">The input.</param>
    /// <returns>Null when neither names an address.</returns>
    public static DenyException? Of(IReadOnlyList<string> addresses, IReadOnlyList<int> ports, ClusterSnapshot cluster)
    {
        NetworkPolicyRule[] rules = addresses.Count > 0
            ? [new NetworkPolicyRule { Peers = [.. addresses.Select(Peers.AddressOrBlock)], Ports = Ports(ports.Count > 0 ? ports : UsualPorts) }]
            : [.. InInput(cluster, ports)];
        return rules.Length > 0 ? new DenyException("allow-api-server", [], rules) : null;
    }

    private static IEnumerable<NetworkPolicyRule> InInput(ClusterSnapshot cluster, IReadOnlyList<int> given) =>
        from subset in ApiServerEndpoints.In(cluster)
        let known = subset.Addresses.Select(static address => address.Address).OfType<Sets.NetAddress>().Distinct().Order().ToArray()
        let ports = given.Count > 0 ? given : subset.Ports.Select(static port => port.Number).OfType<int>().Distinct().Order().ToArray()
        where known.Length > 0 && ports.Count > 0
        group known by string.Join(',', ports) into ofSamePorts
        select new NetworkPolicyRule
        {
            // Endpoints and EndpointSlices name the same addresses.
            Peers = [.. ofSamePorts.SelectMany(static addresses => addresses).Distinct().Order().Select(Peers.Address)],
            Ports = Ports(ofSamePorts.Key.Split(',').Select(int.Parse)),
        };

    private static NetworkPolicyPort[] Ports(IEnumerable<int> numbers) =>
        [.. numbers.Select(static number => new NetworkPolicyPort { Protocol = "TCP", Port = new PortNumberOrName(number, null) })];
}
