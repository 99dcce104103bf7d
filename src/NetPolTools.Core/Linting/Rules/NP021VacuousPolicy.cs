namespace NetPolTools.Linting.Rules;

internal sealed class NP021VacuousPolicy() : LintRule("NP021", "vacuous-policy", LintSeverity.Note, LintNeeds.Reachability)
{
    public override string Description => "Finds policies without which nothing would change.";

    public override string Why =>
        "Other policies isolate the same pods, and allow all that it allows, now and for pods to come. It can go, and whoever reads the others has less "
        + "to read. A policy that alone isolates some pods is never one of them. Of several that are the same, the first is left.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {}}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web-from-api, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]
        """;

    internal override LintTurn Turn => LintTurn.Last;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        LintCorrection[] corrections = [new LintCorrection("Remove the policy.") { RemovesObject = true }];
        foreach (var (policy, because, isolating) in context.Redundancy.Policies)
        {
            // A default deny is there for the day when the other policy goes.
            if (because.Count == 0 && policy.PodSelector.SelectsEverything)
                continue;
            yield return because.Count == 0
                ? Find(
                    policy,
                    $"The policy can go: {isolating.Reference} isolates its pods, and it allows nothing.",
                    [LintPlace.Of(isolating)],
                    corrections)
                : Find(
                    policy,
                    $"The policy can go: {isolating.Reference} isolates its pods, and {new RuleNames(because, policy)} "
                        + $"{(because.Count == 1 ? "allows" : "allow")} all that it allows.",
                    JudgedRule.PlacesOf(because),
                    corrections);
        }
    }
}
