using System.Collections.Frozen;
using System.Collections.Immutable;
using NetPolTools.Objects;

namespace NetPolTools.Reading.Kinds;

/// <summary>
/// Kinds that decide or may decide traffic and that are not evaluated. A kind that is registered among those that we read is never looked up here, so it
/// leaves the list by being registered.
/// </summary>
internal sealed class UnevaluatedKinds : IOtherKinds
{
    private const string NetworkPolicy = "NetworkPolicy";

    private static readonly ImmutableArray<UnevaluatedKind> Policies =
    [
        // Calico; its own API server serves the same objects in the other group
        Policy("crd.projectcalico.org", NetworkPolicy, "networkpolicies", true, "v1"),
        Policy("crd.projectcalico.org", "GlobalNetworkPolicy", "globalnetworkpolicies", false, "v1"),
        Policy("projectcalico.org", NetworkPolicy, "networkpolicies", true, "v3"),
        Policy("projectcalico.org", "GlobalNetworkPolicy", "globalnetworkpolicies", false, "v3"),

        // Cilium
        Policy("cilium.io", "CiliumNetworkPolicy", "ciliumnetworkpolicies", true, "v2"),
        Policy("cilium.io", "CiliumClusterwideNetworkPolicy", "ciliumclusterwidenetworkpolicies", false, "v2"),
        Policy("cilium.io", "CiliumLocalRedirectPolicy", "ciliumlocalredirectpolicies", true, "v2"),
        Policy("cilium.io", "CiliumEgressGatewayPolicy", "ciliumegressgatewaypolicies", false, "v2"),

        // Antrea
        Policy("crd.antrea.io", NetworkPolicy, "networkpolicies", true, "v1beta1", "v1alpha1"),
        Policy("crd.antrea.io", "ClusterNetworkPolicy", "clusternetworkpolicies", false, "v1beta1", "v1alpha1"),
        Policy("security.antrea.tanzu.vmware.com", NetworkPolicy, "networkpolicies", true, "v1alpha1"),
        Policy("security.antrea.tanzu.vmware.com", "ClusterNetworkPolicy", "clusternetworkpolicies", false, "v1alpha1"),

        // OVN-Kubernetes and OpenShift SDN
        Policy("k8s.ovn.org", "EgressFirewall", "egressfirewalls", true, "v1"),
        Policy("k8s.ovn.org", "AdminPolicyBasedExternalRoute", "adminpolicybasedexternalroutes", false, "v1"),
        Policy("k8s.ovn.org", "UserDefinedNetwork", "userdefinednetworks", true, "v1"),
        Policy("k8s.ovn.org", "ClusterUserDefinedNetwork", "clusteruserdefinednetworks", false, "v1"),
        Policy("network.openshift.io", "EgressNetworkPolicy", "egressnetworkpolicies", true, "v1"),
        Policy("network.openshift.io", "NetNamespace", "netnamespaces", false, "v1"),

        // Kube-OVN
        Policy("kubeovn.io", "SecurityGroup", "security-groups", false, "v1"),

        // Secondary networks
        Policy("k8s.cni.cncf.io", "MultiNetworkPolicy", "multi-networkpolicies", true, "v1beta2", "v1beta1"),

        // Cloud providers
        Policy("networking.k8s.aws", "ClusterNetworkPolicy", "clusternetworkpolicies", false, "v1alpha1"),
        Policy("networking.k8s.aws", "ApplicationNetworkPolicy", "applicationnetworkpolicies", true, "v1alpha1"),
        Policy("vpcresources.k8s.aws", "SecurityGroupPolicy", "securitygrouppolicies", true, "v1beta1"),
        Policy("networking.gke.io", "FQDNNetworkPolicy", "fqdnnetworkpolicies", true, "v1alpha3", "v1alpha1"),
        Policy("crd.nsx.vmware.com", "SecurityPolicy", "securitypolicies", true, "v1alpha1"),
        Policy("nsx.vmware.com", "SecurityPolicy", "securitypolicies", true, "v1alpha1"),

        // Service meshes
        Policy("security.istio.io", "AuthorizationPolicy", "authorizationpolicies", true, "v1", "v1beta1"),
        Policy("security.istio.io", "PeerAuthentication", "peerauthentications", true, "v1", "v1beta1"),
        Policy("networking.istio.io", "Sidecar", "sidecars", true, "v1", "v1beta1", "v1alpha3"),
        Policy("policy.linkerd.io", "AuthorizationPolicy", "authorizationpolicies", true, "v1alpha1"),
        Policy("policy.linkerd.io", "Server", "servers", true, "v1beta3", "v1beta2", "v1beta1"),
        Policy("policy.linkerd.io", "ServerAuthorization", "serverauthorizations", true, "v1beta1"),
        Policy("policy.linkerd.io", "EgressNetwork", "egressnetworks", true, "v1alpha1"),
        Policy("consul.hashicorp.com", "ServiceIntentions", "serviceintentions", true, "v1alpha1"),
        Policy("kuma.io", "MeshTrafficPermission", "meshtrafficpermissions", true, "v1alpha1"),
        Policy("kuma.io", "MeshPassthrough", "meshpassthroughs", true, "v1alpha1"),
        Policy("kuma.io", "TrafficPermission", "trafficpermissions", false, "v1alpha1"),
        Policy("access.smi-spec.io", "TrafficTarget", "traffictargets", true, "v1alpha3", "v1alpha2", "v1alpha1"),
    ];

    private static readonly ImmutableArray<UnevaluatedKind> Entrances =
    [
        Entrance("gateway.networking.k8s.io", "TCPRoute", "tcproutes", "v1alpha2"),
        Entrance("gateway.networking.k8s.io", "UDPRoute", "udproutes", "v1alpha2"),
        Entrance("networking.istio.io", "VirtualService", "virtualservices", "v1", "v1beta1", "v1alpha3"),
        Entrance("projectcontour.io", "HTTPProxy", "httpproxies", "v1"),
        Entrance("traefik.io", "IngressRoute", "ingressroutes", "v1alpha1"),
        Entrance("traefik.io", "IngressRouteTCP", "ingressroutetcps", "v1alpha1"),
        Entrance("traefik.io", "IngressRouteUDP", "ingressrouteudps", "v1alpha1"),
        Entrance("traefik.containo.us", "IngressRoute", "ingressroutes", "v1alpha1"),
        Entrance("traefik.containo.us", "IngressRouteTCP", "ingressroutetcps", "v1alpha1"),
        Entrance("traefik.containo.us", "IngressRouteUDP", "ingressrouteudps", "v1alpha1"),
        Entrance("configuration.konghq.com", "TCPIngress", "tcpingresses", "v1beta1"),
        Entrance("configuration.konghq.com", "UDPIngress", "udpingresses", "v1beta1"),
        Entrance("k8s.nginx.org", "VirtualServer", "virtualservers", "v1"),
        Entrance("k8s.nginx.org", "TransportServer", "transportservers", "v1"),
    ];

    private static readonly ImmutableArray<UnevaluatedKind> Generators =
    [
        Generator("Kustomization", "v1beta1", "v1"),
        Generator("Component", "v1alpha1"),
    ];

    private static readonly ImmutableArray<UnevaluatedKind> All = [.. Policies, .. Entrances, .. Generators];

    private static readonly FrozenDictionary<string, FrozenDictionary<string, UnevaluatedKind>> ByGroup = All.GroupBy(static kind => kind.Group)
        .ToFrozenDictionary(static same => same.Key, static same => same.ToFrozenDictionary(static kind => kind.Kind));

    /// <summary>Those whose objects may make what NetworkPolicies say untrue.</summary>
    public static IReadOnlyList<UnevaluatedKind> OfPolicies => Policies;

    public ObjectKind? Known(string apiVersion, string group, string kind) =>
        ByGroup.TryGetValue(group, out var kinds) && kinds.TryGetValue(kind, out var known) ? Of(apiVersion, known) : null;

    /// <summary>
    /// Where the group is that of a known kind, of Kubernetes, or nearly one of those, and the kind is nearly a known one. A kind of the same group is more
    /// likely meant than that of another, and one that is spelt right than one that is not.
    /// </summary>
    public ObjectKind? Meant(string group, string kind)
    {
        var inGroup = All.Where(known => KindSlips.IsNear(group, known.Group)).ToArray();
        if (inGroup.Length == 0 && !KindSlips.IsOfKubernetes(group))
            return null;
        var meant = inGroup.Concat(All).Where(known => KindSlips.IsNearKind(kind, known.Kind))
            .OrderByDescending(known => known.Group == group).ThenByDescending(known => KindSlips.IsNear(group, known.Group))
            .ThenByDescending(known => known.Kind == kind).ThenBy(static known => known.Group, StringComparer.Ordinal)
            .FirstOrDefault();
        return meant is null ? null : Of("", meant) with { Versions = meant.Versions };
    }

    public ObjectKind Unknown(string apiVersion, string group, string kind) => kind.EndsWith(NetworkPolicy, StringComparison.Ordinal)
        ? Of(apiVersion, Policy(group, kind, "", null))
        : Silent(apiVersion, group, kind);

    private static ObjectKind Silent(string apiVersion, string group, string kind) =>
        new(group, kind, true, [], _ => new UnevaluatedDraft(apiVersion, kind, null));

    private static ObjectKind Of(string apiVersion, UnevaluatedKind kind) =>
        new(kind.Group, kind.Kind, kind.IsNamespaced ?? true, [], _ => new UnevaluatedDraft(apiVersion, kind.Kind, kind.Role));

    private static UnevaluatedKind Policy(string group, string kind, string resource, bool? isNamespaced, params string[] versions) =>
        new(group, kind, UnevaluatedRole.Policy, resource, isNamespaced, versions);

    private static UnevaluatedKind Generator(string kind, params string[] versions) =>
        new("kustomize.config.k8s.io", kind, UnevaluatedRole.Generator, "", null, versions);

    private static UnevaluatedKind Entrance(string group, string kind, string resource, params string[] versions) =>
        new(group, kind, UnevaluatedRole.Entrance, resource, true, versions);
}

/// <summary>A kind that is not evaluated.</summary>
/// <param name="Group">Its API group.</param>
/// <param name="Kind">Its name.</param>
/// <param name="Role">What its objects would do to an answer.</param>
/// <param name="Resource">The plural that the API's paths have; empty where it is not known.</param>
/// <param name="IsNamespaced">Whether its objects are in namespaces; null where it is not known.</param>
/// <param name="Versions">Those that servers have, the preferred one first; an object of any version counts.</param>
internal sealed record UnevaluatedKind(string Group, string Kind, UnevaluatedRole Role, string Resource, bool? IsNamespaced, string[] Versions);
