using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Reachability;

/// <summary>
/// NetworkPolicies that select no pod of their namespace, such as for a label misspelt or a namespace mistaken. Those that select every pod, whatever its
/// labels, are meant for pods to come.
/// </summary>
internal static class DanglingPolicies
{
    /// <summary>In the order of the snapshot.</summary>
    public static IReadOnlyList<NetworkPolicy> Find(ClusterSnapshot snapshot, EndpointTable endpoints) =>
        [.. snapshot.NetworkPolicies.Where(policy => !policy.PodSelector.SelectsEverything && !SelectsAny(policy, endpoints))];

    private static bool SelectsAny(NetworkPolicy policy, EndpointTable endpoints)
    {
        var (start, end) = endpoints.InNamespace(policy.Namespace);
        for (var pod = start; pod < end; pod++)
        {
            if (policy.PodSelector.Matches(endpoints[pod].Labels))
                return true;
        }

        return false;
    }
}
