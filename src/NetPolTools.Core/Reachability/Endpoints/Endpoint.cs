using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>A pod that runs, or a template of pods that may run: one thing that can talk and be talked to.</summary>
public sealed class Endpoint
{
    internal Endpoint(string @namespace, string? podName, ObjectReference owner, LabelSet labels, PodSpec spec)
    {
        Namespace = @namespace;
        PodName = podName;
        Owner = owner;
        Labels = labels;
        Spec = spec;
    }

    public string Namespace { get; }

    /// <summary>Null for a template.</summary>
    public string? PodName { get; }

    /// <summary>
    /// The workload at the top of the chain of owners; the pod itself where it has none. A ReplicaSet that is not in the input, and whose name ends in the hash
    /// on its pods, was made by the Deployment of the name before it, whether the input holds that or not.
    /// </summary>
    public ObjectReference Owner { get; }

    /// <summary>The pod; of a template, the workload at the top of its chain of owners.</summary>
    public ObjectReference Reference => PodName is null ? Owner : new ObjectReference(Pod.KindName, Namespace, PodName);

    public LabelSet Labels { get; }

    public PodSpec Spec { get; }

    /// <summary>The pod's own addresses as far as they are known; those of a hostNetwork pod are its node's.</summary>
    public IReadOnlyList<NetAddress> Addresses { get; internal init; } = [];

    /// <summary>The addresses of its node as far as they are known.</summary>
    public IReadOnlyList<NetAddress> NodeAddresses { get; internal init; } = [];

    /// <summary>Whether Services lead to it; a template stands for pods that will be ready.</summary>
    public bool IsReady { get; internal init; } = true;

    public bool IsHostNetwork => Spec.HostNetwork;

    /// <summary>Whether several pods may stand behind it, that then need rules to talk among themselves.</summary>
    public bool MayHaveReplicas => Owner.Kind != Pod.KindName;
}
