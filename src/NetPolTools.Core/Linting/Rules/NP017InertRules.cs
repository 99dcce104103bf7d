using NetPolTools.Diagnostics;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Objects;
using NetPolTools.Sources;

namespace NetPolTools.Linting.Rules;

internal sealed class NP017InertRules() : DiagnosedRule("NP017", "inert-rules", LintSeverity.Error)
{
    public override string Description => "Finds rules of a direction that policyTypes does not name.";

    public override string Why =>
        "Where policyTypes is given, it alone says which directions a policy is about. Rules of the other direction are accepted and have no effect.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress, Egress]
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]
        """;

    private protected override IReadOnlyList<LintCorrection> CorrectionsOf(Diagnostic diagnostic)
    {
        var type = diagnostic.FieldPath == "spec.ingress" ? "Ingress" : "Egress";
        return
        [
            new LintCorrection($"Add {type} to policyTypes.")
            {
                Text = $"- {type}",
                Edits = [new AddedItem("spec.policyTypes", type)],
                Effect = LintEffect.Opens | LintEffect.Closes,
            },
        ];
    }

    /// <summary>With Cilium such rules count; its dialect tells of them.</summary>
    private protected override bool IsFine(Diagnostic diagnostic, LintContext context) => context.Map.Stack.Layout.Own is CiliumDialect;

    private protected override bool IsMeant(Diagnostic diagnostic) =>
        diagnostic.Id == DiagnosticId.InertRules && diagnostic.Object?.Kind == NetworkPolicy.KindName;
}
