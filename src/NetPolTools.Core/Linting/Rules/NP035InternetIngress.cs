using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP035InternetIngress() : LintRule("NP035", "internet-ingress", LintSeverity.Warning, LintNeeds.Policy)
{
    public override string Description => "Finds ingress rules for all addresses of a family.";

    public override string Why =>
        "0.0.0.0/0 and ::/0 let in whoever has a way to the pod, the internet among them. That is right for what a load balancer, an Ingress or a route "
        + "leads to: such pods are passed over.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}], ports: [{protocol: TCP, port: 5432}]}]
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{protocol: TCP, port: 5432}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var site in context.Peers().Where(static site => site.Rule.Direction == PolicyDirection.Ingress))
        {
            if (site.Peer.IPBlock is { } block && AddressRange.TryParseCidr(block.Cidr, out _, out var prefix, out _) && prefix == 0
                && !context.AreServed(site.Rule.Policy))
            {
                yield return Find(site, $"Every address may reach the policy's pods: {block.Cidr} is the whole internet.");
            }
        }
    }
}
