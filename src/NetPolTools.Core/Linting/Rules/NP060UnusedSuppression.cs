namespace NetPolTools.Linting.Rules;

internal sealed class NP060UnusedSuppression() : LintRule("NP060", "unused-suppression", LintSeverity.Warning, LintNeeds.Policy)
{
    public override string Description => "Finds annotations, comments and lines of a baseline that silence nothing, have ended, or give no reason.";

    public override string Why =>
        "A suppression that outlives what it was for hides the next finding of the same kind. One without a reason silences nothing: whoever reads it later "
        + "cannot tell whether it still holds.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
          namespace: shop
          annotations: {netpol.tools/ignore.NP026: ""}
        spec:
          podSelector: {}
          policyTypes: [Ingress]
          ingress: [{}]
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata:
          name: web
          namespace: shop
          annotations: {netpol.tools/ignore.NP026: this is the shop's front door}
        spec:
          podSelector: {}
          policyTypes: [Ingress]
          ingress: [{}]
        """;

    /// <summary>What is wrong with suppressions is known once all other rules have been asked.</summary>
    internal override IEnumerable<LintFinding> Check(LintContext context) => [];
}
