using NetPolTools.Diagnostics;
using NetPolTools.Exposure;
using NetPolTools.Listing;
using NetPolTools.Objects;

namespace NetPolTools.Asking;

/// <summary>The pods that do not exist yet among the ends of a question: the question is asked of a cluster that has them.</summary>
internal static class NewPods
{
    /// <param name="cluster">Asked about.</param>
    /// <param name="ends">Of the question.</param>
    /// <param name="findings">Takes what is wrong with them; then there is no answer.</param>
    /// <returns>The same cluster where no end is one.</returns>
    public static ClusterEvaluator AddTo(ClusterEvaluator cluster, IEnumerable<EndpointPattern> ends, Findings findings)
    {
        NewPod[] asked = [.. ends.Select(static end => end.NewPod).OfType<NewPod>().Distinct()];
        if (asked.Length == 0)
            return cluster;
        var there = cluster.Snapshot.Namespaces.Select(static ns => ns.Name).ToHashSet();
        foreach (var pod in asked.Where(pod => pod.Namespace is { } name && there.Contains(name) == pod.IsInNewNamespace))
        {
            findings.Prevent();
            findings.Add(new Diagnostic(DiagnosticId.NoMatch, DiagnosticSeverity.Error, Problem(pod)), pod.ToString());
        }

        var pods = new PodsToCome();
        foreach (var pod in asked)
            pods.Add(pod);
        return new ClusterEvaluator(pods.AddTo(cluster.Snapshot));
    }

    private static string Problem(NewPod pod) => pod.IsInNewNamespace
        ? $"'{pod}': the input has a {Namespace.KindName} {pod.Namespace}; for a pod in it, write in namespace {pod.Namespace}."
        : $"'{pod}': the input has no {Namespace.KindName} {pod.Namespace}; for a pod in one that is created for it, write in new namespace {pod.Namespace}.";
}
