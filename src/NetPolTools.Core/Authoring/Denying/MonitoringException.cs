using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring.Denying;

/// <summary>Lets Prometheus in, to scrape metrics.</summary>
internal static class MonitoringException
{
    private const string UsualNamespace = "monitoring";

    /// <summary>As prometheus-operator and the Helm charts label its pods, and as people do by hand.</summary>
    public static readonly ImmutableArray<LabelSelector> UsualPods =
        [Peers.Labelled(("app.kubernetes.io/name", "prometheus")), Peers.Labelled(("app", "prometheus"))];

    /// <param name="client">What the user says.</param>
    /// <param name="cluster">The input.</param>
    /// <param name="endpoints">Of the input.</param>
    /// <param name="isGuess">Whether an input with pods shows no Prometheus.</param>
    /// <returns>Null where it speaks with the addresses of nodes that the input does not tell.</returns>
    public static DenyException? Of(AllowedClient client, ClusterSnapshot cluster, EndpointTable endpoints, out bool isGuess)
    {
        var known = UsualPods.SelectMany(labels => Enumerable.Range(0, endpoints.PodCount)
            .Where(pod => labels.Matches(endpoints[pod].Labels))
            .Select(pod => (pod, labels)));
        var peers = new ClientPeers(client, (UsualNamespace, UsualPods[0]), cluster, endpoints).Of(known, out isGuess);
        return peers.Length == 0
            ? null
            : new DenyException("allow-monitoring", [new NetworkPolicyRule { Peers = peers, Ports = client.Ports.Count > 0 ? client.Ports : null }], []);
    }
}
