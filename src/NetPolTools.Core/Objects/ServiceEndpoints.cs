using NetPolTools.Sets;

namespace NetPolTools.Objects;

/// <summary>Endpoints (v1) or an EndpointSlice (discovery.k8s.io): addresses that a Service leads to, written by a controller or by hand.</summary>
public sealed record ServiceEndpoints(string EndpointsKind, ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    /// <summary>The label by which an EndpointSlice says whose it is; Endpoints have the Service's own name.</summary>
    public const string ServiceNameLabel = "kubernetes.io/service-name";

    /// <summary>The Service of the same namespace; empty for a slice that names none.</summary>
    public string ServiceName { get; init; } = "";

    public IReadOnlyList<EndpointSubset> Subsets { get; init; } = [];

    public override string Kind => EndpointsKind;
}

/// <summary>Each of the addresses on each of the ports.</summary>
public sealed record EndpointSubset(IReadOnlyList<EndpointAddress> Addresses, IReadOnlyList<EndpointPort> Ports);

/// <summary>One address that a Service leads to.</summary>
/// <param name="Address">Null for one that is no IP address but a name.</param>
/// <param name="Pod">The name of the pod of the same namespace that has it, where <c>targetRef</c> says so.</param>
/// <param name="IsReady">Unknown readiness counts as ready.</param>
public sealed record EndpointAddress(NetAddress? Address, string? Pod, bool IsReady);

/// <summary>A port of the endpoints, which belongs to the port of the Service that has the same name.</summary>
/// <param name="Number">1-65535; null in an EndpointSlice for every port of the protocol.</param>
public sealed record EndpointPort(string Name, int? Number, Protocol Protocol);
