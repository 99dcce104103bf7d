using NetPolTools.Objects;

namespace NetPolTools.Linting.Rules;

internal sealed class NP013PortUndeclared() : LintRule("NP013", "port-undeclared", LintSeverity.Note, LintNeeds.Inventory)
{
    public override string Description => "Finds ports that no container at the destination declares, although each declares some.";

    public override string Why =>
        "Nobody has to declare the ports that a program listens on, and those that are not declared work as well. But where every container says which ports "
        + "it has, a port that is not among them is often one of the past, or another program's. Ports that a Service leads to are passed over, and so is "
        + "port 53, which programs for DNS often declare for one protocol alone.";

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
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {}}], ports: [{port: 8081}]}]
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
            if (context.Destinations(rule) is not { IsEmpty: false } pods || pods.Overlaps(context.Ports.DeclaringNone))
                continue;
            for (var i = 0; i < rule.Rule.Ports!.Count; i++)
            {
                var site = rule.Port(i);
                if (site.Port.Port is not { Name: null, Number: var first } || first is 53 or 5353 || ServicePorts.Used(context, site, pods) is not null)
                    continue;
                var last = site.Port.EndPort ?? first;
                if (!context.Ports.IsDeclared(pods, site.Protocol, first, last) && !context.Ports.IsServed(pods, site.Protocol, first, last))
                    yield return Find(site, $"No pod that the rule leads to declares {Text(site)}, although each declares ports.");
            }
        }
    }

    private static string Text(PortSite site) =>
        site.Port.EndPort is null ? NetworkPolicyPortText.Of(site.Port) : $"a port of {NetworkPolicyPortText.Of(site.Port)}";
}
