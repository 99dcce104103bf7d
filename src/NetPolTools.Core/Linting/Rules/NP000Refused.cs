using NetPolTools.Diagnostics;

namespace NetPolTools.Linting.Rules;

internal sealed class NP000Refused() : DiagnosedRule("NP000", "refused", LintSeverity.Error)
{
    public override string Description => "Finds what cannot be read, or what the API server refuses.";

    public override string Why => "A policy that the server refuses protects nothing, and `kubectl apply` of a folder applies the rest.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          ingress: [{ports: [{protocol: TCP, port: 70000}]}]
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          ingress: [{ports: [{protocol: TCP, port: 8080}]}]
        """;

    private protected override bool IsMeant(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error
        && diagnostic.Id is not (DiagnosticId.MaskedHostBits or DiagnosticId.AmbiguousCidr) && !IsUnread(diagnostic.Id);

    /// <summary>What keeps an input from being read at all: that is no finding, since nothing is known of the text.</summary>
    internal static bool IsUnread(DiagnosticId id) => id is DiagnosticId.PathNotFound or DiagnosticId.UnreadableFile or DiagnosticId.NoManifests
        or DiagnosticId.KubectlNotFound or DiagnosticId.ClusterNotRead or DiagnosticId.ForbiddenKind or DiagnosticId.ClusterTimeout
        or DiagnosticId.ConnectionLost;
}
