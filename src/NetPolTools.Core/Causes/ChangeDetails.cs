using NetPolTools.Dialects.Calico;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Causes;

/// <summary>What is different in an object, in words.</summary>
internal static class ChangeDetails
{
    private const int MostAddresses = 5;

    public static IEnumerable<string> Between(KubernetesObject before, KubernetesObject after) => (before, after) switch
    {
        (Namespace a, Namespace b) => Labels(a.Metadata.Labels, b.Metadata.Labels),
        (Workload a, Workload b) => [.. Labels(a.TemplateLabels, b.TemplateLabels), .. Texts("pods", a.Template.ToString(), b.Template.ToString())],
        (Pod a, Pod b) => [.. Labels(a.Metadata.Labels, b.Metadata.Labels), .. Texts("pods", a.Spec.ToString(), b.Spec.ToString())],
        (Service a, Service b) =>
        [
            .. Texts("ports", Ports(a), Ports(b)),
            .. Texts("selector", a.Selector?.ToString() ?? "none", b.Selector?.ToString() ?? "none"),
        ],
        (ServiceAccount a, ServiceAccount b) => Labels(a.Metadata.Labels, b.Metadata.Labels),
        (CalicoNetworkSet a, CalicoNetworkSet b) => [.. Labels(a.Metadata.Labels, b.Metadata.Labels), .. Addresses(a.Nets, b.Nets)],
        (CiliumCidrGroup a, CiliumCidrGroup b) => [.. Labels(a.Metadata.Labels, b.Metadata.Labels), .. Addresses(a.Cidrs, b.Cidrs)],
        _ => [],
    };

    /// <summary>Addresses that came and that went.</summary>
    private static IEnumerable<string> Addresses(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        string[] gone = [.. before.Except(after)];
        string[] come = [.. after.Except(before)];
        if (gone.Length > 0)
            yield return $"without {Wording.List(gone, MostAddresses)}";
        if (come.Length > 0)
            yield return $"with {Wording.List(come, MostAddresses)}";
    }

    /// <summary>Each label that is not the same; those that controllers make are left out.</summary>
    private static IEnumerable<string> Labels(LabelSet before, LabelSet after)
    {
        foreach (var key in before.Concat(after).Select(static label => label.Key).Distinct().Order(StringComparer.Ordinal))
        {
            var (was, becomes) = (Text(before, key), Text(after, key));
            if (was != becomes && key != "pod-template-hash")
                yield return $"label {was} -> {becomes}";
        }
    }

    private static string Text(LabelSet labels, string key) => labels.TryGet(key, out var value) ? $"{key}={value}" : $"no {key}";

    private static IEnumerable<string> Texts(string name, string before, string after) => before == after ? [] : [$"{name} {before} -> {after}"];

    private static string Ports(Service service) =>
        string.Join(" ", service.Ports.Select(static port => $"{port.Protocol} {port.Port} to {port.TargetPort}"));
}
