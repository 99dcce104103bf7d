using NetPolTools.Objects;

namespace NetPolTools.Reachability;

/// <summary>Follows owner references up: pod to ReplicaSet to Deployment, pod to Job to CronJob.</summary>
internal sealed class OwnerChains
{
    // References can form a circle in a broken input.
    private const int MaxLength = 8;

    private readonly Dictionary<ObjectReference, Workload> _workloads = [];
    private readonly HashSet<ObjectReference> _withPods = [];

    public OwnerChains(IReadOnlyList<Workload> workloads)
    {
        foreach (var workload in workloads)
            _workloads[workload.Reference] = workload;
    }

    public ObjectReference OwnerOf(Pod pod) => Climb(pod, _withPods);

    public ObjectReference OwnerOf(Workload workload) => Climb(workload, null);

    /// <summary>To be asked after every pod's owner was: neither it nor the workloads above it have pods, and no template above it stands for them.</summary>
    public bool IsWithoutPods(Workload workload)
    {
        if (_withPods.Contains(workload.Reference))
            return false;
        return ControllerOf(workload) is not { } parent || (!_workloads.ContainsKey(parent) && !_withPods.Contains(OwnerOf(workload)));
    }

    private ObjectReference Climb(KubernetesObject from, HashSet<ObjectReference>? passed)
    {
        var current = from.Reference;
        KubernetesObject? known = from;
        for (var i = 0; i < MaxLength && known is not null && ControllerOf(known) is { } parent; i++)
        {
            current = parent;
            passed?.Add(parent);
            known = _workloads.GetValueOrDefault(parent);
        }

        return current;
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
    /// The Deployment of a ReplicaSet that is not in the input, as after <c>kubectl get deploy,pods</c>: it named the ReplicaSet after itself and the
    /// hash that it puts on the pods. Null where that Deployment is not in the input either.
    /// </summary>
    private ObjectReference? DeploymentBehind(ObjectReference replicaSet, LabelSet podLabels) =>
        Endpoint.DeploymentOf(replicaSet, podLabels) is { } deployment && _workloads.ContainsKey(deployment) ? deployment : null;
}
