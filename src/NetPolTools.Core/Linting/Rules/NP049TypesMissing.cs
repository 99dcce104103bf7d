using NetPolTools.Objects;
using NetPolTools.Sources;

namespace NetPolTools.Linting.Rules;

internal sealed class NP049TypesMissing() : LintRule("NP049", "types-missing", LintSeverity.Note, LintNeeds.Policy)
{
    public override string Description => "Finds policies without policyTypes.";

    public override string Why =>
        "Without policyTypes a policy is about ingress, and about egress only where it has an egress rule. An empty list of egress rules then denies nothing, "
        + "although it looks like a deny: that is a warning.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          egress: []
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress, Egress]
          egress: []
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var policy in context.Policies.Where(static policy => policy.PolicyTypes is not { Count: > 0 }))
        {
            var types = policy.Isolates(PolicyDirection.Egress) ? "[Ingress, Egress]" : "[Ingress]";
            yield return policy.Egress is { Count: 0 }
                ? Find(policy, "The empty list of egress rules denies nothing: without policyTypes, only an egress rule makes the policy about egress.",
                    "spec.egress")
                    with
                {
                    Severity = LintSeverity.Warning,
                    Corrections = [Correction("Say that egress is meant.", "[Ingress, Egress]") with { Effect = LintEffect.Closes }],
                }
                : Find(policy, $"The policy does not say which directions it is about; it is about {types}.", "spec.policyTypes") with
                {
                    Corrections = [Correction("Say which directions are meant.", types)],
                };
        }
    }

    private static LintCorrection Correction(string description, string types) => new(description)
    {
        Text = $"policyTypes: {types}",
        Edits = [new AddedField("spec", "policyTypes", types, "podSelector")],
    };
}
