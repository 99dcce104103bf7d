using System.Collections.Frozen;
using System.Collections.Immutable;
using NetPolTools.Objects;

namespace NetPolTools.Reading.Kinds;

/// <summary>A kind that we read, with the API group and the versions it comes in.</summary>
internal sealed record ObjectKind(string Group, string Kind, bool IsNamespaced, string[] Versions, Func<BindingContext, ObjectDraft> NewDraft)
{
    private static readonly ImmutableArray<ObjectKind> All =
    [
        new("", "Namespace", false, ["v1"], static _ => new NamespaceDraft()),
        new("", "Node", false, ["v1"], static _ => new NodeDraft()),
        new("", "Pod", true, ["v1"], static context => new PodDraft(context)),
        Workload("", "ReplicationController", "v1"),
        Workload("apps", "Deployment", "v1", "v1beta2", "v1beta1"),
        Workload("apps", "ReplicaSet", "v1", "v1beta2"),
        Workload("apps", "StatefulSet", "v1", "v1beta2", "v1beta1"),
        Workload("apps", "DaemonSet", "v1", "v1beta2"),
        Workload("extensions", "Deployment", "v1beta1"),
        Workload("extensions", "ReplicaSet", "v1beta1"),
        Workload("extensions", "DaemonSet", "v1beta1"),
        Workload("batch", "Job", "v1"),
        Workload("batch", "CronJob", "v1", "v1beta1", "v2alpha1"),
        new("", "Service", true, ["v1"], static _ => new ServiceDraft()),
        new("", "Endpoints", true, ["v1"], static _ => new EndpointsDraft()),
        new("discovery.k8s.io", "EndpointSlice", true, ["v1", "v1beta1"], static _ => new EndpointSliceDraft()),
        new("networking.k8s.io", Entrance.Ingress, true, ["v1", "v1beta1"], static _ => new IngressDraft()),
        new("extensions", Entrance.Ingress, true, ["v1beta1"], static _ => new IngressDraft()),
        GatewayRoute(Entrance.HTTPRoute),
        GatewayRoute(Entrance.GRPCRoute),
        GatewayRoute(Entrance.TLSRoute),
        new("route.openshift.io", Entrance.Route, true, ["v1"], static _ => new OpenShiftRouteDraft()),
        new("networking.k8s.io", "NetworkPolicy", true, ["v1"], static _ => new NetworkPolicyDraft()),
        new("extensions", "NetworkPolicy", true, ["v1beta1"], static _ => new NetworkPolicyDraft()),
    ];

    /// <summary>Of any version, and never what a misspelt kind was meant to be.</summary>
    private static readonly ImmutableArray<ObjectKind> Traces =
    [
        .. PluginTraceKinds.All.Select(static trace =>
            new ObjectKind(trace.Group, trace.Kind, trace.IsNamespaced, [], _ => new PluginTraceDraft(trace.Kind))),
    ];

    private static readonly FrozenDictionary<(string Group, string Kind), ObjectKind> ByName =
        All.Concat(Traces).ToFrozenDictionary(static kind => (kind.Group, kind.Kind));

    private static readonly FrozenSet<string> Groups = All.Select(static kind => kind.Group).ToFrozenSet();

    /// <summary>
    /// The kind, whatever the version; null for one that says nothing about traffic. These groups hold no kinds of other people, so one of our
    /// kinds in the wrong one of them, or in the wrong case, is a slip and not another kind.
    /// </summary>
    public static ObjectKind? Find(string apiVersion, string kind, out bool knownVersion)
    {
        var slash = apiVersion.IndexOf('/');
        var group = slash < 0 ? "" : apiVersion[..slash];
        if (ByName.TryGetValue((group, kind), out var found))
        {
            knownVersion = found.Versions.Length == 0 || found.Versions.Contains(apiVersion[(slash + 1)..]);
            return found;
        }

        knownVersion = false;
        return Groups.Contains(group) ? FindInAnyCase(kind) : null;
    }

    /// <summary>How the newest version is written: <c>networking.k8s.io/v1</c>.</summary>
    public string ApiVersion => Group.Length == 0 ? Versions[0] : $"{Group}/{Versions[0]}";

    private static ObjectKind? FindInAnyCase(string kind) => All.FirstOrDefault(known => string.Equals(known.Kind, kind, StringComparison.OrdinalIgnoreCase));

    private static ObjectKind GatewayRoute(string kind) =>
        new("gateway.networking.k8s.io", kind, true, ["v1", "v1beta1", "v1alpha3", "v1alpha2"], _ => new GatewayRouteDraft(kind));

    private static ObjectKind Workload(string group, string kind, params string[] versions) =>
        new(group, kind, true, versions, context => new WorkloadDraft(kind, context));
}
