using FsCheck;
using NetPolTools.Cni;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Oracle;

/// <summary>Random clusters for properties that hold whatever API the policies are of.</summary>
internal static class DialectClusters
{
    /// <summary>NetworkPolicies alone; with policies of tiers; with those of Calico; with those of Cilium.</summary>
    public static TheoryData<string> All => ["NetworkPolicy", "tiers", "Calico", "Cilium"];

    public static Gen<RandomCluster> Of(string dialect) => dialect switch
    {
        "tiers" => RandomTierGenerator.Clusters,
        "Calico" => RandomCalicoGenerator.Clusters,
        "Cilium" => RandomCiliumGenerator.Clusters,
        _ => RandomClusterGenerator.Cluster(),
    };

    /// <summary>How a plugin that has these policies evaluates them.</summary>
    public static ReachabilityOptions Options(string dialect, ClusterSnapshot snapshot) => dialect is "Calico" or "Cilium"
        ? CniEvaluation.Of(snapshot, Choice(dialect), ipBlockIgnoresPods: false).Options
        : new ReachabilityOptions();

    /// <summary>The same as a question gives it.</summary>
    public static CniChoice Choice(string dialect) => dialect is "Calico" or "Cilium" ? CniChoice.Parse(dialect) : CniChoice.Enforcing;
}
