using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Oracle;

/// <summary>What the oracle asks about: a pod, a template of pods that may run, or an address outside the cluster.</summary>
internal sealed class OracleEndpoint
{
    public required string Name { get; init; }

    /// <summary>The workload at the top of the chain of owners, named like <see cref="Name"/>; the pod itself where it has none.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Null for an address.</summary>
    public string? Namespace { get; init; }

    public LabelSet Labels { get; init; } = LabelSet.Empty;

    /// <summary>Named ports. A hostNetwork pod is the address of its node, and addresses have no port names.</summary>
    public IReadOnlyList<ContainerPort> Ports { get; init; } = [];

    public IReadOnlyList<NetAddress> Addresses { get; init; } = [];

    public string? NodeName { get; init; }

    public IReadOnlyList<NetAddress> NodeAddresses { get; init; } = [];

    public bool IsHostNetwork { get; init; }

    public string ServiceAccount { get; init; } = PodSpec.DefaultServiceAccount;

    /// <summary>A pod of some namespace of which nothing is known: neither labels nor namespace nor address.</summary>
    public bool IsUnknown { get; init; }

    public bool IsOutside => Namespace is null && !IsUnknown;

    /// <summary>Only such pods are picked by selectors.</summary>
    public bool IsSelectable => !IsOutside && !IsHostNetwork;

    public static OracleEndpoint UnknownPod { get; } = new() { Name = "an unknown pod", IsUnknown = true };

    public static OracleEndpoint Outside(NetAddress address) => new() { Name = address.ToString(), Addresses = [address] };

    /// <summary>All in the cluster: pods that are not finished, and templates of what has no pods in the input.</summary>
    public static IReadOnlyList<OracleEndpoint> InCluster(ClusterSnapshot snapshot)
    {
        var pods = snapshot.Pods.Where(static pod => pod.Phase is not ("Succeeded" or "Failed")).ToList();
        var withPods = pods.Select(pod => TopOwner(snapshot, pod)).ToHashSet();
        var templates = snapshot.Workloads.Where(workload =>
            !withPods.Contains(TopOwner(snapshot, workload)) && (Controller(workload) is not { } above || Find(snapshot, above) is null));
        return [.. pods.Select(pod => OfPod(snapshot, pod)), .. templates.Select(workload => OfTemplate(snapshot, workload))];
    }

    /// <summary>The end of the chain of controllers, as far as the input knows it; a node that runs a static pod is none.</summary>
    private static ObjectReference TopOwner(ClusterSnapshot snapshot, KubernetesObject of)
    {
        if (Controller(of) is not { } above)
            return of.Reference;
        return Find(snapshot, above) is { } known ? TopOwner(snapshot, known) : above;
    }

    public override string ToString() => Name;

    private static OracleEndpoint OfPod(ClusterSnapshot snapshot, Pod pod)
    {
        var nodeAddresses = pod.HostAddresses.Count > 0
            ? pod.HostAddresses
            : snapshot.Nodes.FirstOrDefault(node => node.Name == pod.Spec.NodeName)?.Addresses ?? [];
        return new OracleEndpoint
        {
            Name = NameOf(pod.Reference),
            Owner = NameOf(TopOwner(snapshot, pod)),
            Namespace = pod.Metadata.Namespace,
            Labels = pod.Metadata.Labels,
            Ports = pod.Spec.HostNetwork ? [] : pod.Spec.Ports,
            ServiceAccount = pod.Spec.ServiceAccount,
            Addresses = pod.Spec.HostNetwork ? nodeAddresses : pod.Addresses,
            NodeName = pod.Spec.NodeName,
            NodeAddresses = nodeAddresses,
            IsHostNetwork = pod.Spec.HostNetwork,
        };
    }

    private static OracleEndpoint OfTemplate(ClusterSnapshot snapshot, Workload workload) => new()
    {
        Name = NameOf(TopOwner(snapshot, workload)),
        Owner = NameOf(TopOwner(snapshot, workload)),
        Namespace = workload.Metadata.Namespace,
        Labels = workload.TemplateLabels,
        Ports = workload.Template.HostNetwork ? [] : workload.Template.Ports,
        ServiceAccount = workload.Template.ServiceAccount,
        NodeName = workload.Template.NodeName,
        IsHostNetwork = workload.Template.HostNetwork,
    };

    private static string NameOf(ObjectReference reference) => $"{reference.Namespace}/{reference.Name}[{reference.Kind}]";

    private static ObjectReference? Controller(KubernetesObject of) => of.Metadata.Controller is { Kind: not "Node" } controller
        ? new ObjectReference(controller.Kind, of.Metadata.Namespace, controller.Name)
        : null;

    private static Workload? Find(ClusterSnapshot snapshot, ObjectReference reference) =>
        snapshot.Workloads.FirstOrDefault(workload => workload.Reference == reference);
}
