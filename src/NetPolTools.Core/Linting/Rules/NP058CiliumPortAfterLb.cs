using NetPolTools.Diagnostics;
using NetPolTools.Dialects.Cilium;

namespace NetPolTools.Linting.Rules;

internal sealed class NP058CiliumPortAfterLb() : DiagnosedRule("NP058", "cilium-port-after-lb", LintSeverity.Warning, LintNeeds.Inventory)
{
    private const string ToServices = ".toServices";

    public override string Description => "Finds rules of Cilium that lead to a Service and name ports beside it.";

    public override string Why =>
        "Cilium looks at rules once it has chosen a pod behind the Service, so the ports are those of the pods and not those that clients dial; and "
        + "where no Service matches, some versions take the rule for every peer on these ports. Name the pods by toEndpoints, with their own ports. "
        + "Ports that are the pods' and not the Service's are passed over.";

    public override string Trouble => """
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {selector: {app: db}, ports: [{port: 80, targetPort: 5432}]}
        ---
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          endpointSelector: {matchLabels: {app: web}}
          egress:
          - toServices: [{k8sService: {serviceName: db, namespace: shop}}]
            toPorts: [{ports: [{port: '80', protocol: TCP}]}]
        """;

    public override string Cure => """
        apiVersion: v1
        kind: Service
        metadata: {name: db, namespace: shop}
        spec: {selector: {app: db}, ports: [{port: 80, targetPort: 5432}]}
        ---
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          endpointSelector: {matchLabels: {app: web}}
          egress:
          - toEndpoints: [{matchLabels: {app: db}}]
            toPorts: [{ports: [{port: '5432', protocol: TCP}]}]
        """;

    private protected override bool IsMeant(Diagnostic diagnostic) => diagnostic.Id == DiagnosticId.MisleadingRule
        && diagnostic.Object?.Kind is CiliumPolicy.Namespaced or CiliumPolicy.Clusterwide
        && diagnostic.FieldPath?.EndsWith(ToServices, StringComparison.Ordinal) == true;

    /// <summary>Whether the ports are those of the pods behind the one Service that it names, and are not the Service's.</summary>
    private protected override bool IsFine(Diagnostic diagnostic, LintContext context)
    {
        var policy = context.Snapshot.PolicyObjects.OfType<CiliumPolicy>().FirstOrDefault(policy => policy.Reference == diagnostic.Object);
        var entry = policy?.Rules().SelectMany(static rule => (rule.Rule.Egress ?? []).Select((entry, i) => (Path: $"{rule.Path}.egress[{i}]", Entry: entry)))
            .FirstOrDefault(found => found.Path + ToServices == diagnostic.FieldPath).Entry;
        if (entry?.Services is not [{ Name: { ServiceName: { } name } named }]
            || context.Services.Find(named.Namespace ?? policy!.Metadata.Namespace ?? "", name) is not { } service)
        {
            return false;
        }

        CiliumPort[] ports = [.. entry.Ports!.SelectMany(static rule => rule.Ports ?? [])];
        return ports.Length > 0 && Array.TrueForAll(ports, port => service.Ports.Any(served => served.TargetPort.ToString() == port.Port)
            && !service.Ports.Any(served => served.Port.ToString() == port.Port));
    }

    private protected override IReadOnlyList<LintCorrection> CorrectionsOf(Diagnostic diagnostic) =>
        [new LintCorrection("Name the pods behind the Service by toEndpoints, and their own ports.")];
}
