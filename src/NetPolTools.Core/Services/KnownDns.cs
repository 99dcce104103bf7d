using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Services;

/// <summary>Who answers the cluster's DNS queries, as far as an input shows.</summary>
public sealed class KnownDns
{
    public const string SystemNamespace = "kube-system";
    public const string OpenShiftNamespace = "openshift-dns";
    public const int StandardPort = 53;
    public const int OpenShiftPort = 5353;

    /// <summary>Where kubernetes/kubernetes, cluster/addons/dns/nodelocaldns listens unless told otherwise.</summary>
    public const string NodeLocalBlock = "169.254.20.10/32";

    /// <summary>CoreDNS kept the label of kube-dns, in kubeadm as in k3s, RKE2, MicroK8s and the clouds.</summary>
    public static readonly LabelSelector KubeDnsPods = Labelled("k8s-app", "kube-dns");

    /// <summary>What the pods of openshift/cluster-dns-operator are labelled with.</summary>
    public static readonly LabelSelector OpenShiftPods = Labelled("dns.operator.openshift.io/daemonset-dns", "default");

    public static readonly LabelSelector NodeLocalPods = Labelled("k8s-app", "node-local-dns");

    private readonly List<DnsServer> _servers = [];

    public KnownDns(ClusterSnapshot snapshot, EndpointTable endpoints)
    {
        Services = [.. snapshot.Services.Where(static service =>
            service.Metadata.Namespace is SystemNamespace or OpenShiftNamespace && service.Ports.Any(static port => port.Port == StandardPort))];
        var resolver = new ServiceResolver(snapshot, endpoints);
        var served = Services.SelectMany(service => resolver.Resolve(service, [.. service.Ports.Where(static port => port.Port == StandardPort)]).Pods)
            .ToLookup(static pod => pod.Endpoint, static pod => pod.Ports);
        AddAll(SystemNamespace, [KubeDnsPods, Labelled("k8s-app", "coredns"), Labelled("app.kubernetes.io/name", "coredns")], StandardPort);
        AddAll(OpenShiftNamespace, [OpenShiftPods], OpenShiftPort);
        HasNodeLocal = snapshot.Pods.Any(static pod => IsNodeLocal(pod.Metadata.Namespace, pod.Metadata.Labels))
            || snapshot.Workloads.Any(static workload => IsNodeLocal(workload.Metadata.Namespace, workload.TemplateLabels));

        void AddAll(string ns, LabelSelector[] usual, int port)
        {
            var standard = PortSet.Of(Protocol.UDP, port).Union(PortSet.Of(Protocol.TCP, port));
            var (start, end) = endpoints.InNamespace(ns);
            for (var pod = start; pod < end; pod++)
            {
                if (Array.Find(usual, labels => labels.Matches(endpoints[pod].Labels)) is not { } which)
                    continue;
                var ports = PortSet.UnionOf([.. served[pod]]);
                _servers.Add(new DnsServer(pod, ns, which, ports.IsEmpty ? standard : ports));
            }
        }
    }

    /// <summary>The pods that answer; those of the host's network are not among them.</summary>
    public IReadOnlyList<DnsServer> Servers => _servers;

    /// <summary>The Services that lead to them.</summary>
    public IReadOnlyList<Service> Services { get; }

    /// <summary>Whether a cache on each node answers, at <see cref="NodeLocalBlock"/> and, with iptables, at the addresses of <see cref="Services"/>.</summary>
    public bool HasNodeLocal { get; }

    private static bool IsNodeLocal(string? ns, LabelSet labels) => ns == SystemNamespace && NodeLocalPods.Matches(labels);

    private static LabelSelector Labelled(string key, string value) => new() { MatchLabels = [KeyValuePair.Create(key, value)] };
}

/// <summary>A pod that answers DNS queries.</summary>
/// <param name="Endpoint">Its number in the endpoint table.</param>
/// <param name="Namespace">Its own.</param>
/// <param name="Labels">Those that it is known by.</param>
/// <param name="Ports">Those that it listens on: mostly UDP and TCP 53.</param>
public sealed record DnsServer(int Endpoint, string Namespace, LabelSelector Labels, PortSet Ports);
