using NetPolTools.Objects;

namespace NetPolTools.Snapshot;

/// <summary>Where the API server is, as the input tells it: what is behind the Service default/kubernetes.</summary>
public static class ApiServerEndpoints
{
    private const string ServiceNamespace = "default";
    private const string ServiceName = "kubernetes";

    /// <summary>Its addresses with the ports that it really listens on; Endpoints and EndpointSlices may name the same ones. Empty where the input has
    /// neither.</summary>
    public static IEnumerable<EndpointSubset> In(ClusterSnapshot cluster) => cluster.ServiceEndpoints
        .Where(static endpoints => endpoints.ServiceName == ServiceName && endpoints.Metadata.Namespace == ServiceNamespace)
        .SelectMany(static endpoints => endpoints.Subsets);
}
