using NetPolTools.Diagnostics;

namespace NetPolTools.Linting.Rules;

internal sealed class NP050DuplicateName() : DiagnosedRule("NP050", "duplicate-name", LintSeverity.Error)
{
    public override string Description => "Finds objects that stand twice in the input under one name.";

    public override string Why => "A cluster keeps one of them, the one applied last; what the other says is lost without a word.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]}
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress, Egress]}
        """;

    private protected override bool IsMeant(Diagnostic diagnostic) => diagnostic.Id == DiagnosticId.DuplicateObject;
}
