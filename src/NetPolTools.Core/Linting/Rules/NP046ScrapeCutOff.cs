using NetPolTools.Authoring.Denying;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP046ScrapeCutOff() : LintRule("NP046", "scrape-cut-off", LintSeverity.Warning, LintNeeds.Reachability)
{
    public override string Description => "Finds ServiceMonitors and PodMonitors whose pods policies close to Prometheus.";

    public override string Why =>
        "Metrics stop, and so do the alerts that they would raise; that the target is down is often the only sign. Policies see the pods of "
        + "Prometheus as the source, and the pods' own port. Where the input does not hold Prometheus, the rule speaks only of pods that nobody at "
        + "all may reach.";

    public override string Trouble => """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
        ---
        apiVersion: monitoring.coreos.com/v1
        kind: ServiceMonitor
        metadata: {name: web, namespace: shop}
        spec: {selector: {matchLabels: {app: web}}, endpoints: [{port: http}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: prometheus, namespace: monitoring, labels: {app.kubernetes.io/name: prometheus}}
        spec: {containers: [{name: prometheus, image: prometheus}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{protocol: TCP, port: 8080}]}]
        """;

    public override string Cure => """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
        ---
        apiVersion: monitoring.coreos.com/v1
        kind: ServiceMonitor
        metadata: {name: web, namespace: shop}
        spec: {selector: {matchLabels: {app: web}}, endpoints: [{port: http}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: prometheus, namespace: monitoring, labels: {app.kubernetes.io/name: prometheus}}
        spec: {containers: [{name: prometheus, image: prometheus}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}], ports: [{protocol: TCP, port: 8080}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        if (context.Snapshot.Monitors.Count == 0)
            yield break;
        var targets = new ScrapeTargets(context);
        (int Pod, LabelSelector Labels)[] scraping =
        [
            .. MonitoringException.UsualPods.SelectMany(labels => Enumerable.Range(0, context.Endpoints.PodCount)
                .Where(pod => labels.Matches(context.Endpoints[pod].Labels)).Select(pod => (pod, labels))),
        ];
        int[] sources = [.. scraping.Select(static prometheus => prometheus.Pod).Distinct()];
        foreach (var monitor in context.Snapshot.Monitors)
        {
            var closed = targets.Of(monitor).Where(pod => !sources.Contains(pod.Key)
                && (sources.Length == 0
                    ? context.Traffic.MayBeReached(pod.Key, pod.Value)
                    : context.Traffic.MayReach(sources, pod.Key, pod.Value)).IsEmpty).ToArray();
            if (closed.Length == 0)
                continue;
            var ports = PortSet.UnionOf([.. closed.Select(static pod => pod.Value)]);
            var who = sources.Length == 0 ? "nobody may reach them" : $"policies keep {context.Names(sources)} from there";
            yield return Find(monitor, $"It means {context.Names(closed.Select(static pod => pod.Key))} on {ports}, and {who}.") with
            {
                Corrections = [.. scraping.Take(1).Select(
                    found => IngressCorrection.LetIn("Prometheus", context.Endpoints[found.Pod].Namespace, found.Labels, ports))],
                Related = [.. context.Traffic.Closing(PolicyDirection.Ingress, closed[0].Key, sources, ports).Select(static place => place.ToRelated())],
            };
        }
    }
}
