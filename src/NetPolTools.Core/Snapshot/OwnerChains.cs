using NetPolTools.Objects;

namespace NetPolTools.Snapshot;

/// <summary>Follows owner references up: pod to ReplicaSet to Deployment, pod to Job to CronJob.</summary>
internal sealed class OwnerChains
{
    // References can form a circle in a broken input.
    private const int MaxLength = 8;

    private readonly Dictionary<ObjectReference, Workload> _workloads = [];
    private readonly HashSet<ObjectReference> _withPods = [];

    /// <param name="workloads">Of the input.</param>
    public OwnerChains(IReadOnlyList<Workload> workloads)
    {
        foreach (var workload in workloads)
            _workloads[workload.Reference] = workload;
    }

    /// <summary>The workload at the top, or the object itself where it has no owner. May be asked from several threads.</summary>
    /// <param name="from">A pod or a workload.</param>
    /// <param name="passed">Where those on the way up are added, the top among them.</param>
    public ObjectReference OwnerOf(KubernetesObject from, HashSet<ObjectReference>? passed = null)
    {
        ObjectReference? current = null;
        KubernetesObject? known = from;
        for (var i = 0; i < MaxLength && known is not null && ControllerOf(known) is { } parent; i++)
        {
            current = parent;
            passed?.Add(parent);
            known = _workloads.GetValueOrDefault(parent);
        }

        return current ?? from.Reference;
    }

    /// <summary>Tells which workloads have pods: those on the way up from some pod.</summary>
    public void HavePods(IEnumerable<ObjectReference> passed) => _withPods.UnionWith(passed);

    /// <summary>To be asked when it is known which have pods: neither it nor the workloads above it have pods, and no template above it stands for
    /// them.</summary>
    public bool IsWithoutPods(Workload workload)
    {
        if (_withPods.Contains(workload.Reference))
            return false;
        return ControllerOf(workload) is not { } parent || (!_workloads.ContainsKey(parent) && !_withPods.Contains(OwnerOf(workload)));
    }

    private ObjectReference? ControllerOf(KubernetesObject child)
    {
        // A static pod is "owned" by its node, which is no workload.
        if (child.Metadata.Controller is not { } controller || controller.Kind == Node.KindName)
            return null;
        var direct = new ObjectReference(controller.Kind, child.Metadata.Namespace, controller.Name);
        return _workloads.ContainsKey(direct) ? direct : DeploymentBehind(direct, child.Metadata.Labels) ?? direct;
    }

    /// <summary>
    /// The Deployment that made a ReplicaSet that is not in the input, as after <c>kubectl get pods</c>: it named the ReplicaSet after itself and the hash
    /// that it puts on the pods. Null where nothing shows one.
    /// </summary>
    private static ObjectReference? DeploymentBehind(ObjectReference replicaSet, LabelSet podLabels) =>
        replicaSet.Kind == "ReplicaSet"
        && podLabels.TryGet("pod-template-hash", out var hash)
        && replicaSet.Name.Length > hash.Length + 1
        && replicaSet.Name.EndsWith("-" + hash, StringComparison.Ordinal)
            ? new ObjectReference("Deployment", replicaSet.Namespace, replicaSet.Name[..^(hash.Length + 1)])
            : null;
}
