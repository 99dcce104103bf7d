using NetPolTools.Sets;

namespace NetPolTools.Objects;

/// <summary>What of a pod's <c>spec</c> decides its traffic; a workload's template holds the same.</summary>
public sealed record PodSpec
{
    public const string DefaultServiceAccount = "default";

    public static readonly PodSpec Empty = new();

    public bool HostNetwork { get; init; }

    public string? NodeName { get; init; }

    /// <summary>The service account that the pod runs as, in its own namespace.</summary>
    public string ServiceAccount { get; init; } = DefaultServiceAccount;

    /// <summary>Ports that containers and restartable init containers (sidecars) declare, the ones a named port is looked up in.</summary>
    public IReadOnlyList<ContainerPort> Ports { get; init; } = [];

    /// <summary>Whether it is a pod to come that may give any of its ports any name: each name that is asked for is on every port of its.</summary>
    internal bool NamesAnyPort { get; init; }

    /// <summary><c>dnsPolicy</c> as written; null for <c>ClusterFirst</c>, that is the cluster's DNS.</summary>
    public string? DnsPolicy { get; init; }

    /// <summary><c>automountServiceAccountToken</c>; null where the service account decides.</summary>
    public bool? MountsToken { get; init; }

    /// <summary>
    /// Ports that probes of kubelet connect to. Like <see cref="Hosts"/> it is read of templates and of pods without a controller: pods of a workload have what
    /// its template has.
    /// </summary>
    public IReadOnlyList<PortNumberOrName> ProbedPorts { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Hosts that environment variables and arguments of containers name.</summary>
    public IReadOnlyList<MentionedHost> Hosts { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Whether it asks the cluster's DNS. A pod of the host's network does so only where it says so.</summary>
    public bool AsksClusterDns => DnsPolicy switch
    {
        null or "ClusterFirst" => !HostNetwork,
        "ClusterFirstWithHostNet" => true,
        _ => false,
    };

    /// <summary>What of it matters to traffic, in a few words.</summary>
    public override string ToString() => string.Join(", ", new[]
    {
        HostNetwork ? "hostNetwork" : "",
        NodeName is null ? "" : $"node {NodeName}",
        $"service account {ServiceAccount}",
        string.Join(", ", Ports),
    }.Where(static part => part.Length > 0));
}

/// <summary>A declared port of a container. Only named ones matter to policies: an undeclared port is as open as a declared one.</summary>
/// <param name="Name">Empty for a port without a name.</param>
/// <param name="Number">1-65535.</param>
public sealed record ContainerPort(string Name, int Number, Protocol Protocol)
{
    /// <summary><c>http 8080/TCP</c>.</summary>
    public override string ToString() => $"{Name} {Number}/{Protocol}".TrimStart();
}

public sealed record Pod(ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public const string KindName = "Pod";

    public PodSpec Spec { get; init; } = PodSpec.Empty;

    /// <summary><c>status.phase</c>; null when the input says none, as a manifest does.</summary>
    public string? Phase { get; init; }

    /// <summary>Whether Services lead to it. A manifest says nothing of that, and means a pod that will be ready.</summary>
    public bool IsReady { get; init; } = true;

    /// <summary><c>status.podIPs</c>, or <c>status.podIP</c> alone; at most one per family.</summary>
    public IReadOnlyList<NetAddress> Addresses { get; init; } = [];

    /// <summary><c>status.hostIPs</c>, or <c>status.hostIP</c> alone: the node's addresses.</summary>
    public IReadOnlyList<NetAddress> HostAddresses { get; init; } = [];

    /// <summary>Succeeded and Failed pods run nothing any more and their addresses may belong to others.</summary>
    public bool IsFinished => Phase is "Succeeded" or "Failed";

    public override string Kind => KindName;
}
