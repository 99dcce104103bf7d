using System.Collections.Immutable;
using NetPolTools.Objects;

namespace NetPolTools.Live;

/// <summary>The kinds that a question needs of a cluster. Secrets are never among them.</summary>
public static class ClusterKinds
{
    /// <summary>
    /// What decides who can talk to whom. Pods and policies of all namespaces: any of them may be a peer. The longest lists come first, so that they do
    /// not begin when all others are done.
    /// </summary>
    public static readonly ImmutableArray<ClusterKind> Reachability =
    [
        new("", "pods", "v1") { Need = KindNeed.Essential, Lack = "Without pods there is nobody to tell of." },
        Workload("apps", "replicasets", "v1"),
        new("discovery.k8s.io", "endpointslices", "v1", "v1beta1")
        {
            Lack = "It lacks what is behind Services without a selector.",
            Substitute = new("", "endpoints", "v1") { Lack = "It lacks what is behind Services without a selector." },
        },
        new("networking.k8s.io", "networkpolicies", "v1") { Need = KindNeed.Essential, Lack = "Without policies everything would look allowed." },
        new("", "namespaces", "v1") { Need = KindNeed.NamespaceLabels, Lack = "It lacks namespaces without pods, and the labels of all namespaces." },
        new("", "nodes", "v1") { Lack = "It lacks addresses of nodes that their pods do not tell." },
        Workload("apps", "deployments", "v1"),
        Workload("apps", "statefulsets", "v1"),
        Workload("apps", "daemonsets", "v1"),
        Workload("batch", "jobs", "v1"),
        Workload("batch", "cronjobs", "v1", "v1beta1"),
        Workload("", "replicationcontrollers", "v1"),
        new("", "services", "v1") { Lack = "It lacks Services, as destinations and behind Ingresses." },
        Entrances("networking.k8s.io", Entrance.Ingress, "ingresses", "v1", "v1beta1"),
        GatewayRoutes(Entrance.HTTPRoute, "httproutes"),
        GatewayRoutes(Entrance.GRPCRoute, "grpcroutes"),
        GatewayRoutes(Entrance.TLSRoute, "tlsroutes"),
        Entrances("route.openshift.io", Entrance.Route, "routes", "v1"),
    ];

    private static ClusterKind Workload(string group, string resource, params string[] versions) =>
        new(group, resource, versions) { Lack = $"Pods of {resource} go by what their owner references say, and {resource} without pods are missing." };

    private static ClusterKind GatewayRoutes(string kind, string resource) =>
        Entrances("gateway.networking.k8s.io", kind, resource, "v1", "v1beta1", "v1alpha3", "v1alpha2") with { IsChunked = false };

    private static ClusterKind Entrances(string group, string kind, string resource, params string[] versions) =>
        new(group, resource, versions) { Lack = $"It lacks what {kind}s let in through an ingress controller." };
}
