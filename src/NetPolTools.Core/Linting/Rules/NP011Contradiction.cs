using NetPolTools.Objects;

namespace NetPolTools.Linting.Rules;

internal sealed class NP011Contradiction() : LintRule("NP011", "contradiction", LintSeverity.Error, LintNeeds.Policy)
{
    public override string Description => "Finds selectors that no labels can ever match.";

    public override string Why =>
        "Every requirement of a selector has to hold at once. A selector that asks for two values of one label, or for a label to be there and not to be "
        + "there, selects nothing for ever. NotIn holds where the label is missing, so it contradicts nothing but a requirement to have just that value.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector:
            matchLabels: {app: db}
            matchExpressions: [{key: app, operator: In, values: [mysql, postgres]}]
          policyTypes: [Ingress]
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector:
            matchExpressions: [{key: app, operator: In, values: [mysql, postgres]}]
          policyTypes: [Ingress]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var policy in context.Policies)
        {
            if (SelectorAlgebra.Contradiction(policy.PodSelector) is { } why)
                yield return Find(policy, $"The policy selects no pod, whatever its labels: {why}.", "spec.podSelector");

            // Hardly any policy has such a peer, and to go through the rules of each makes something for each.
            if (!policy.HasPodSelector(IsContradiction) && !policy.HasNamespaceSelector(IsContradiction))
                continue;
            foreach (var rule in RuleSite.Of(policy))
            {
                for (var i = 0; i < rule.Rule.Peers?.Count; i++)
                {
                    var peer = rule.Peer(i);
                    if (peer.Peer.PodSelector is { } pods && SelectorAlgebra.Contradiction(pods) is { } whyNoPod)
                        yield return Find(peer, $"The peer matches no pod, whatever its labels: {whyNoPod}.");
                    if (peer.Peer.NamespaceSelector is { } namespaces && SelectorAlgebra.Contradiction(namespaces) is { } whyNoNamespace)
                        yield return Find(peer, $"The peer matches no namespace, whatever its labels: {whyNoNamespace}.");
                }
            }
        }

        static bool IsContradiction(LabelSelector selector) => SelectorAlgebra.Contradiction(selector) is not null;
    }
}
