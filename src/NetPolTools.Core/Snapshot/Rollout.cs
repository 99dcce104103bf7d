using NetPolTools.Objects;

namespace NetPolTools.Snapshot;

/// <summary>What becomes of the pods of a cluster when workloads are applied to it: their controllers replace them by pods of the new template.</summary>
internal static class Rollout
{
    /// <summary>The pods after the rollout; those of workloads that are not applied stay as they are. Addresses stay too: the new ones are not known.</summary>
    /// <param name="pods">Those that run now.</param>
    /// <param name="workloads">Those that are there now.</param>
    /// <param name="applied">Those that are applied.</param>
    public static IEnumerable<Pod> Of(IReadOnlyList<Pod> pods, IReadOnlyList<Workload> workloads, IEnumerable<Workload> applied)
    {
        var templates = new Dictionary<ObjectReference, Workload>();
        foreach (var workload in applied)
            templates[workload.Reference] = workload;
        if (templates.Count == 0)
            return pods;
        var before = new Dictionary<ObjectReference, Workload>();
        foreach (var workload in workloads)
            before[workload.Reference] = workload;
        var owners = new OwnerChains(workloads);
        return pods.Select(pod => owners.OwnerOf(pod) is var owner && templates.TryGetValue(owner, out var next) && before.TryGetValue(owner, out var known)
            ? Replaced(pod, known, next)
            : pod);
    }

    /// <summary>Labels that the old template did not give, such as pod-template-hash, come from controllers, which will give them again.</summary>
    private static Pod Replaced(Pod pod, Workload known, Workload next) => pod with
    {
        Metadata = pod.Metadata with
        {
            Labels = LabelSet.Create(
            [
                .. pod.Metadata.Labels.Where(label => !known.TemplateLabels.TryGet(label.Key, out _) && !next.TemplateLabels.TryGet(label.Key, out _)),
                .. next.TemplateLabels,
            ]),
        },
        Spec = pod.Spec with { HostNetwork = next.Template.HostNetwork, Ports = next.Template.Ports },
    };
}
