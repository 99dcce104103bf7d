using System.Collections.Immutable;
using NetPolTools.Objects;

namespace NetPolTools.Reading.Kinds;

/// <summary>
/// The kinds of Kubernetes itself that matter for traffic, or identify the network plugin. A new kind is added here, with a draft that reads it.
/// </summary>
internal static class KubernetesKinds
{
    /// <summary>What matters for traffic.</summary>
    public static readonly ImmutableArray<ObjectKind> Kinds =
    [
        new("", "Namespace", false, ["v1"], static _ => new NamespaceDraft()) { CheckName = NameRules.CheckDnsLabel },
        new("", "Node", false, ["v1"], static _ => new NodeDraft()),
        new("", "Pod", true, ["v1"], static context => new PodDraft(context)),
        Workload("", "ReplicationController", "v1"),
        Workload("apps", "Deployment", "v1", "v1beta2", "v1beta1"),
        Workload("apps", "ReplicaSet", "v1", "v1beta2"),
        Workload("apps", "StatefulSet", "v1", "v1beta2", "v1beta1"),
        Workload("apps", "DaemonSet", "v1", "v1beta2"),
        Workload("extensions", "Deployment", "v1beta1") with { GoneSince = "1.16" },
        Workload("extensions", "ReplicaSet", "v1beta1") with { GoneSince = "1.16" },
        Workload("extensions", "DaemonSet", "v1beta1") with { GoneSince = "1.16" },
        Workload("batch", "Job", "v1"),
        Workload("batch", "CronJob", "v1", "v1beta1", "v2alpha1") with { CheckName = NameRules.CheckCronJob },

        new("", ServiceAccount.KindName, true, ["v1"], static _ => new ServiceAccountDraft()),

        // Until 1.34 it has to begin with a letter, too, which later versions no longer ask.
        new("", "Service", true, ["v1"], static _ => new ServiceDraft()) { CheckName = NameRules.CheckDnsLabel },
        new("", "Endpoints", true, ["v1"], static _ => new EndpointsDraft()),
        new("discovery.k8s.io", "EndpointSlice", true, ["v1", "v1beta1"], static _ => new EndpointSliceDraft()),
        new("networking.k8s.io", Entrance.Ingress, true, ["v1", "v1beta1"], static _ => new IngressDraft()),
        new("extensions", Entrance.Ingress, true, ["v1beta1"], static _ => new IngressDraft()) { GoneSince = "1.22" },
        GatewayRoute(Entrance.HTTPRoute),
        GatewayRoute(Entrance.GRPCRoute),
        GatewayRoute(Entrance.TLSRoute),
        new("route.openshift.io", Entrance.Route, true, ["v1"], static _ => new OpenShiftRouteDraft()),
        new("networking.k8s.io", "NetworkPolicy", true, ["v1"], static _ => new NetworkPolicyDraft()),
        Workload("argoproj.io", "Rollout", "v1alpha1"),
        Workload("apps.openshift.io", "DeploymentConfig", "v1"),
        Workload("serving.knative.dev", "Service", "v1", "v1beta1"),
        VirtualMachine("VirtualMachine"),
        VirtualMachine(VirtualMachineDraft.Instance),
        VirtualMachine("VirtualMachineInstanceReplicaSet"),
        new("extensions", "NetworkPolicy", true, ["v1beta1"], static _ => new NetworkPolicyDraft()) { GoneSince = "1.16" },
    ];

    /// <summary>What identifies the network plugin, in any version.</summary>
    public static readonly ImmutableArray<ObjectKind> Traces =
    [
        .. PluginTraceKinds.All.Where(static trace => trace.Kind != PluginTraceKinds.ClusterRole).Select(static trace =>
            new ObjectKind(trace.Group, trace.Kind, trace.IsNamespaced, [], _ => new PluginTraceDraft(trace.Kind)) { CheckName = NameRules.CheckPathSegment }),
    ];

    /// <summary>What tells of traffic that no workload shows, in any version: whom the API server calls, and whom Prometheus asks.</summary>
    public static readonly ImmutableArray<ObjectKind> Callers =
    [
        Callback("admissionregistration.k8s.io", ApiServerCallback.ValidatingWebhooks),
        Callback("admissionregistration.k8s.io", ApiServerCallback.MutatingWebhooks),

        // Named by version and group, of which the core API has none: v1.
        Callback("apiregistration.k8s.io", ApiServerCallback.ApiService) with { CheckName = NameRules.CheckPathSegment },
        Monitor(ScrapeMonitor.OfServices),
        Monitor(ScrapeMonitor.OfPods),
    ];

    /// <summary>Who may create pods and set labels, in any version.</summary>
    public static readonly ImmutableArray<ObjectKind> Access =
    [
        Role(AccessRole.OfNamespace),
        Role(AccessRole.OfCluster),
        Binding(AccessBinding.OfNamespace),
        Binding(AccessBinding.OfCluster),
    ];

    /// <summary>The API group of roles.</summary>
    public const string AccessGroup = "rbac.authorization.k8s.io";

    private static ObjectKind Role(string kind) => new(AccessGroup, kind, kind == AccessRole.OfNamespace, [], _ => new AccessRoleDraft(kind))
    {
        CheckName = NameRules.CheckPathSegment,
    };

    private static ObjectKind Binding(string kind) => new(AccessGroup, kind, kind == AccessBinding.OfNamespace, [], _ => new AccessBindingDraft(kind))
    {
        CheckName = NameRules.CheckPathSegment,
    };

    private static ObjectKind Callback(string group, string kind) => new(group, kind, false, [], _ => new ApiServerCallbackDraft(kind));

    private static ObjectKind Monitor(string kind) => new("monitoring.coreos.com", kind, true, [], _ => new ScrapeMonitorDraft(kind));

    private static ObjectKind GatewayRoute(string kind) =>
        new("gateway.networking.k8s.io", kind, true, ["v1", "v1beta1", "v1alpha3", "v1alpha2"], _ => new GatewayRouteDraft(kind));

    private static ObjectKind VirtualMachine(string kind) => new("kubevirt.io", kind, true, ["v1", "v1alpha3"], _ => new VirtualMachineDraft(kind));

    private static ObjectKind Workload(string group, string kind, params string[] versions) =>
        new(group, kind, true, versions, context => new WorkloadDraft(kind, context));
}
