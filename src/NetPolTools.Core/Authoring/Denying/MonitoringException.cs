using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Authoring.Denying;

/// <summary>Lets Prometheus in, to scrape metrics.</summary>
internal static class MonitoringException
{
    private const string UsualNamespace = "monitoring";

    /// <summary>As prometheus-operator and the Helm charts label its pods, and as people do by hand.</summary>
    private static readonly ImmutableArray<LabelSelector> UsualPods = [Peers.Labelled(("app.kubernetes.io/name", "prometheus")), Peers.Labelled(("app", "prometheus"))];

    /// <param name="client">What the user says.</param>
    /// <param name="endpoints">Of the input.</param>
    public static DenyException Of(AllowedClient client, EndpointTable endpoints)
    {
        var peers = client is { Namespace: null, Pods: null } ? InInput(endpoints) : [];
        if (peers.Count == 0)
            peers = [Peers.PodsIn(client.Namespace ?? UsualNamespace, client.Pods ?? UsualPods[0])];
        return new DenyException("allow-monitoring", [new NetworkPolicyRule { Peers = peers, Ports = client.Ports.Count > 0 ? client.Ports : null }], []);
    }

    private static List<NetworkPolicyPeer> InInput(EndpointTable endpoints) =>
    [
        .. from pods in UsualPods
           from ns in Enumerable.Range(0, endpoints.SelectableCount)
               .Where(pod => pods.Matches(endpoints[pod].Labels))
               .Select(pod => endpoints[pod].Namespace)
               .Distinct()
           select Peers.PodsIn(ns, pods),
    ];
}
