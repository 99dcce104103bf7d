using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring.Denying;

/// <summary>Who a client is: as the user says, as the input shows it, and where neither tells, as it usually is.</summary>
/// <param name="client">What the user says; each detail narrows what the input shows.</param>
/// <param name="usual">Where such pods usually run, and how they are labelled.</param>
/// <param name="cluster">The input.</param>
/// <param name="endpoints">Of the input.</param>
internal sealed class ClientPeers(AllowedClient client, (string Namespace, LabelSelector Pods) usual, ClusterSnapshot cluster, EndpointTable endpoints)
{
    private readonly (int Pod, LabelSelector Labels)[]? _told = client.Pods is { } pods
        ? [.. Enumerable.Range(0, endpoints.PodCount).Where(pod => pods.Matches(endpoints[pod].Labels)).Select(pod => (pod, pods))]
        : null;

    /// <summary>The peers; none where the client has no addresses that the input knows, which must not be written: it would mean everyone.</summary>
    /// <param name="known">Pods that the input shows to be such clients, with the labels that they are known by.</param>
    /// <param name="isGuess">Whether an input with pods shows nobody who is meant.</param>
    public NetworkPolicyPeer[] Of(IEnumerable<(int Pod, LabelSelector Labels)> known, out bool isGuess)
    {
        var meant = (_told ?? known).Where(one => client.Namespace is null || endpoints[one.Pod].Namespace == client.Namespace).ToArray();
        isGuess = meant.Length == 0 && endpoints.PodCount > 0;
        if (meant.Length == 0)
            return [Peers.PodsIn(client.Namespace ?? usual.Namespace, client.Pods ?? usual.Pods)];

        var selectable = meant.Where(one => !endpoints[one.Pod].IsHostNetwork)
            .Select(one => (endpoints[one.Pod].Namespace, one.Labels))
            .Distinct()
            .Select(static one => Peers.PodsIn(one.Namespace, one.Labels));
        return [.. selectable, .. NodeAddresses([.. meant.Select(static one => one.Pod).Where(pod => endpoints[pod].IsHostNetwork)]).Select(Peers.Address)];
    }

    /// <summary>A hostNetwork pod speaks with the address of its node, and may be moved to any other.</summary>
    private NetAddress[] NodeAddresses(int[] hostNetworkPods)
    {
        if (hostNetworkPods.Length == 0)
            return [];
        var addresses = cluster.Nodes.SelectMany(static node => node.Addresses).Concat(hostNetworkPods.SelectMany(pod => endpoints[pod].NodeAddresses));
        return [.. addresses.Distinct().Order()];
    }
}
