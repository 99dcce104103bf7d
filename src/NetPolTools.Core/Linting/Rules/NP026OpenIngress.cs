using NetPolTools.Objects;

namespace NetPolTools.Linting.Rules;

internal sealed class NP026OpenIngress() : LintRule("NP026", "open-ingress", LintSeverity.Warning, LintNeeds.Policy)
{
    public override string Description => "Finds ingress rules for every peer.";

    public override string Why =>
        "A rule without peers lets everyone in, in and out of the cluster, so the policy isolates its pods in name only. That is right for what a load "
        + "balancer, an Ingress or a route leads to: such pods are passed over. A rule for every peer on named ports is a note.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress: [{}]
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
        foreach (var rule in context.Rules().Where(static rule => rule is { Direction: PolicyDirection.Ingress, NamesNoPeer: true }))
        {
            if (context.AreServed(rule.Policy))
                continue;
            yield return rule.NamesNoPort
                ? Find(rule, "Everyone may reach the policy's pods on every port: the rule names no peer and no port.")
                : Find(rule, $"Everyone may reach the policy's pods on {rule.PortWords}: the rule names no peer.") with { Severity = LintSeverity.Note };
        }
    }
}
