using NetPolTools.Objects;

namespace NetPolTools.Reachability;

/// <summary>
/// The pods that a workload without pods in the input stands for: one for all of them, since they are alike. Only pods of a StatefulSet have labels of
/// their own, so they are made one by one where a policy asks for these.
/// </summary>
internal static class PodsOfTemplate
{
    /// <summary>More are left to one endpoint without number and name: a policy that names one of them would be a rarity.</summary>
    private const int MostPods = 100;

    /// <param name="workload">Without pods.</param>
    /// <param name="byIdentity">Whether pods of StatefulSets are to be made one by one.</param>
    /// <returns>Labels, and the name of the pod where it is known.</returns>
    public static IEnumerable<(string? Name, LabelSet Labels)> Of(Workload workload, bool byIdentity)
    {
        var count = Math.Min(workload.Replicas ?? 1, MostPods);
        if (!byIdentity || workload.Kind != Workload.StatefulSet || workload.Metadata.IsNameGenerated || count < 1)
            return [(null, workload.TemplateLabels)];
        return Enumerable.Range(workload.FirstOrdinal, count).Select(number =>
        {
            var name = $"{workload.Name}-{number}";
            return ((string?)name, workload.TemplateLabels.With(ControllerLabels.StatefulSetPodName, name).With(ControllerLabels.PodIndex, number.ToString()));
        });
    }

    /// <summary>Whether a policy asks for the labels that only pods of a StatefulSet have.</summary>
    public static bool AreToldApart(IEnumerable<NetworkPolicy> policies) => policies.Any(static policy =>
        policy.HasPodSelector(static selector => selector.HasKey(static key => key is ControllerLabels.StatefulSetPodName or ControllerLabels.PodIndex)));
}
