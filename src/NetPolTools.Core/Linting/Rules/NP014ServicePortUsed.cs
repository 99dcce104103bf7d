using NetPolTools.Sets;
using NetPolTools.Sources;

namespace NetPolTools.Linting.Rules;

internal sealed class NP014ServicePortUsed() : LintRule("NP014", "service-port-used", LintSeverity.Error, LintNeeds.Inventory)
{
    public override string Description => "Finds ports of a Service where the ports of its pods are meant.";

    public override string Why =>
        "The address and the port of a Service are replaced by those of a pod before any policy looks, so policies are about target ports. A rule for port 80 "
        + "of a Service that leads to port 8080 allows nothing of it. Where a pod has both ports, or the rule allows both, all is well.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {}}], ports: [{port: 80}]}]
        """;

    public override string Cure => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web, ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {}}], ports: [{port: 8080}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var rule in context.Rules().Where(static rule => !rule.NamesNoPort))
        {
            if (context.Destinations(rule) is not { IsEmpty: false } pods)
                continue;
            for (var i = 0; i < rule.Rule.Ports!.Count; i++)
            {
                var site = rule.Port(i);
                if (ServicePorts.Used(context, site, pods) is not { } mapping)
                    continue;
                var target = mapping.Targets.Ranges().First().First;
                var service = mapping.Service;
                yield return Find(site,
                    $"Port {site.Port.Port!.Value.Number} is that of {service.Reference}, which leads to {target} on its pods: policies see {target}.") with
                {
                    Corrections = [new LintCorrection($"Write {target}, the port of the pods.")
                    {
                        Text = $"port: {target}",
                        Edits = mapping.Targets.Equals(PortSet.Of(site.Protocol, target)) ? [new ChangedScalar($"{site.Path}.port", $"{target}")] : [],
                        Effect = LintEffect.Opens | LintEffect.Closes,
                        OpenedPorts = mapping.Targets,
                        ClosedPorts = PortSet.Of(site.Protocol, site.Port.Port.Value.Number),
                    }],
                    Related = [new LintPlace(service.Reference, "spec.ports", service.Location)],
                };
            }
        }
    }
}
