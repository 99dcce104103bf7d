using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Writing;
using static NetPolTools.Saving.SavedObjects;
using static NetPolTools.Writing.ManifestParts;

namespace NetPolTools.Saving;

/// <summary>Services, what they lead to, Ingresses and routes, as manifests that read back as the same.</summary>
internal static class SavedServices
{
    public static ManifestMap Of(Service service) => With(
        SavedObjects.Object("v1", service),
        ("spec", Map(
            ("type", service.ExternalName is not null ? ManifestScalar.Of("ExternalName")
                : service.IsOpenedToOutside ? ManifestScalar.Of("NodePort") : null),
            ("externalTrafficPolicy", service.KeepsClientAddresses ? ManifestScalar.Of("Local") : null),
            ("ipFamilies", service.IPFamilies.Count == 0 ? null : Texts(service.IPFamilies)),
            ("externalName", Scalar(service.ExternalName)),
            ("clusterIP", service.IsHeadless ? ManifestScalar.Of("None") : null),
            ("clusterIPs", ListOrNothing(service.ClusterIPs, Scalar)),
            ("publishNotReadyAddresses", True(service.PublishNotReadyAddresses)),
            ("selector", service.Selector is { } selector ? Labels(selector.MatchLabels) : null),
            ("ports", ListOrNothing(service.Ports, Port)))));

    public static ManifestMap Of(ServiceEndpoints endpoints) => endpoints.Kind == "EndpointSlice"
        ? With(
            SavedObjects.Object("discovery.k8s.io/v1", endpoints),
            ("endpoints", ListOrNothing([.. endpoints.Subsets.SelectMany(static subset => subset.Addresses)], EndpointOfSlice)),
            ("ports", ListOrNothing([.. endpoints.Subsets.SelectMany(static subset => subset.Ports)], Port)))
        : With(SavedObjects.Object("v1", endpoints), ("subsets", ListOrNothing(endpoints.Subsets, Subset)));

    public static ManifestMap Of(Entrance entrance) => entrance.Kind switch
    {
        Entrance.Ingress => With(
            SavedObjects.Object("networking.k8s.io/v1", entrance),
            ("spec", Map(
                ("ingressClassName", Scalar(entrance.ClassName)),
                ("rules", entrance.Backends.Count == 0 ? null : new ManifestList([Map(("http", Map(("paths", List(entrance.Backends, PathOfIngress)))))]))))),
        Entrance.Route => With(SavedObjects.Object("route.openshift.io/v1", entrance), ("spec", RouteOfOpenShift(entrance.Backends))),
        _ => With(
            SavedObjects.Object(entrance.Kind == Entrance.TLSRoute ? "gateway.networking.k8s.io/v1alpha2" : "gateway.networking.k8s.io/v1", entrance),
            ("spec", Map(
                ("parentRefs", ListOrNothing(entrance.Gateways, static gateway => Map(("name", ManifestScalar.Of(gateway))))),
                ("rules", entrance.Backends.Count == 0
                    ? null
                    : new ManifestList([Map(("backendRefs", List(entrance.Backends, backend => BackendOfGateway(backend, entrance.Metadata.Namespace))))]))))),
    };

    private static ManifestMap Port(ServicePort port) => Map(
        ("name", port.Name.Length == 0 ? null : ManifestScalar.Of(port.Name)),
        ("port", Number(port.Port)),
        ("targetPort", SavedObjects.Port(port.TargetPort)),
        ("protocol", UnlessTcp(port.Protocol)));

    private static ManifestMap Port(EndpointPort port) => Map(
        ("name", port.Name.Length == 0 ? null : ManifestScalar.Of(port.Name)),
        ("port", port.Number is { } number ? Number(number) : null),
        ("protocol", UnlessTcp(port.Protocol)));


    private static ManifestMap Subset(EndpointSubset subset) => Map(
        ("addresses", ListOrNothing([.. subset.Addresses.Where(static address => address.IsReady)], Endpoint)),
        ("notReadyAddresses", ListOrNothing([.. subset.Addresses.Where(static address => !address.IsReady)], Endpoint)),
        ("ports", ListOrNothing(subset.Ports, Port)));

    private static ManifestMap Endpoint(EndpointAddress endpoint) =>
        Map(("ip", endpoint.Address is { } address ? Scalar(address) : null), ("targetRef", Target(endpoint.Pod)));

    /// <summary>Of an address that is a name, only that there is one was read.</summary>
    private static ManifestMap EndpointOfSlice(EndpointAddress endpoint) => Map(
        ("addresses", new ManifestList([endpoint.Address is { } address ? Scalar(address) : ManifestScalar.Of("")])),
        ("conditions", endpoint.IsReady ? null : Map(("ready", new ManifestScalar(ManifestTokenKind.Boolean, "false")))),
        ("targetRef", Target(endpoint.Pod)));

    private static ManifestMap? Target(string? pod) => pod is null ? null : Map(("kind", ManifestScalar.Of(Pod.KindName)), ("name", ManifestScalar.Of(pod)));

    private static ManifestMap PathOfIngress(EntranceBackend backend) => Map(("backend", Map(("service", Map(
        ("name", ManifestScalar.Of(backend.Service)),
        ("port", backend.Port is { } port ? Map((port.Name is null ? "number" : "name", SavedObjects.Port(port))) : null))))));

    private static ManifestMap BackendOfGateway(EntranceBackend backend, string? ofRoute) => Map(
        ("name", ManifestScalar.Of(backend.Service)),
        ("namespace", backend.Namespace == ofRoute ? null : ManifestScalar.Of(backend.Namespace)),
        ("port", SavedObjects.Port(backend.Port)));

    /// <summary>All backends of such a route have one port.</summary>
    private static ManifestMap RouteOfOpenShift(IReadOnlyList<EntranceBackend> backends)
    {
        if (backends.Count == 0)
            return ManifestMap.Empty;
        return Map(
            ("to", Reference(backends[0])),
            ("alternateBackends", ListOrNothing([.. backends.Skip(1)], Reference)),
            ("port", backends[0].Port is { } port ? Map(("targetPort", SavedObjects.Port(port))) : null));

        static ManifestMap Reference(EntranceBackend backend) =>
            Map(("kind", ManifestScalar.Of(Service.KindName)), ("name", ManifestScalar.Of(backend.Service)));
    }
}
