using NetPolTools.Diagnostics;
using NetPolTools.Dialects.Cilium;

namespace NetPolTools.Linting.Rules;

internal sealed class NP059CiliumBrace() : DiagnosedRule("NP059", "cilium-brace", LintSeverity.Error)
{
    public override string Description => "Finds entries of Cilium's policies that look like a rule for everyone and match nobody.";

    public override string Why =>
        "In a NetworkPolicy an empty rule allows everything. In Cilium's policies an entry without peers and ports, or with an empty list of them, "
        + "matches nothing, and that it is there isolates the pods: it denies all. In a policy that has deny in its name it is a note.";

    public override string Trouble => """
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: allow-all, namespace: shop}
        spec:
          endpointSelector: {matchLabels: {app: web}}
          ingress: [{}]
        """;

    public override string Cure => """
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: allow-all, namespace: shop}
        spec:
          endpointSelector: {matchLabels: {app: web}}
          ingress: [{fromEntities: [all]}]
        """;

    private protected override bool IsMeant(Diagnostic diagnostic) => diagnostic.Id == DiagnosticId.InertRules
        && diagnostic.Object?.Kind is CiliumPolicy.Namespaced or CiliumPolicy.Clusterwide;

    /// <summary>As a default deny, and by that name, it is what Cilium's documentation shows.</summary>
    private protected override LintSeverity SeverityOf(Diagnostic diagnostic) =>
        diagnostic.Object!.Name.Contains("deny", StringComparison.OrdinalIgnoreCase) ? LintSeverity.Note : Severity;

    private protected override IReadOnlyList<LintCorrection> CorrectionsOf(Diagnostic diagnostic)
    {
        if (diagnostic.FieldPath?.Contains("Deny[", StringComparison.Ordinal) == true)
            return [new LintCorrection("Remove the entry, or name whom it denies.")];
        var field = diagnostic.FieldPath?.Contains(".egress", StringComparison.Ordinal) == true ? "toEntities" : "fromEntities";
        return [new LintCorrection("Say that everyone is meant, or remove the entry.") { Text = $"{field}: [all]" }];
    }
}
