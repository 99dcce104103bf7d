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
    private const string SystemNamespace = "kube-system";
    private const int StandardPort = 53;
    private const string OpenShiftNamespace = "openshift-dns";

    /// <summary>Where kubernetes/kubernetes, cluster/addons/dns/nodelocaldns listens unless told otherwise.</summary>
    private const string NodeLocalAddress = "169.254.20.10/32";

    /// <summary>What the pods of openshift/cluster-dns-operator are labelled with and listen on.</summary>
    private static readonly LabelSelector OpenShiftPods = Peers.Labelled(("dns.operator.openshift.io/daemonset-dns", "default"));

    /// <summary>CoreDNS kept the label of kube-dns, in kubeadm as in k3s, RKE2, MicroK8s and the clouds.</summary>
    private static readonly LabelSelector KubeDnsPods = Peers.Labelled(("k8s-app", "kube-dns"));

    private static readonly LabelSelector NodeLocalPods = Peers.Labelled(("k8s-app", "node-local-dns"));

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
            var pods = Peers.PodsIn(SystemNamespace, KubeDnsPods);
            if (PodPorts(cluster, endpoints) is { } ports)
                rules.Add(new NetworkPolicyRule { Peers = [pods], Ports = ports });
            else
                onStandardPort.Add(pods);
        }

        if (chosen.Contains(DnsProvider.NodeLocal))
            onStandardPort.AddRange([Peers.Block(NodeLocalAddress), .. ServiceAddresses(cluster)]);
        onStandardPort.AddRange(addresses.Select(Peers.AddressOrBlock));

        if (onStandardPort.Count > 0)
            rules.Add(new NetworkPolicyRule { Peers = onStandardPort, Ports = Ports(StandardPort) });
        if (chosen.Contains(DnsProvider.OpenShift))
            rules.Add(new NetworkPolicyRule { Peers = [Peers.PodsIn(OpenShiftNamespace, OpenShiftPods)], Ports = Ports(5353) });
        return new DenyException("allow-dns", [], rules);
    }

    private static List<DnsProvider> Found(ClusterSnapshot cluster)
    {
        if (cluster.Namespaces.Any(static ns => ns.Name == OpenShiftNamespace))
            return [DnsProvider.OpenShift];
        var labels = cluster.Pods.Where(static pod => pod.Metadata.Namespace == SystemNamespace).Select(static pod => pod.Metadata.Labels)
            .Concat(cluster.Workloads.Where(static workload => workload.Metadata.Namespace == SystemNamespace)
                .Select(static workload => workload.TemplateLabels));
        return labels.Any(NodeLocalPods.Matches) ? [DnsProvider.KubeDns, DnsProvider.NodeLocal] : [DnsProvider.KubeDns];
    }

    /// <summary>Where kube-proxy works with iptables, the cache also listens on the address of the Service kube-dns, on the node itself.</summary>
    private static IEnumerable<NetworkPolicyPeer> ServiceAddresses(ClusterSnapshot cluster) => cluster.Services
        .Where(static service => service.Name == "kube-dns" && service.Metadata.Namespace == SystemNamespace)
        .SelectMany(static service => service.ClusterIPs)
        .Select(Peers.Address);

    /// <summary>What the Service's port 53 leads to, where the input tells that it is another one.</summary>
    private static IReadOnlyList<NetworkPolicyPort>? PodPorts(ClusterSnapshot cluster, EndpointTable endpoints)
    {
        var resolver = new ServiceResolver(cluster, endpoints);
        if (resolver.Find(SystemNamespace, "kube-dns") is not { } service)
            return null;
        var ports = PortSet.UnionOf(
            [.. resolver.Resolve(service, [.. service.Ports.Where(static port => port.Port == StandardPort)]).Pods.Select(static pod => pod.Ports)]);
        var usual = PortSet.Of(Protocol.UDP, StandardPort).Union(PortSet.Of(Protocol.TCP, StandardPort));
        return ports.IsEmpty || ports.Except(usual).IsEmpty ? null : PolicyPorts.Of(ports);
    }

    private static NetworkPolicyPort[] Ports(int number) => [Port("UDP", number), Port("TCP", number)];

    private static NetworkPolicyPort Port(string protocol, int number) => new() { Protocol = protocol, Port = new PortNumberOrName(number, null) };
}
