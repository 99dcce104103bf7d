using NetPolTools.Difference;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Causes;

/// <summary>What is different in an object, in words.</summary>
internal static class ChangeDetails
{
    /// <param name="before">What makes one part of the earlier state: an object, or a workload and then its pods.</param>
    /// <param name="after">The same of the later state.</param>
    public static IEnumerable<string> Between(KubernetesObject[] before, KubernetesObject[] after)
    {
        if (before is [Pod was] && after is [Pod becomes] && was.Name == becomes.Name)
            return Between(was, becomes);
        return before[0] is Pod || after[0] is Pod ? Pods(before, after) : [.. Between(before[0], after[0]), .. Pods(before, after)];
    }

    private static IEnumerable<string> Between(KubernetesObject before, KubernetesObject after) => (before, after) switch
    {
        (Namespace a, Namespace b) => ChangedParts.Labels(a.Metadata.Labels, b.Metadata.Labels),
        (Workload a, Workload b) =>
        [
            .. ChangedParts.Labels(a.TemplateLabels, b.TemplateLabels),
            .. Texts("pods", a.Template.ToString(), b.Template.ToString()),
        ],
        (Pod a, Pod b) =>
        [
            .. ChangedParts.Labels(a.Metadata.Labels, b.Metadata.Labels),
            .. Texts("pods", a.Spec.ToString(), b.Spec.ToString()),
            .. Texts("status", a.Phase ?? "unknown", b.Phase ?? "unknown"),
            .. Texts("addresses", string.Join(' ', a.Addresses), string.Join(' ', b.Addresses)),
            .. a.IsReady == b.IsReady ? [] : new[] { b.IsReady ? "not ready -> ready" : "ready -> not ready" },
        ],
        (Service a, Service b) =>
        [
            .. Texts("ports", Ports(a), Ports(b)),
            .. Texts("selector", a.Selector?.ToString() ?? "none", b.Selector?.ToString() ?? "none"),
        ],
        (ServiceAccount a, ServiceAccount b) => ChangedParts.Labels(a.Metadata.Labels, b.Metadata.Labels),
        (PolicyObject a, PolicyObject b) => NamedSets.Details(a, b),
        _ => [],
    };

    /// <summary>Which pods of a workload are not as they were, those that changed alike together, and which came and went.</summary>
    private static IEnumerable<string> Pods(KubernetesObject[] before, KubernetesObject[] after)
    {
        var were = before.OfType<Pod>().ToDictionary(static pod => pod.Name);
        var are = after.OfType<Pod>().ToDictionary(static pod => pod.Name);
        var changed = were.Keys.Intersect(are.Keys).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Details: string.Join(", ", Between(were[name], are[name]))))
            .Where(static pod => pod.Details.Length > 0);
        foreach (var alike in changed.GroupBy(static pod => pod.Details, static pod => pod.Name))
        {
            string[] names = [.. alike];
            yield return names.Length == are.Count && names.Length > 1 ? $"all pods: {alike.Key}"
                : $"{(names.Length > 1 ? "pods" : "pod")} {Wording.List(names, ChangedParts.MostNames)}: {alike.Key}";
        }

        foreach (var detail in ChangedParts.ComeAndGone([.. were.Keys.Order(StringComparer.Ordinal)], [.. are.Keys.Order(StringComparer.Ordinal)], "pod "))
            yield return detail;
    }

    private static IEnumerable<string> Texts(string name, string before, string after) => before == after ? [] : [$"{name} {before} -> {after}"];

    private static string Ports(Service service) =>
        string.Join(" ", service.Ports.Select(static port => $"{port.Protocol} {port.Port} to {port.TargetPort}"));
}
