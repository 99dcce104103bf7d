namespace NetPolTools.Objects;

/// <summary>A Deployment, ReplicaSet, StatefulSet, DaemonSet, Job, CronJob or ReplicationController: a template of pods that may run.</summary>
public sealed record Workload(string WorkloadKind, ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    /// <summary>Labels of the pods, not of the workload itself.</summary>
    public LabelSet TemplateLabels { get; init; } = LabelSet.Empty;

    public PodSpec Template { get; init; } = PodSpec.Empty;

    public override string Kind => WorkloadKind;
}
