using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Linting.Rules;

internal sealed class NP021VacuousPolicy() : LintRule("NP021", "vacuous-policy", LintSeverity.Note, LintNeeds.Reachability)
{
    private const int MostNames = 3;

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
        foreach (var (policy, because, isolating) in context.Redundancy.Policies)
        {
            // A default deny is there for the day when the other policy goes.
            if (because.Count == 0 && policy.PodSelector.SelectsEverything)
                continue;
            var isolates = $"{isolating.Reference} isolates its pods";
            yield return Find(policy, because.Count == 0
                ? $"The policy can go: {isolates}, and it allows nothing."
                : $"The policy can go: {isolates}, and {Names(because, policy)} {(because.Count == 1 ? "allows" : "allow")} all that it allows.") with
            {
                Corrections = [new LintCorrection("Remove the policy.") { RemovesObject = true }],
                Related = because.Count == 0 ? [LintPlace.Of(isolating)] : Places(because),
            };
        }
    }

    /// <summary>The rules that allow the same; those of the policy itself by their paths alone.</summary>
    internal static string Names(IReadOnlyList<JudgedRule> because, NetworkPolicy of) => Wording.List(
        [.. because.Select(rule => rule.Site.Policy == of ? rule.Site.Path : $"{rule.Site.Policy.Reference} {rule.Site.Path}")], MostNames);

    internal static LintPlace[] Places(IReadOnlyList<JudgedRule> because) =>
        [.. because.Take(MostNames).Select(static rule => new LintPlace(rule.Site.Policy.Reference, rule.Site.Path, rule.Site.Rule.Location))];
}
