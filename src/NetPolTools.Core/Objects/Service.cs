using NetPolTools.Sets;

namespace NetPolTools.Objects;

/// <summary>A Service (v1): a name for pods. Policies never see it, only the pods behind it and their own ports.</summary>
public sealed record Service(ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public const string KindName = "Service";

    /// <summary>Null when absent or empty: then Endpoints or EndpointSlices say what it leads to.</summary>
    public LabelSelector? Selector { get; init; }

    public IReadOnlyList<ServicePort> Ports { get; init; } = [];

    /// <summary><c>clusterIP: None</c>: its name stands for the addresses of the pods themselves.</summary>
    public bool IsHeadless { get; init; }

    /// <summary>Its own addresses, at most one per family; none of a headless Service and of one that only a manifest describes.</summary>
    public IReadOnlyList<NetAddress> ClusterIPs { get; init; } = [];

    /// <summary>The name in DNS that it is another word for, of a Service of <c>type: ExternalName</c>; otherwise null.</summary>
    public string? ExternalName { get; init; }

    /// <summary>Whether it opens its ports on every node, as <c>type: NodePort</c> and <c>LoadBalancer</c> do.</summary>
    public bool IsOpenedToOutside { get; internal init; }

    /// <summary>
    /// Whether pods see the addresses of clients from outside: <c>externalTrafficPolicy: Local</c>. Otherwise they see that of the node which the client
    /// came to.
    /// </summary>
    public bool KeepsClientAddresses { get; init; }

    /// <summary><c>ipFamilies</c> as written: IPv4 and IPv6; empty where the cluster chooses.</summary>
    public IReadOnlyList<string> IPFamilies { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Whether pods that are not ready are led to as well.</summary>
    public bool PublishNotReadyAddresses { get; init; }

    public override string Kind => KindName;
}

/// <summary>An item of a Service's <c>ports</c>.</summary>
/// <param name="Name">Empty where a Service of one port gives it none.</param>
/// <param name="Port">1-65535: what clients of the Service dial.</param>
/// <param name="TargetPort">The port of the pods, or the name of a container's port, looked up on each; where absent, the same as <paramref
/// name="Port"/>.</param>
public sealed record ServicePort(string Name, int Port, PortNumberOrName TargetPort, Protocol Protocol);
