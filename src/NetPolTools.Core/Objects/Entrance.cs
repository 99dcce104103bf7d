namespace NetPolTools.Objects;

/// <summary>
/// What leads traffic into the cluster through an ingress controller: an Ingress, a route of the Gateway API, or an OpenShift Route. The
/// controller's pods are the ones that speak to the backends, so policies see those.
/// </summary>
public sealed record Entrance(string EntranceKind, ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public const string Ingress = "Ingress";
    public const string HTTPRoute = "HTTPRoute";
    public const string GRPCRoute = "GRPCRoute";
    public const string TLSRoute = "TLSRoute";

    /// <summary>OpenShift's.</summary>
    public const string Route = "Route";

    public IReadOnlyList<EntranceBackend> Backends { get; init; } = [];

    /// <summary>An Ingress's class, by field or by the annotation from before that; null where it names none.</summary>
    public string? ClassName { get; init; }

    /// <summary>The names of the Gateways that a route of the Gateway API attaches to.</summary>
    public IReadOnlyList<string> Gateways { get; init; } = [];

    public override string Kind => EntranceKind;
}

/// <summary>A Service that an entrance leads to. Weights are left out: they change while a release is rolled out.</summary>
/// <param name="Port">Null for every port of the Service.</param>
/// <param name="IsPodPort">Whether a number in <paramref name="Port"/> is the pods' port, as in an OpenShift Route, and not the Service's.</param>
public sealed record EntranceBackend(string Namespace, string Service, PortNumberOrName? Port, bool IsPodPort = false);
