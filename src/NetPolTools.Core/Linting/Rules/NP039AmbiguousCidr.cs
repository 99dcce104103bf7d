using NetPolTools.Diagnostics;

namespace NetPolTools.Linting.Rules;

internal sealed class NP039AmbiguousCidr() : DiagnosedRule("NP039", "ambiguous-cidr", LintSeverity.Warning)
{
    public override string Description => "Finds blocks of addresses with host bits, leading zeros, or IPv4 written as IPv6.";

    public override string Why =>
        "Programs read such blocks differently, so the policy may mean other addresses than its author. The API server refuses them in new policies from "
        + "Kubernetes 1.36 on; for such versions this is an error.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{ipBlock: {cidr: 192.168.0.5/24}}]}]
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress: [{from: [{ipBlock: {cidr: 192.168.0.0/24}}]}]
        """;

    private protected override bool IsMeant(Diagnostic diagnostic) => diagnostic.Id is DiagnosticId.MaskedHostBits or DiagnosticId.AmbiguousCidr;

    private protected override LintSeverity SeverityOf(Diagnostic diagnostic) =>
        diagnostic.Severity == DiagnosticSeverity.Error ? LintSeverity.Error : Severity;
}
