namespace NetPolTools.Objects;

/// <summary>
/// A template of pods that may run: a Deployment, ReplicaSet, StatefulSet, DaemonSet, Job, CronJob or ReplicationController; also an Argo Rollout, an
/// OpenShift DeploymentConfig, a Knative Service, or a KubeVirt virtual machine.
/// </summary>
public sealed record Workload(string WorkloadKind, ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public const string StatefulSet = "StatefulSet";
    public const string Job = "Job";
    public const string CronJob = "CronJob";

    /// <summary>Labels of the pods, not of the workload itself; those that its controller adds are among them as far as they are known.</summary>
    public LabelSet TemplateLabels { get; init; } = LabelSet.Empty;

    public PodSpec Template { get; init; } = PodSpec.Empty;

    /// <summary>How many pods it asks for; null where it does not say.</summary>
    public int? Replicas { get; init; }

    /// <summary>Of a StatefulSet, the number of its first pod.</summary>
    public int FirstOrdinal { get; init; }

    /// <summary>Of a Job, whether it has ended, so that no pod of it runs any more.</summary>
    public bool IsFinished { get; init; }

    public override string Kind => WorkloadKind;
}
