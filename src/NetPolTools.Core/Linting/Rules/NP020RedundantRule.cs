namespace NetPolTools.Linting.Rules;

internal sealed class NP020RedundantRule() : LintRule("NP020", "redundant-rule", LintSeverity.Note, LintNeeds.Reachability)
{
    public override string Description => "Finds rules that allow only what other rules allow, too.";

    public override string Why =>
        "Such a rule can go without any change, now and for pods to come; while it is there, whoever closes the other wonders why nothing closes. The rule "
        + "goes by what selectors, blocks and ports can match at all. What is the same only for the pods of today is no finding. Of several rules that are the "
        + "same, the first is left.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress:
          - from: [{podSelector: {}}]
          - from: [{podSelector: {matchLabels: {app: api}}}]
            ports: [{port: 8080}]
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress:
          - from: [{podSelector: {matchLabels: {app: api}}}]
            ports: [{port: 8080}]
        """;

    internal override LintTurn Turn => LintTurn.First;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var (rule, because) in context.Redundancy.Rules)
        {
            yield return Find(
                rule,
                $"The rule can go: {new RuleNames(because, rule.Policy)} {(because.Count == 1 ? "allows" : "allow")} all of it.",
                JudgedRule.PlacesOf(because),
                [new LintCorrection("Remove the rule.") { Edits = [PolicyEdits.Remove(rule.Path)] }]);
        }
    }
}
