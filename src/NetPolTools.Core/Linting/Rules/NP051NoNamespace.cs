namespace NetPolTools.Linting.Rules;

internal sealed class NP051NoNamespace() : LintRule("NP051", "no-namespace", LintSeverity.Note, LintNeeds.Policy)
{
    public override string Description => "Finds policies that name no namespace.";

    public override string Why =>
        "Such a policy lands in the namespace that kubectl happens to be set to, and protects the pods there. That is fine where a tool adds the namespace "
        + "later, as Helm and Kustomize do.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web}
        spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context) => context.Policies
        .Where(static policy => policy.Metadata.IsNamespaceAssumed)
        .Select(policy => Find(policy, "The policy names no namespace, so it lands where kubectl points.", "metadata.namespace") with
        {
            Corrections = [new LintCorrection("Name the namespace that is meant.") { Text = "namespace: NAME" }],
        });
}
