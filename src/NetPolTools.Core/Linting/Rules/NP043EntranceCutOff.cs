using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Services;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP043EntranceCutOff() : LintRule("NP043", "entrance-cut-off", LintSeverity.Error, LintNeeds.Reachability)
{
    public override string Description => "Finds Ingresses and routes whose controller policies keep from the pods behind them.";

    public override string Why =>
        "Requests that come in by the Ingress or route end in the controller with an error of a gateway. Policies see the controller's pods as the "
        + "source, and the pods' own port. Where the input does not hold the controller, the rule speaks only of pods that nobody at all may reach.";

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
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web, namespace: shop}
        spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: controller
          namespace: ingress-nginx
          labels: {app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller}
        spec: {containers: [{name: controller, image: controller}]}
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
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web, namespace: shop}
        spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
        ---
        apiVersion: v1
        kind: Pod
        metadata:
          name: controller
          namespace: ingress-nginx
          labels: {app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller}
        spec: {containers: [{name: controller, image: controller}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}}], ports: [{protocol: TCP, port: 8080}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        if (context.Snapshot.Entrances.Count == 0)
            yield break;
        var controllers = new KnownControllers(context.Endpoints);
        foreach (var (entrance, targets, serving) in new ResolvedEntrances(context.Map).All)
        {
            var closed = targets.Pods.Where(pod => !pod.Ports.IsEmpty && !serving.Contains(pod.Endpoint)
                && (serving.Length == 0
                    ? context.Traffic.MayBeReached(pod.Endpoint, pod.Ports)
                    : context.Traffic.MayReach(serving, pod.Endpoint, pod.Ports)).IsEmpty).ToArray();
            if (closed.Length == 0)
                continue;
            var ports = PortSet.UnionOf([.. closed.Select(static pod => pod.Ports)]);
            var who = serving.Length == 0 ? "nobody may reach them" : $"policies keep its controller, {context.Names(serving)}, from there";
            yield return Find(entrance, $"It leads to {context.Names(closed.Select(static pod => pod.Endpoint))} on {ports}, and {who}.") with
            {
                Corrections = [.. serving.Take(1).Select(
                    pod => IngressCorrection.LetIn("the controller", context.Endpoints[pod].Namespace, controllers.LabelsOf(pod), ports))],
                Related = [.. context.Traffic.Closing(PolicyDirection.Ingress, closed[0].Endpoint, serving, ports).Select(static place => place.ToRelated())],
            };
        }
    }
}
