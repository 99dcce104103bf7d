using NetPolTools.Objects;
using NetPolTools.Reading.Kinds;
using NetPolTools.Sets;
using NetPolTools.Writing;
using static NetPolTools.Saving.SavedObjects;
using static NetPolTools.Writing.ManifestParts;

namespace NetPolTools.Saving;

/// <summary>Pods and templates of pods, as manifests that read back as the same.</summary>
internal static class SavedWorkloads
{
    /// <summary>Of a container whose name was not read.</summary>
    private const string ContainerName = "main";

    /// <param name="pod">The pod.</param>
    /// <param name="trace">What it says about the network plugin; null for nothing.</param>
    public static ManifestMap Of(Pod pod, PluginTrace? trace) => With(
        SavedObjects.Object("v1", pod),
        ("spec", Spec(pod.Spec, trace)),
        ("status", NotEmpty(Map(
            ("phase", Scalar(pod.Phase)),
            ("podIPs", ListOrNothing(pod.Addresses, Address)),
            ("hostIPs", ListOrNothing(pod.HostAddresses, Address)),
            ("conditions", pod.IsReady ? null : new ManifestList([Condition("Ready", "False")]))))));

    /// <param name="workload">The workload.</param>
    /// <param name="trace">What it says about the network plugin; null for nothing.</param>
    public static ManifestMap Of(Workload workload, PluginTrace? trace)
    {
        var spec = workload.Kind switch
        {
            VirtualMachineDraft.Instance => Machine(workload),
            "VirtualMachine" or "VirtualMachineInstanceReplicaSet" => Map(("template", Template(workload, Machine(workload)))),
            Workload.CronJob => Map(("jobTemplate", Map(("spec", Map(("template", Template(workload, Spec(workload.Template, trace)))))))),
            _ => Map(("template", Template(workload, Spec(workload.Template, trace)))),
        };
        return With(
            SavedObjects.Object(ApiVersionOf(workload), workload),
            ("spec", With(
                Map(
                    ("replicas", workload.Replicas is { } replicas ? Number(replicas) : null),
                    ("ordinals", workload.FirstOrdinal == 0 ? null : Map(("start", Number(workload.FirstOrdinal)))),
                    ("manualSelector", True(HasManualSelector(workload)))),
                [.. spec.Fields.Select(static field => (field.Key, (ManifestNode?)field.Value))])),
            ("status", Status(workload, trace)));
    }

    /// <summary>Kinds of workloads have one group each, except Service, of which only Knative's is a workload.</summary>
    private static string ApiVersionOf(Workload workload) =>
        KubernetesKinds.Kinds.First(
            known => known.Kind == workload.Kind && known.GoneSince is null && !(known.Kind == Service.KindName && known.Group.Length == 0)).ApiVersion;

    /// <summary>Without it, a Job's pods have labels that these do not have.</summary>
    private static bool HasManualSelector(Workload workload) => workload.Kind == Workload.Job
        && !(workload.TemplateLabels.TryGet(ControllerLabels.JobName, out _) && workload.TemplateLabels.TryGet(ControllerLabels.OldJobName, out _));

    private static ManifestMap Template(Workload workload, ManifestMap spec) => Map(
        ("metadata", workload.TemplateLabels.Count == 0 ? null : Map(("labels", Labels(workload.TemplateLabels)))), ("spec", spec));

    private static ManifestMap? Status(Workload workload, PluginTrace? trace)
    {
        if (workload.IsFinished)
            return Map(("conditions", new ManifestList([Condition("Complete", "True")])));
        var (desired, ready) = workload.Kind == "DaemonSet" ? ("desiredNumberScheduled", "numberReady") : ("replicas", "readyReplicas");
        return NotEmpty(Map((desired, Count(trace?.Desired)), (ready, Count(trace?.Ready))));
    }

    private static ManifestScalar? Count(int? count) => count is { } known ? Number(known) : null;

    private static ManifestMap Address(NetAddress address) => Map(("ip", Scalar(address)));

    private static ManifestMap Spec(PodSpec spec, PluginTrace? trace) => Map(
        ("hostNetwork", True(spec.HostNetwork)),
        ("nodeName", Scalar(spec.NodeName)),
        ("serviceAccountName", spec.ServiceAccount == PodSpec.DefaultServiceAccount ? null : ManifestScalar.Of(spec.ServiceAccount)),
        ("dnsPolicy", Scalar(spec.DnsPolicy)),
        ("automountServiceAccountToken", TrueOrFalse(spec.MountsToken)),
        ("containers", Containers(spec, trace)));

    /// <summary>Which container declares a port does not matter, so the first declares all of them.</summary>
    private static ManifestList? Containers(PodSpec spec, PluginTrace? trace)
    {
        var ports = ListOrNothing(spec.Ports, Port);
        if (trace is { Containers.Count: > 0 })
            return new ManifestList([.. trace.Containers.Select((container, i) => Container(container, i == 0 ? ports : null))]);
        var containers = new List<ManifestNode>();
        if (ports is not null)
            containers.Add(Map(("name", ManifestScalar.Of(ContainerName)), ("ports", ports)));
        if (spec.Hosts.Count > 0)
            containers.Add(Map(("name", ManifestScalar.Of("hosts")), ("args", Texts(spec.Hosts.Select(static host => $"--host={host}")))));

        // A container has one probe of a sort.
        containers.AddRange(spec.ProbedPorts.Select(static (port, i) => Map(
            ("name", ManifestScalar.Of($"probed-{i}")),
            ("readinessProbe", Map(("tcpSocket", Map(("port", SavedObjects.Port(port)))))))));
        return containers.Count == 0 ? null : new ManifestList([.. containers]);
    }

    private static ManifestMap Container(PluginContainer container, ManifestList? ports) => Map(
        ("name", ManifestScalar.Of(container.Name)),
        ("image", ManifestScalar.Of(container.Image)),
        ("args", container.Arguments.Count == 0 ? null : Texts(container.Arguments)),
        ("env", ListOrNothing(
            [.. container.Env], static variable => Map(("name", ManifestScalar.Of(variable.Key)), ("value", ManifestScalar.Of(variable.Value))))),
        ("ports", ports));

    private static ManifestMap Machine(Workload workload) => Map(("domain", Map(("devices", Map(("interfaces", new ManifestList(
    [
        Map(("name", ManifestScalar.Of("default")), ("ports", ListOrNothing(workload.Template.Ports, static port => Map(
            ("name", NameOf(port)), ("port", Number(port.Number)), ("protocol", UnlessTcp(port.Protocol)))))),
    ])))))));

    private static ManifestMap Port(ContainerPort port) =>
        Map(("name", NameOf(port)), ("containerPort", Number(port.Number)), ("protocol", UnlessTcp(port.Protocol)));

    private static ManifestScalar? NameOf(ContainerPort port) => port.Name.Length == 0 ? null : ManifestScalar.Of(port.Name);
}
