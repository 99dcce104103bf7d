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
    /// <param name="unknownNodes">Whether a controller speaks with the addresses of nodes that the input does not tell.</param>
    public DenyException For(string ns, out bool unknownNodes)
    {
        var leadingHere = _entrances
            .Select(entrance => (entrance.Entrance, Pods: entrance.Pods.Where(pod => _endpoints[pod.Endpoint].Namespace == ns).ToArray()))
            .Where(static entrance => entrance.Pods.Length > 0)
            .ToArray();
        var ports = PortSet.UnionOf([.. leadingHere.SelectMany(static entrance => entrance.Pods).Select(static pod => pod.Ports)]);
        var rule = new NetworkPolicyRule
        {
            Peers = PeersFor(leadingHere.Select(static entrance => entrance.Entrance), out unknownNodes),
            Ports = _client.Ports.Count > 0 ? _client.Ports : ports.IsEmpty ? null : PolicyPorts.Of(ports),
        };
        return new DenyException("allow-ingress-controller", [rule], []);
    }

    private NetworkPolicyPeer[] PeersFor(IEnumerable<Entrance> entrances, out bool unknownNodes)
    {
        unknownNodes = false;
        var pods = _client is { Namespace: null, Pods: null } ? InInput([.. entrances]) : [];
        if (pods.Length == 0)
            return [Peers.PodsIn(_client.Namespace ?? UsualNamespace, _client.Pods ?? UsualPods)];

        var selectable = pods.Where(pod => !_endpoints[pod].IsHostNetwork)
            .Select(pod => (_endpoints[pod].Namespace, Labels: _controllers.LabelsOf(pod)))
            .Distinct()
            .Select(static controller => Peers.PodsIn(controller.Namespace, controller.Labels));
        var nodes = NodeAddresses([.. pods.Where(pod => _endpoints[pod].IsHostNetwork)]);
        unknownNodes = nodes.Length == 0 && pods.Any(pod => _endpoints[pod].IsHostNetwork);
        return [.. selectable, .. nodes.Select(Peers.Address)];
    }

    /// <summary>The controllers that serve the entrances; where nothing leads here yet, any that are there.</summary>
    private int[] InInput(Entrance[] entrances) =>
        [.. (entrances.Length > 0 ? entrances.SelectMany(_controllers.PodsServing) : _controllers.AllPods).Distinct().Order()];

    /// <summary>A hostNetwork controller speaks with the address of its node, and may be moved to any other.</summary>
    private NetAddress[] NodeAddresses(int[] hostNetworkPods)
    {
        if (hostNetworkPods.Length == 0)
            return [];
        var known = _cluster.Nodes.SelectMany(static node => node.Addresses).Concat(hostNetworkPods.SelectMany(pod => _endpoints[pod].NodeAddresses));
        return [.. known.Distinct().Order()];
    }
}
