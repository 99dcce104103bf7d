using NetPolTools.Objects;

namespace NetPolTools.Linting.Rules;

internal sealed class NP047DependencyCutOff() : LintRule("NP047", "dependency-cut-off", LintSeverity.Warning, LintNeeds.Reachability)
{
    public override string Description => "Finds pods that are told to connect to a Service which policies keep them from.";

    public override string Why =>
        "Environment variables and arguments often name the Services that a program needs. Names that no Service of the input has are passed over, "
        + "so are settings that are read from a ConfigMap or a Secret; a program need not use what it is told, so the rule has to be asked for by "
        + "name.";

    public override string Trouble => """
        apiVersion: v1
        kind: Pod
        metadata: {name: api, namespace: shop, labels: {app: api}}
        spec: {containers: [{name: api, image: api, env: [{name: WEB_URL, value: 'http://web.shop.svc/'}]}]}
        ---
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
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: other}}}], ports: [{protocol: TCP, port: 8080}]}]
        """;

    public override string Cure => """
        apiVersion: v1
        kind: Pod
        metadata: {name: api, namespace: shop, labels: {app: api}}
        spec: {containers: [{name: api, image: api, env: [{name: WEB_URL, value: 'http://web.shop.svc/'}]}]}
        ---
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
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{protocol: TCP, port: 8080}]}]
        """;

    public override bool IsOptIn => true;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var (owner, template, pods) in context.WorkloadPods.All())
        {
            foreach (var host in template.Hosts)
            {
                if (Find(context, host.Name, owner.Metadata.Namespace!) is not { } service)
                    continue;
                ServicePort[] ports = [.. service.Ports.Where(port => host.Port is null || port.Port == host.Port)];
                var targets = context.Services.Resolve(service, ports).Pods.Where(static pod => !pod.Ports.IsEmpty).ToArray();
                if (targets.Length == 0 || targets.Any(pod => pods.Contains(pod.Endpoint) || !context.Traffic.MayReach(pods, pod.Endpoint, pod.Ports).IsEmpty))
                    continue;
                var target = targets[0];
                yield return Find(
                    owner, $"It is told to connect to {host}, and policies keep it from the pods behind {service.Reference} on {target.Ports}.") with
                {
                    Related =
                    [
                        .. context.Traffic.Closing(PolicyDirection.Egress, pods[0], [target.Endpoint], target.Ports)
                            .Concat(context.Traffic.Closing(PolicyDirection.Ingress, target.Endpoint, pods, target.Ports))
                            .Select(static place => place.ToRelated()),
                    ],
                };
            }
        }
    }

    /// <summary><c>db</c>, <c>db.shop</c>, <c>db.shop.svc</c> and <c>db.shop.svc.cluster.local</c>.</summary>
    private static Service? Find(LintContext context, string host, string ownNamespace)
    {
        var parts = host.Split('.');
        return parts.Length switch
        {
            1 => context.Services.Find(ownNamespace, parts[0]),
            2 => context.Services.Find(parts[1], parts[0]),
            _ when parts[2] == "svc" => context.Services.Find(parts[1], parts[0]),
            _ => null,
        };
    }
}
