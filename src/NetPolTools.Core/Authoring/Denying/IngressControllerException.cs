using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Services;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring.Denying;

/// <summary>Lets an ingress controller in: to the ports of the pods behind Ingresses and routes, which Services translate to before policies look.</summary>
internal sealed class IngressControllerException
{
    private const string UsualNamespace = "ingress-nginx";

    /// <summary>Of kubernetes/ingress-nginx, by its manifests and its chart.</summary>
    private static readonly LabelSelector UsualPods =
        Peers.Labelled(("app.kubernetes.io/name", "ingress-nginx"), ("app.kubernetes.io/component", "controller"));

    private readonly AllowedClient _client;
    private readonly ClientPeers _peers;
    private readonly KnownControllers _controllers;
    private readonly ILookup<string, (Entrance Entrance, PortSet Ports)> _leadingTo;
    private readonly Lazy<(NetworkPolicyPeer[] Peers, bool IsGuess)> _elsewhere;

    /// <param name="client">What the user says.</param>
    /// <param name="cluster">The input.</param>
    /// <param name="endpoints">Of the input.</param>
    public IngressControllerException(AllowedClient client, ClusterSnapshot cluster, EndpointTable endpoints)
    {
        _client = client;
        _peers = new ClientPeers(client, (UsualNamespace, UsualPods), cluster, endpoints);
        _controllers = new KnownControllers(endpoints);
        var resolver = new EntranceResolver(new ServiceResolver(cluster, endpoints));
        _leadingTo = cluster.Entrances
            .SelectMany(entrance => resolver.Resolve(entrance).Pods.Select(pod => (endpoints[pod.Endpoint].Namespace, Entrance: entrance, pod.Ports)))
            .ToLookup(static target => target.Namespace, static target => (target.Entrance, target.Ports));
        _elsewhere = new Lazy<(NetworkPolicyPeer[] Peers, bool IsGuess)>(() => PeersOf(_controllers.AllPods));
    }

    /// <param name="namespaces">The namespaces that are closed; a policy for several of them opens the ports of all.</param>
    /// <param name="isGuess">Whether an input with pods shows no such controller.</param>
    /// <returns>Null where a controller speaks with the addresses of nodes that the input does not tell.</returns>
    public DenyException? For(IReadOnlyCollection<string> namespaces, out bool isGuess)
    {
        // The controllers that serve what leads here; where nothing does yet, any that are there.
        var leadingHere = namespaces.SelectMany(ns => _leadingTo[ns]).ToArray();
        (var peers, isGuess) = leadingHere.Length > 0
            ? PeersOf(leadingHere.Select(static target => target.Entrance).Distinct().SelectMany(_controllers.PodsServing))
            : _elsewhere.Value;
        if (peers.Length == 0)
            return null;

        var ports = PortSet.UnionOf([.. leadingHere.Select(static target => target.Ports)]);
        var rule = new NetworkPolicyRule
        {
            Peers = peers,
            Ports = _client.Ports.Count > 0 ? _client.Ports : ports.IsEmpty ? null : PolicyPorts.Of(ports),
        };
        return new DenyException("allow-ingress-controller", [rule], []);
    }

    private (NetworkPolicyPeer[] Peers, bool IsGuess) PeersOf(IEnumerable<int> controllers)
    {
        var peers = _peers.Of(controllers.Distinct().Order().Select(pod => (pod, _controllers.LabelsOf(pod))), out var isGuess);
        return (peers, isGuess);
    }
}
