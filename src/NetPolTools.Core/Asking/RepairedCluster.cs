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
        NetworkPolicy[] news = [.. steps.Select(static step => step.NewPolicy).OfType<NetworkPolicy>()];
        var changes = new StepsByObject(steps.Where(static step => step.Change is not null));
        NetworkPolicy[] policies =
        [
            .. snapshot.NetworkPolicies.Select(policy => changes.Of(policy).Aggregate(policy, static (policy, step) => step.Change!(policy))), .. news,
        ];
        var changed = snapshot.WithOnly(policies);
        return steps.All(static step => step.Relabelled.Count == 0)
            ? changed
            : changed.Changed(found => steps.Aggregate(found, static (found, step) => Relabelled(found, step)));
    }

    /// <summary>The policies that steps change or add, as they are afterwards.</summary>
    public static IReadOnlyList<NetworkPolicy> Policies(ClusterSnapshot after, IReadOnlyList<RepairStep> steps)
    {
        var changes = new StepsByObject(steps.Where(static step => step.Labels.Count == 0));
        return [.. after.NetworkPolicies.Where(policy => changes.Of(policy).Any())];
    }

    private static KubernetesObject Relabelled(KubernetesObject found, RepairStep step) => found switch
    {
        Pod pod when step.Relabelled.Contains(pod.Reference) => pod with { Metadata = Relabelling.Changed(pod.Metadata, step.Labels) },
        Workload workload when step.Relabelled.Contains(workload.Reference) =>
            workload with { TemplateLabels = step.Labels.Aggregate(workload.TemplateLabels, static (labels, label) => label.ApplyTo(labels)) },
        _ => found,
    };

    /// <summary>The steps that are about a policy; of thousands of policies, most are told by their names to have none.</summary>
    private sealed class StepsByObject(IEnumerable<RepairStep> steps)
    {
        private readonly ILookup<ObjectReference, RepairStep> _steps = steps.ToLookup(static step => step.Object);
        private readonly string[] _names = [.. steps.Select(static step => step.Object.Name).Distinct()];

        public IEnumerable<RepairStep> Of(NetworkPolicy policy) => Array.IndexOf(_names, policy.Name) >= 0 ? _steps[policy.Reference] : [];
    }
}
