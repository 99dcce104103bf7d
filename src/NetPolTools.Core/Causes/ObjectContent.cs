using NetPolTools.Dialects.Calico;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Objects;

namespace NetPolTools.Causes;

/// <summary>
/// What objects say about traffic, as a text that is the same wherever they stand. Where two texts differ although nothing matters, one more change is looked
/// at; where they are the same, the objects are.
/// </summary>
internal static class ObjectContent
{
    /// <returns>Null where nobody can tell: then it counts as changed.</returns>
    public static string? Of(IEnumerable<KubernetesObject> objects)
    {
        var texts = objects.Select(Of).ToArray();
        return Array.Exists(texts, static text => text is null) ? null : string.Join("\n", texts.Order(StringComparer.Ordinal));
    }

    private static string? Of(KubernetesObject found) => found switch
    {
        Pod pod => $"pod {pod.Metadata} {pod.Metadata.Controller} {pod.Spec} {pod.Phase} {pod.IsReady} {string.Join(' ', pod.Addresses)} "
            + $"{string.Join(' ', pod.HostAddresses)}",
        Workload workload => $"{workload.Kind} {workload.Metadata.Namespace}/{workload.Name} {workload.Metadata.Controller} {workload.TemplateLabels} "
            + $"{workload.Template} {workload.Replicas} {workload.FirstOrdinal} {workload.IsFinished}",
        Namespace ns => $"namespace {ns.Name} {ns.Metadata.Labels}",
        Service service => $"service {service.Metadata.Namespace}/{service.Name} {service.Selector} {string.Join("; ", service.Ports)} "
            + $"{string.Join(' ', service.ClusterIPs)} {service.IsHeadless} {service.ExternalName} {service.IsOpenedToOutside} {service.KeepsClientAddresses} "
            + $"{string.Join(' ', service.IPFamilies)} {service.PublishNotReadyAddresses}",
        Node node => $"node {node.Metadata} {string.Join(' ', node.Addresses)}",
        PluginTrace trace => $"{trace.TraceKind} {trace.Metadata} {string.Join(' ', trace.Containers.Select(static container => container.ToString()))} "
            + $"{trace.Desired} {trace.Ready} {string.Join(' ', trace.Values.OrderBy(static value => value.Key, StringComparer.Ordinal))}",
        ServiceAccount account => $"account {account.Metadata}",
        CalicoNetworkSet set => $"{set.Kind} {set.Metadata} {string.Join(' ', set.Nets)}",
        CiliumCidrGroup group => $"{group.Kind} {group.Metadata} {string.Join(' ', group.Cidrs)}",
        _ => null,
    };
}
