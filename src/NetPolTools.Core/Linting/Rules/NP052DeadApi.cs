using NetPolTools.Diagnostics;

namespace NetPolTools.Linting.Rules;

internal sealed class NP052DeadApi() : DiagnosedRule("NP052", "dead-api", LintSeverity.Warning)
{
    public override string Description => "Finds policies of an apiVersion that servers no longer have.";

    public override string Why => "A server refuses the object, and the pods stay as open as they were.";

    public override string Trouble => """
        apiVersion: extensions/v1beta1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
        """;

    private protected override bool IsMeant(Diagnostic diagnostic) => diagnostic.Id == DiagnosticId.RemovedApiVersion;
}
