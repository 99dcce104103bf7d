using System.Collections.Immutable;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Dialects.Cilium;

/// <summary>What has no labels of Kubernetes as terms of the model.</summary>
internal static class CiliumTerms
{
    private static readonly EndpointTerm WorldIPv4 = World(AddressRange.AllIPv4);
    private static readonly EndpointTerm WorldIPv6 = World(AddressRange.AllIPv6);
    private static readonly EndpointTerm BothWorlds = World(AddressRange.AllIPv4, AddressRange.AllIPv6);
    private static readonly EndpointTerm OwnNode = new EndpointTerm.AnyOf(
        [new EndpointTerm.Nodes(LabelPredicate.Always) { Scope = NodeScope.Own }, Named(CiliumEntities.Host)]);
    private static readonly EndpointTerm OtherNodes = new EndpointTerm.Nodes(LabelPredicate.Always) { Scope = NodeScope.Others };
    private static readonly EndpointTerm Nodes = new EndpointTerm.Nodes(LabelPredicate.Always);
    private static readonly EndpointTerm Pods = new EndpointTerm.Pods(LabelPredicate.Always);

    private static readonly EndpointTerm KubeApiServer = new EndpointTerm.AnyOf(
    [
        Named(CiliumEntities.KubeApiServer),
        new EndpointTerm.SomeOf(new EndpointTerm.AnyOf([Nodes, BothWorlds]), "the addresses of the API server"),
    ]);

    private static readonly ImmutableDictionary<string, EndpointTerm> ByEntity = new Dictionary<string, EndpointTerm>
    {
        [CiliumEntities.All] = EndpointTerm.Everyone,
        [CiliumEntities.World] = BothWorlds,
        [CiliumEntities.WorldIPv4] = WorldIPv4,
        [CiliumEntities.WorldIPv6] = WorldIPv6,
        [CiliumEntities.Host] = OwnNode,
        [CiliumEntities.RemoteNode] = new EndpointTerm.AnyOf([OtherNodes, Named(CiliumEntities.RemoteNode), Named(CiliumEntities.KubeApiServer)]),
        [CiliumEntities.None] = EndpointTerm.Nobody,
        [CiliumEntities.Cluster] = Cluster(),
        ["cluster-mesh"] = Cluster(),
    }.ToImmutableDictionary();

    /// <summary>Whatever policies of pods can be about.</summary>
    public static readonly EndpointTerm EveryEndpoint = new EndpointTerm.AnyOf(
        [Pods, Named(CiliumEntities.Health), Named(CiliumEntities.Ingress), Named(CiliumEntities.Init)]);

    /// <summary>All nodes, own and others, and the names that stand for them.</summary>
    public static readonly EndpointTerm EveryNode = new EndpointTerm.AnyOf(
        [Nodes, Named(CiliumEntities.Host), Named(CiliumEntities.RemoteNode), Named(CiliumEntities.KubeApiServer)]);

    /// <summary>All nodes, and the names that stand for those that are not a pod's own.</summary>
    public static readonly EndpointTerm EveryOtherNode = new EndpointTerm.AnyOf(
        [Nodes, Named(CiliumEntities.RemoteNode), Named(CiliumEntities.KubeApiServer)]);

    /// <summary>
    /// Every sort of peer that is no pod, with its reserved labels. An address outside has one label in a cluster with one family and another in a cluster with
    /// two; here it has both, since whoever selects by one knows the cluster.
    /// </summary>
    private static readonly ImmutableArray<(EndpointTerm Term, ImmutableArray<string> Labels)> Peers =
    [
        (WorldIPv4, [CiliumEntities.World, CiliumEntities.WorldIPv4]),
        (WorldIPv6, [CiliumEntities.World, CiliumEntities.WorldIPv6]),
        (OwnNode, [CiliumEntities.Host]),
        (OtherNodes, [CiliumEntities.RemoteNode]),
        (Named(CiliumEntities.RemoteNode), [CiliumEntities.RemoteNode]),
        (KubeApiServer, [CiliumEntities.KubeApiServer]),
        (Named(CiliumEntities.KubeApiServer), [CiliumEntities.RemoteNode, CiliumEntities.KubeApiServer]),
        (Named(CiliumEntities.Unmanaged), [CiliumEntities.Unmanaged]),
        .. EndpointsAlone(),
    ];

    /// <summary>Those among them that policies of pods can be about.</summary>
    public static readonly ImmutableArray<(EndpointTerm Term, ImmutableArray<string> Labels)> Endpoints = EndpointsAlone();

    /// <summary>The endpoints that the entity stands for.</summary>
    /// <param name="name">Of the entity.</param>
    /// <param name="apiServers">The addresses of the API server; empty where they are not known.</param>
    public static EndpointTerm Entity(string name, ImmutableArray<AddressRange> apiServers) =>
        name == CiliumEntities.KubeApiServer ? ApiServer(apiServers) : ByEntity.GetValueOrDefault(name) ?? Named(name);

    /// <inheritdoc cref="Peers"/>
    /// <param name="apiServers">The addresses of the API server; empty where they are not known.</param>
    public static ImmutableArray<(EndpointTerm Term, ImmutableArray<string> Labels)> PeersWith(ImmutableArray<AddressRange> apiServers) => apiServers.IsEmpty
        ? Peers
        : [.. Peers.Select(peer => ReferenceEquals(peer.Term, KubeApiServer) ? (ApiServer(apiServers), peer.Labels) : peer)];

    /// <summary>An address of it may be that of a node; then it has both labels, as one outside has that of the world too.</summary>
    private static EndpointTerm ApiServer(ImmutableArray<AddressRange> known) =>
        known.IsEmpty ? KubeApiServer : new EndpointTerm.Addresses(known, [], PodMatch.No);

    /// <summary>Addresses outside the cluster: those that no pod and no node has.</summary>
    public static EndpointTerm World(params AddressRange[] ranges) => new EndpointTerm.Addresses([.. ranges], [], PodMatch.No) { OfNodes = false };

    /// <summary>Some addresses outside, of which the input does not tell which.</summary>
    public static EndpointTerm SomeOfWorld(string what) => new EndpointTerm.SomeOf(BothWorlds, what);

    /// <summary>What a rule for names means: the names themselves, and some addresses outside.</summary>
    public static EndpointTerm Domain(CiliumDomain domain) =>
        new EndpointTerm.AnyOf([Named($"fqdn:{domain.Text}"), SomeOfWorld($"the addresses of {domain.Text}")]);

    private static ImmutableArray<(EndpointTerm Term, ImmutableArray<string> Labels)> EndpointsAlone() =>
    [
        (Named(CiliumEntities.Health), [CiliumEntities.Health]),
        (Named(CiliumEntities.Ingress), [CiliumEntities.Ingress]),
        (Named(CiliumEntities.Init), [CiliumEntities.Init]),
    ];

    private static EndpointTerm.AnyOf Cluster() => new(
    [
        Pods,
        Nodes,
        .. new[] { CiliumEntities.Host, CiliumEntities.KubeApiServer, CiliumEntities.RemoteNode, CiliumEntities.Health, CiliumEntities.Ingress,
            CiliumEntities.Init, CiliumEntities.Unmanaged }.Select(Named),
    ]);

    public static EndpointTerm Named(string name) => new EndpointTerm.Named(name);
}
