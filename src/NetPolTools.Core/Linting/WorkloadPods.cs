using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Linting;

/// <summary>The pods of each workload, by their numbers, and its template.</summary>
internal sealed class WorkloadPods
{
    private readonly Dictionary<ObjectReference, List<int>> _pods = [];
    private readonly Dictionary<ObjectReference, KubernetesObject> _owners = [];

    public WorkloadPods(ClusterSnapshot snapshot, EndpointTable endpoints)
    {
        for (var pod = 0; pod < endpoints.SelectableCount; pod++)
        {
            if (!_pods.TryGetValue(endpoints[pod].Owner, out var pods))
                _pods.Add(endpoints[pod].Owner, pods = []);
            pods.Add(pod);
        }

        foreach (var workload in snapshot.Workloads)
            _owners[workload.Reference] = workload;
        foreach (var pod in snapshot.Pods.Where(static pod => pod.Metadata.Controller is null))
            _owners[pod.Reference] = pod;
    }

    /// <summary>Each workload and each pod without one that is in the input, with its pods, of which none uses its node's network.</summary>
    public IEnumerable<(KubernetesObject Owner, PodSpec Template, IReadOnlyList<int> Pods)> All()
    {
        foreach (var (reference, pods) in _pods)
        {
            if (_owners.TryGetValue(reference, out var owner))
                yield return (owner, owner is Workload workload ? workload.Template : ((Pod)owner).Spec, pods);
        }
    }
}
