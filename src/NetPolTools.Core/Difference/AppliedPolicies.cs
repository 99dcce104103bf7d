using NetPolTools.Snapshot;

namespace NetPolTools.Difference;

/// <summary>Policies alone, compared with a cluster: they stand for a change of it, since in its place they would be a cluster without a pod.</summary>
public static class AppliedPolicies
{
    public const string Warning =
        "The second input holds policies and no pods or workloads, so it is compared as applied to the first. To say so, and without this warning, ask for "
            + "it with apply.";

    public static bool AreMeant(ClusterSnapshot cluster, ClusterSnapshot change) =>
        cluster.Pods.Count + cluster.Workloads.Count > 0 && change.Pods.Count + change.Workloads.Count == 0;
}
