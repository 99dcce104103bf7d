namespace NetPolTools.Linting.Rules;

internal sealed class NP030PortEntryOpen() : LintRule("NP030", "port-entry-open", LintSeverity.Warning, LintNeeds.Policy)
{
    public override string Description => "Finds items of ports that name a protocol and no port.";

    public override string Why => "Such an item allows every port of the protocol. It often is a port number that got lost, or was meant as a default.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{protocol: TCP}]}]
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{protocol: TCP, port: 5432}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var rule in context.Rules())
        {
            for (var i = 0; i < rule.Rule.Ports?.Count; i++)
            {
                if (rule.Port(i) is { Port.Port: null } site)
                    yield return Find(site, $"The item allows every {site.Port.Protocol ?? "TCP"} port: it names none.");
            }
        }
    }
}
