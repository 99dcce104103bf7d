using System.Collections.Immutable;
using NetPolTools.Cni.Catalogue;
using NetPolTools.Dialects;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reading.Kinds;

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
        new("", "pods", "v1") { Need = KindNeed.Essential, Lack = "Without pods there is nothing to report on." },
        Workload("apps", "replicasets", "v1"),
        new("discovery.k8s.io", "endpointslices", "v1", "v1beta1")
        {
            Lack = "It lacks what is behind Services without a selector.",
            Substitute = new("", "endpoints", "v1") { Lack = "It lacks what is behind Services without a selector." },
        },
        new("networking.k8s.io", "networkpolicies", "v1") { Need = KindNeed.Essential, Lack = "Without policies everything would look allowed." },
        .. Of(AllDialects.Resources),
        new("", "namespaces", "v1") { IsNamespaced = false, Need = KindNeed.NamespaceLabels,
            Lack = "It lacks namespaces without pods, and the labels of all namespaces." },
        new("", "serviceaccounts", "v1") { Need = KindNeed.ServiceAccountLabels,
            Lack = "Where a policy goes by labels of service accounts, the answer is undetermined." },
        new("", "nodes", "v1") { IsNamespaced = false, Lack = "It lacks addresses of nodes that their pods do not tell." },
        Workload("apps", "deployments", "v1"),
        Workload("apps", "statefulsets", "v1"),
        Workload("apps", "daemonsets", "v1"),
        Workload("batch", "jobs", "v1"),
        Workload("batch", "cronjobs", "v1", "v1beta1"),
        Workload("", "replicationcontrollers", "v1"),
        Workload("argoproj.io", "rollouts", "v1alpha1"),
        Workload("apps.openshift.io", "deploymentconfigs", "v1"),
        Workload("serving.knative.dev", "services", "v1"),
        Workload("kubevirt.io", "virtualmachines", "v1"),
        Workload("kubevirt.io", "virtualmachineinstances", "v1"),
        new("", "services", "v1") { Lack = "It lacks Services, as destinations and behind Ingresses." },
        Entrances("networking.k8s.io", Entrance.Ingress, "ingresses", "v1", "v1beta1"),
        GatewayRoutes(Entrance.HTTPRoute, "httproutes"),
        GatewayRoutes(Entrance.GRPCRoute, "grpcroutes"),
        GatewayRoutes(Entrance.TLSRoute, "tlsroutes"),
        Entrances("route.openshift.io", Entrance.Route, "routes", "v1"),
    ];

    /// <summary>
    /// What identifies the network plugin beside nodes and workloads: settings, by their names, and objects of plugins' own kinds. One object that every
    /// cluster has comes along: it shows that what does not come is not there.
    /// </summary>
    public static readonly ImmutableArray<ClusterKind> Plugin =
    [
        Trace("", "configmaps", "v1") with { Names = [.. Names(PluginTraceKinds.ConfigMap), "extension-apiserver-authentication"] },
        Trace(AccessGroup, ClusterRoles, "v1") with { IsNamespaced = false,
            Names = [.. Names(PluginTraceKinds.ClusterRole), "cluster-admin"] },
        Trace(DefinitionGroup, "customresourcedefinitions", "v1", "v1beta1") with { IsNamespaced = false,
            Names = [.. Names(PluginTraceKinds.CustomResourceDefinition)] },
        Trace("operator.tigera.io", "installations", "v1") with { IsNamespaced = false },
        Trace("config.openshift.io", "networks", "v1") with { IsNamespaced = false },
        Trace("network.openshift.io", "clusternetworks", "v1") with { IsNamespaced = false },
        Trace("eks.amazonaws.com", "nodeclasses", "v1") with { IsNamespaced = false },
    ];

    /// <summary>Policies of other systems that are not evaluated: that they are there is told.</summary>
    public static readonly ImmutableArray<ClusterKind> NotEvaluated =
    [
        .. UnevaluatedKinds.OfPolicies.Where(static kind => !AllDialects.Kinds.AreRead(kind.Group, kind.Kind)).Select(static kind =>
            new ClusterKind(kind.Group, kind.Resource, kind.Versions)
            {
                Type = kind.Kind,
                IsNamespaced = kind.IsNamespaced != false,
                Lack = "Whether they decide traffic too is not known.",
            }),
    ];

    /// <summary>Everything that answers who can talk to whom on the plugin that the cluster has.</summary>
    public static readonly ImmutableArray<ClusterKind> All = [.. Reachability, .. Plugin, .. NotEvaluated];

    /// <summary>Whom the API server calls and whom Prometheus asks, for lint, which tells where policies keep them out.</summary>
    public static readonly ImmutableArray<ClusterKind> Callers =
    [
        Callback("admissionregistration.k8s.io", "validatingwebhookconfigurations"),
        Callback("admissionregistration.k8s.io", "mutatingwebhookconfigurations"),
        Callback("apiregistration.k8s.io", "apiservices"),
        Monitor("servicemonitors"),
        Monitor("podmonitors"),
    ];

    /// <summary>Everything that lint looks at.</summary>
    public static readonly ImmutableArray<ClusterKind> ForLint = [.. All, .. Callers];

    /// <summary>Who may do what, for exposure where it is to tell who may create pods and set labels.</summary>
    public static readonly ImmutableArray<ClusterKind> Access =
    [
        Role("roles", isNamespaced: true),
        Role(ClusterRoles, isNamespaced: false),
        Binding("rolebindings", isNamespaced: true),
        Binding("clusterrolebindings", isNamespaced: false),
    ];

    /// <summary>Everything that exposure looks at with access. All ClusterRoles are read, so those of plugins are not asked for once more.</summary>
    public static readonly ImmutableArray<ClusterKind> ForAccess = [.. All.Where(static kind => kind.Group != AccessGroup), .. Access];

    private const string AccessGroup = "rbac.authorization.k8s.io";
    private const string ClusterRoles = "clusterroles";

    /// <summary>The group of definitions of custom resources, whose names end in the group that they define.</summary>
    internal const string DefinitionGroup = "apiextensions.k8s.io";

    /// <summary>The kinds of policy APIs; what is there in two groups is asked for once.</summary>
    internal static IEnumerable<ClusterKind> Of(IReadOnlyCollection<PolicyResource> resources)
    {
        var substitutes = resources.Select(static resource => resource.Substitute).ToHashSet();
        return resources.Where(resource => !substitutes.Contains(resource)).Select(Of);
    }

    private static ClusterKind Of(PolicyResource resource) => new(resource.Group, resource.Plural, [.. resource.Versions])
    {
        IsNamespaced = resource.IsNamespaced,
        Lack = resource.Lack,
        Substitute = resource.Substitute is { } substitute ? Of(substitute) : null,
    };

    private static IEnumerable<string> Names(string kind) => PluginCatalogue.Default.Vocabulary.NamesOf(kind);

    private static ClusterKind Trace(string group, string resource, params string[] versions) =>
        new(group, resource, versions) { Lack = "What the network plugin is set to may be told wrong." };

    private static ClusterKind Callback(string group, string resource) => new(group, resource, "v1", "v1beta1")
    {
        IsNamespaced = false,
        Lack = "Whether policies keep the API server from them is not checked.",
    };

    private static ClusterKind Role(string resource, bool isNamespaced) => new(AccessGroup, resource, "v1")
    {
        IsNamespaced = isNamespaced,
        Lack = "What bindings to them allow is not known, but for cluster-admin, admin and edit.",
    };

    private static ClusterKind Binding(string resource, bool isNamespaced) => new(AccessGroup, resource, "v1")
    {
        IsNamespaced = isNamespaced,
        Lack = "Who may create pods or set labels by them is missing.",
    };

    private static ClusterKind Monitor(string resource) =>
        new("monitoring.coreos.com", resource, "v1") { Lack = "Whether policies keep Prometheus from their targets is not checked." };

    private static ClusterKind Workload(string group, string resource, params string[] versions) =>
        new(group, resource, versions) { Lack = "Pods go by what their owner references say, and workloads without pods are missing." };

    private static ClusterKind GatewayRoutes(string kind, string resource) =>
        Entrances("gateway.networking.k8s.io", kind, resource, "v1", "v1beta1", "v1alpha3", "v1alpha2");

    private static ClusterKind Entrances(string group, string kind, string resource, params string[] versions) =>
        new(group, resource, versions) { Lack = $"It lacks what {kind}s let in through an ingress controller." };
}
