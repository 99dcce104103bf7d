using NetPolTools.Editing;
using NetPolTools.Objects;
using NetPolTools.Repairing;
using NetPolTools.Snapshot;

namespace NetPolTools.Asking;

/// <summary>Clusters after steps of repairs.</summary>
internal static class RepairedCluster
{
    public static ClusterSnapshot Of(ClusterSnapshot snapshot, IReadOnlyList<RepairStep> steps)
    {
        var changed = snapshot.Changed(found => steps.Aggregate(found, static (changed, step) => Changed(changed, step)));
        NetworkPolicy[] news = [.. steps.Select(static step => step.NewPolicy).OfType<NetworkPolicy>()];
        return news.Length == 0 ? changed : changed.With(news);
    }

    /// <summary>The policies that steps change or add, as they are afterwards.</summary>
    public static IReadOnlyList<NetworkPolicy> Policies(ClusterSnapshot after, IReadOnlyList<RepairStep> steps)
    {
        var changed = steps.Where(static step => step.Labels.Count == 0).Select(static step => step.Object).ToHashSet();
        return [.. after.NetworkPolicies.Where(policy => changed.Contains(policy.Reference))];
    }

    private static KubernetesObject Changed(KubernetesObject found, RepairStep step) => found switch
    {
        NetworkPolicy policy when step.Change is { } change && policy.Reference == step.Object => change(policy),
        Pod pod when step.Relabelled.Contains(pod.Reference) => pod with { Metadata = Relabelling.Changed(pod.Metadata, step.Labels) },
        Workload workload when step.Relabelled.Contains(workload.Reference) =>
            workload with { TemplateLabels = step.Labels.Aggregate(workload.TemplateLabels, static (labels, label) => label.ApplyTo(labels)) },
        _ => found,
    };
}
