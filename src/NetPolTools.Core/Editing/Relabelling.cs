using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Editing;

/// <summary>
/// Sets and takes away labels of pods: of those that run, as kubectl label does, and of the templates of the workloads that are named, as
/// an edit of the
/// workload does. Pods stay with their workload, whatever its selector says.
/// </summary>
/// <param name="snapshot">The cluster.</param>
internal sealed class Relabelling(ClusterSnapshot snapshot)
{
    private readonly EndpointTable _endpoints = EndpointTable.Create(snapshot, AddressPartition.Create([]));
    private readonly HashSet<ObjectReference> _changed = [];

    /// <summary>Marks what a pattern means, to be changed.</summary>
    /// <returns>The workloads, and the pods without one, that are meant; none where the pattern matches nothing.</returns>
    public IReadOnlyList<ObjectReference> Mark(EndpointPattern pattern)
    {
        var meant = Enumerable.Range(0, _endpoints.PodCount).Select(pod => _endpoints[pod]).Where(pattern.Matches).ToArray();
        _changed.UnionWith(meant.Select(static endpoint => endpoint.Reference));
        _changed.UnionWith(snapshot.Workloads.Where(pattern.Matches).Select(static workload => workload.Reference));
        return [.. meant.Select(static endpoint => endpoint.Owner).Distinct()];
    }

    /// <summary>The object with its changes; the same object where it has none.</summary>
    public KubernetesObject Change(KubernetesObject found, IReadOnlyList<LabelChange> changes)
    {
        if (!_changed.Contains(found.Reference))
            return found;
        return found switch
        {
            Pod pod => pod with { Metadata = Changed(pod.Metadata, changes) },

            // The pod of a virtual machine that runs has the labels of the machine itself.
            Workload { Kind: "VirtualMachineInstance" } machine =>
                machine with { TemplateLabels = Changed(machine.TemplateLabels, changes), Metadata = Changed(machine.Metadata, changes) },
            Workload workload => workload with { TemplateLabels = Changed(workload.TemplateLabels, changes) },
            _ => found,
        };
    }

    public static ObjectMetadata Changed(ObjectMetadata metadata, IReadOnlyList<LabelChange> changes) =>
        metadata with { Labels = Changed(metadata.Labels, changes) };

    private static LabelSet Changed(LabelSet labels, IReadOnlyList<LabelChange> changes) =>
        changes.Aggregate(labels, static (changed, change) => change.ApplyTo(changed));
}
