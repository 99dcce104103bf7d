using NetPolTools.Objects;
using NetPolTools.Writing;
using static NetPolTools.Saving.SavedObjects;
using static NetPolTools.Writing.ManifestParts;

namespace NetPolTools.Saving;

/// <summary>What tells of traffic that no workload shows, as manifests that read back as the same.</summary>
internal static class SavedCallers
{
    public static ManifestMap Of(ApiServerCallback callback) => callback.Kind == ApiServerCallback.ApiService
        ? With(SavedObjects.Object("apiregistration.k8s.io/v1", callback), ("spec", NotEmpty(Map(
            ("service", callback.Calls.Count == 0 ? null : Service(callback.Calls[0]))))))
        : With(SavedObjects.Object("admissionregistration.k8s.io/v1", callback), ("webhooks", ListOrNothing(
            [.. Webhooks(callback.Calls)], static webhook => webhook)));

    public static ManifestMap Of(ScrapeMonitor monitor) => With(SavedObjects.Object("monitoring.coreos.com/v1", monitor), ("spec", Map(
        ("selector", Selector(monitor.Selector)),
        ("namespaceSelector", NotEmpty(Map(
            ("any", True(monitor.IsAnyNamespace)), ("matchNames", monitor.Namespaces is null ? null : Texts(monitor.Namespaces))))),
        (monitor.Kind == ScrapeMonitor.OfServices ? "endpoints" : "podMetricsEndpoints", ListOrNothing(monitor.Ports, static port => Map(
            ("port", Scalar(port.Name)), ("targetPort", SavedObjects.Port(port.OnPod))))))));

    /// <summary>Each at its place: those that call no Service are written without anything.</summary>
    private static IEnumerable<ManifestMap> Webhooks(IReadOnlyList<CalledService> calls)
    {
        var count = 0;
        foreach (var call in calls)
        {
            for (; ApiServerCallback.PathOf(count) != call.Path; count++)
                yield return ManifestMap.Empty;
            count++;
            yield return Map(("clientConfig", Map(("service", Service(call)))), ("failurePolicy", call.MayFail ? ManifestScalar.Of("Ignore") : null));
        }
    }

    private static ManifestMap Service(CalledService call) => Map(
        ("namespace", ManifestScalar.Of(call.Namespace)), ("name", ManifestScalar.Of(call.Service)), ("port", Number(call.Port)));
}
