using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring.Denying;

/// <summary>
/// Lets pods ask the cluster's DNS, over UDP and, for long answers, TCP. Ports are those of the DNS pods, not of the Service in front of them.
/// </summary>
internal static class DnsException
{
    /// <param name="providers">Empty for what the input shows; without an input, kube-dns.</param>
    /// <param name="addresses">Further resolvers, as addresses or CIDR blocks.</param>
    /// <param name="cluster">The input.</param>
    /// <param name="endpoints">Of the input.</param>
    public static DenyException Of(IReadOnlyList<DnsProvider> providers, IReadOnlyList<string> addresses, ClusterSnapshot cluster, EndpointTable endpoints)
    {
        var chosen = providers.Count > 0 ? providers : Found(cluster);
        var onStandardPort = new List<NetworkPolicyPeer>();
        var rules = new List<NetworkPolicyRule>();
        if (chosen.Contains(DnsProvider.KubeDns))
        {
            var pods = Peers.PodsIn(KnownDns.SystemNamespace, KnownDns.KubeDnsPods);
            if (PodPorts(cluster, endpoints) is { } ports)
                rules.Add(new NetworkPolicyRule { Peers = [pods], Ports = ports });
            else
                onStandardPort.Add(pods);
        }

        if (chosen.Contains(DnsProvider.NodeLocal))
            onStandardPort.AddRange([Peers.Block(KnownDns.NodeLocalBlock), .. ServiceAddresses(cluster)]);
        onStandardPort.AddRange(addresses.Select(Peers.AddressOrBlock));

        if (onStandardPort.Count > 0)
            rules.Add(new NetworkPolicyRule { Peers = onStandardPort, Ports = Ports(KnownDns.StandardPort) });
        if (chosen.Contains(DnsProvider.OpenShift))
        {
            var pods = Peers.PodsIn(KnownDns.OpenShiftNamespace, KnownDns.OpenShiftPods);
            rules.Add(new NetworkPolicyRule { Peers = [pods], Ports = Ports(KnownDns.OpenShiftPort) });
        }

        return new DenyException("allow-dns", [], rules);
    }

    private static List<DnsProvider> Found(ClusterSnapshot cluster)
    {
        if (cluster.Namespaces.Any(static ns => ns.Name == KnownDns.OpenShiftNamespace))
            return [DnsProvider.OpenShift];
        var labels = cluster.Pods.Where(static pod => pod.Metadata.Namespace == KnownDns.SystemNamespace).Select(static pod => pod.Metadata.Labels)
            .Concat(cluster.Workloads.Where(static workload => workload.Metadata.Namespace == KnownDns.SystemNamespace)
                .Select(static workload => workload.TemplateLabels));
        return labels.Any(KnownDns.NodeLocalPods.Matches) ? [DnsProvider.KubeDns, DnsProvider.NodeLocal] : [DnsProvider.KubeDns];
    }

    /// <summary>Where kube-proxy works with iptables, the cache also listens on the address of the Service kube-dns, on the node itself.</summary>
    private static IEnumerable<NetworkPolicyPeer> ServiceAddresses(ClusterSnapshot cluster) => cluster.Services
        .Where(static service => service.Name == "kube-dns" && service.Metadata.Namespace == KnownDns.SystemNamespace)
        .SelectMany(static service => service.ClusterIPs)
        .Select(Peers.Address);

    /// <summary>What the Service's port 53 leads to, where the input tells that it is another one.</summary>
    private static IReadOnlyList<NetworkPolicyPort>? PodPorts(ClusterSnapshot cluster, EndpointTable endpoints)
    {
        var resolver = new ServiceResolver(cluster, endpoints);
        if (resolver.Find(KnownDns.SystemNamespace, "kube-dns") is not { } service)
            return null;
        var ports = PortSet.UnionOf(
            [.. resolver.Resolve(service, [.. service.Ports.Where(static port => port.Port == KnownDns.StandardPort)]).Pods.Select(static pod => pod.Ports)]);
        var usual = PortSet.Of(Protocol.UDP, KnownDns.StandardPort).Union(PortSet.Of(Protocol.TCP, KnownDns.StandardPort));
        return ports.IsEmpty || ports.Except(usual).IsEmpty ? null : PolicyPorts.Of(ports);
    }

    private static NetworkPolicyPort[] Ports(int number) => [Port("UDP", number), Port("TCP", number)];

    private static NetworkPolicyPort Port(string protocol, int number) => new() { Protocol = protocol, Port = new PortNumberOrName(number, null) };
}
