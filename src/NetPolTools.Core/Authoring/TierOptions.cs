using NetPolTools.Cni;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring;

/// <summary>How policies of other kinds are evaluated beside NetworkPolicies that are made.</summary>
internal static class TierOptions
{
    /// <summary>
    /// The order in which policies are asked, and those that take no part. Nothing else of the plugin matters: what is made is to hold by what it says.
    /// </summary>
    public static ReachabilityOptions On(ClusterSnapshot cluster)
    {
        if (cluster.PolicyObjects.Count == 0)
            return new ReachabilityOptions();
        var detected = CniEvaluation.Of(cluster, CniChoice.Detected, ipBlockIgnoresPods: false).Options;
        return new ReachabilityOptions { Layout = detected.Layout, NotEnforced = detected.NotEnforced };
    }
}
