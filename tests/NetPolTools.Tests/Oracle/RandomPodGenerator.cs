using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Tests.Oracle;

/// <summary>Pods with and without owners, addresses and nodes, and workloads that have no pods in the input.</summary>
internal static class RandomPodGenerator
{
    public static readonly string[] NodeNames = ["node-1", "node-2"];

    public static readonly string[] ServiceAccountNames = [PodSpec.DefaultServiceAccount, "robot"];

    private static readonly NetAddress[] IPv4 =
        Addresses("10.0.0.0 10.0.0.1 10.0.0.127 10.0.0.128 10.0.0.255 10.0.1.5 172.16.0.9 192.0.2.1 255.255.255.255");

    private static readonly NetAddress[] IPv6 = Addresses("fd00:: fd00::1 fd00::80 fd00::ff fd00::1:0 2001:db8::5 ffff::1");

    private static readonly Dictionary<string, NetAddress[]> NodeAddresses = new()
    {
        ["node-1"] = Addresses("10.0.0.200"),
        ["node-2"] = Addresses("192.0.2.2 fd00::2"),
    };

    /// <summary>Something that runs pods: one to three objects.</summary>
    public static Gen<KubernetesObject[]> Unit(int number, string[] namespaces) =>
        from ns in Gen.Elements(namespaces)
        from made in Gen.Frequency(
            (4, PodOf(ns, $"pod-{number}", null).Select(static pod => new KubernetesObject[] { pod })),
            (1, PodOf(ns, $"static-{number}", new OwnerReference("Node", NodeNames[0])).Select(static pod => new KubernetesObject[] { pod })),
            (2, Template(ns, $"web-{number}")),
            (1, DeploymentWithPods(ns, $"web-{number}")),
            (1, PodsOf(ns, new OwnerReference("DaemonSet", $"agent-{number}"))))
        select made;

    /// <summary>The node's addresses are known from its object, from its pods, or not at all.</summary>
    public static Gen<KubernetesObject[]> NodeObject(string name) =>
        from given in Gen.Elements(true, false)
        select given ? [new Node(new ObjectMetadata { Name = name }) { Addresses = NodeAddresses[name] }] : Array.Empty<KubernetesObject>();

    /// <summary>Some service accounts of a namespace, with labels; of others the labels are not known.</summary>
    public static Gen<KubernetesObject[]> ServiceAccounts(string ns) =>
        from count in Gen.Choose(0, ServiceAccountNames.Length)
        from labels in RandomClusterGenerator.Labels(["role"], ["a", "b"])
        select ServiceAccountNames[..count]
            .Select(name => (KubernetesObject)new ServiceAccount(new ObjectMetadata { Name = name, Namespace = ns, Labels = labels }))
            .ToArray();

    public static Gen<LabelSet> Labels => RandomClusterGenerator.Labels(["app", "tier"], ["a", "b", ""]);

    private static Gen<KubernetesObject[]> Template(string ns, string name) =>
        from kind in Gen.Elements("Deployment", "StatefulSet", "CronJob")
        from workload in WorkloadOf(kind, ns, name, null)
        select new KubernetesObject[] { workload };

    /// <summary>Through a ReplicaSet that is in the input, as kubectl gives them.</summary>
    private static Gen<KubernetesObject[]> DeploymentWithPods(string ns, string name) =>
        from deployment in WorkloadOf("Deployment", ns, name, null)
        from replicaSet in WorkloadOf("ReplicaSet", ns, name + "-5d4f", new OwnerReference("Deployment", name))
        from withPods in Gen.Elements(true, false)
        from pods in PodsOf(ns, new OwnerReference("ReplicaSet", name + "-5d4f"))
        select (KubernetesObject[])[deployment, replicaSet, .. withPods ? pods : []];

    /// <summary>Mostly alike, as pods of one owner are; sometimes one has labels of its own.</summary>
    private static Gen<KubernetesObject[]> PodsOf(string ns, OwnerReference owner) =>
        from first in PodOf(ns, owner.Name + "-0", owner)
        from second in PodOf(ns, owner.Name + "-1", owner)
        from alike in RandomClusterGenerator.AllButOneIn(3)
        select new KubernetesObject[] { first, alike ? first with { Metadata = first.Metadata with { Name = second.Name } } : second };

    private static Gen<Workload> WorkloadOf(string kind, string ns, string name, OwnerReference? controller) =>
        from labels in Labels
        from spec in Spec
        let metadata = new ObjectMetadata { Name = name, Namespace = ns, Controller = controller }
        select new Workload(kind, metadata) { TemplateLabels = labels, Template = spec };

    private static Gen<Pod> PodOf(string ns, string name, OwnerReference? controller) =>
        from labels in Labels
        from spec in Spec
        from phase in Gen.Frequency((8, Gen.Elements(null, "Running", "Pending")), (1, Gen.Elements<string?>("Succeeded", "Failed")))
        from ipv4 in Gen.Elements([null, .. IPv4.Select(static address => (NetAddress?)address)])
        from ipv6 in Gen.Elements([null, null, null, null, null, .. IPv6.Select(static address => (NetAddress?)address)])
        from hostKnown in Gen.Elements(true, false)
        select new Pod(new ObjectMetadata { Name = name, Namespace = ns, Labels = labels, Controller = controller })
        {
            Spec = spec,
            Phase = phase,
            Addresses = [.. new[] { ipv4, ipv6 }.OfType<NetAddress>()],
            HostAddresses = hostKnown && spec.NodeName is { } node ? NodeAddresses[node] : [],
        };

    private static Gen<PodSpec> Spec =>
        from hostNetwork in RandomClusterGenerator.OneIn(7)
        from node in Gen.Elements<string?>([null, .. NodeNames])
        from ports in RandomClusterGenerator.Several(0, 3, Port)
        from account in Gen.Elements(ServiceAccountNames)
        select new PodSpec { HostNetwork = hostNetwork, NodeName = node, Ports = ports, ServiceAccount = account };

    private static Gen<ContainerPort> Port =>
        from name in Gen.Elements("web", "metrics")
        from number in Gen.Elements(80, 81, 8080)
        from protocol in Gen.Frequency((3, Gen.Constant(Protocol.TCP)), (1, Gen.Elements(Protocol.UDP, Protocol.SCTP)))
        select new ContainerPort(name, number, protocol);

    private static NetAddress[] Addresses(string text) => [.. text.Split(' ').Select(NetAddress.Parse)];
}
