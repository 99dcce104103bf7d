namespace NetPolTools.Objects;

/// <summary>Labels that controllers give the pods they make, beside those of the template.</summary>
public static class ControllerLabels
{
    /// <summary>Of a StatefulSet's pod: its name.</summary>
    public const string StatefulSetPodName = "statefulset.kubernetes.io/pod-name";

    /// <summary>Of a StatefulSet's pod: its number.</summary>
    public const string PodIndex = "apps.kubernetes.io/pod-index";

    public const string JobName = "batch.kubernetes.io/job-name";
    public const string OldJobName = "job-name";
    public const string KnativeService = "serving.knative.dev/service";
    public const string KubeVirt = "kubevirt.io";
    public const string VirtualMachineName = "vm.kubevirt.io/name";

    /// <summary>The keys whose values are not known of the pods of a workload that has none in the input, as far as its template does not give them.</summary>
    public static IEnumerable<string> UnknownOf(Workload workload) => workload.Kind switch
    {
        "Deployment" or "ReplicaSet" => ["pod-template-hash"],
        "Rollout" => ["rollouts-pod-template-hash"],
        "DaemonSet" => ["controller-revision-hash", "pod-template-generation"],
        Workload.StatefulSet => ["controller-revision-hash"],
        Workload.Job => ["controller-uid", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-completion-index"],
        Workload.CronJob =>
            [JobName, OldJobName, "controller-uid", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-completion-index"],
        "DeploymentConfig" => ["deployment"],
        "Service" => ["serving.knative.dev/revision", "serving.knative.dev/revisionUID", "serving.knative.dev/configurationUID", "app"],
        _ => [],
    };

    /// <summary>Whether it is a controller that gives pods the label with this key, and no template.</summary>
    public static bool IsGiven(string key) => key is StatefulSetPodName or PodIndex or JobName or OldJobName or "pod-template-hash"
        or "rollouts-pod-template-hash" or "controller-revision-hash" or "pod-template-generation" or "controller-uid"
        or "batch.kubernetes.io/controller-uid" or "batch.kubernetes.io/job-completion-index"
        || key.StartsWith("serving.knative.dev/", StringComparison.Ordinal);
}
