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
    private readonly ClusterSnapshot _cluster;
    private readonly EndpointTable _endpoints;
    private readonly KnownControllers _controllers;
    private readonly EntranceTargets[] _entrances;

    /// <param name="client">What the user says.</param>
    /// <param name="cluster">The input.</param>
    /// <param name="endpoints">Of the input.</param>
    public IngressControllerException(AllowedClient client, ClusterSnapshot cluster, EndpointTable endpoints)
    {
        _client = client;
        _cluster = cluster;
        _endpoints = endpoints;
        _controllers = new KnownControllers(endpoints);
        var resolver = new EntranceResolver(new ServiceResolver(cluster, endpoints));
        _entrances = [.. cluster.Entrances.Select(resolver.Resolve)];
    }

    /// <param name="ns">The namespace that is closed.</param>
    /// <param name="isGuess">Whether an input with pods shows no such controller.</param>
    /// <returns>Null where a controller speaks with the addresses of nodes that the input does not tell.</returns>
    public DenyException? For(string ns, out bool isGuess)
    {
        var leadingHere = _entrances
            .Select(entrance => (entrance.Entrance, Pods: entrance.Pods.Where(pod => _endpoints[pod.Endpoint].Namespace == ns).ToArray()))
            .Where(static entrance => entrance.Pods.Length > 0)
            .ToArray();

        // The controllers that serve what leads here; where nothing does yet, any that are there.
        var controllers = leadingHere.Length > 0 ? leadingHere.SelectMany(entrance => _controllers.PodsServing(entrance.Entrance)) : _controllers.AllPods;
        var peers = new ClientPeers(_client, (UsualNamespace, UsualPods), _cluster, _endpoints)
            .Of(controllers.Distinct().Order().Select(pod => (pod, _controllers.LabelsOf(pod))), out isGuess);
        if (peers.Length == 0)
            return null;

        var ports = PortSet.UnionOf([.. leadingHere.SelectMany(static entrance => entrance.Pods).Select(static pod => pod.Ports)]);
        var rule = new NetworkPolicyRule
        {
            Peers = peers,
            Ports = _client.Ports.Count > 0 ? _client.Ports : ports.IsEmpty ? null : PolicyPorts.Of(ports),
        };
        return new DenyException("allow-ingress-controller", [rule], []);
    }
}
