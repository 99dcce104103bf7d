using NetPolTools.Diagnostics;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Objects;
using NetPolTools.Sources;

namespace NetPolTools.Linting.Rules;

internal sealed class NP052DeadApi() : LintRule("NP052", "dead-api", LintSeverity.Warning, LintNeeds.Policy)
{
    private const string CurrentVersion = "networking.k8s.io/v1";
    private const string Successor = "ClusterNetworkPolicy";

    public override string Description => "Finds policies of an apiVersion that servers no longer have.";

    public override string Why =>
        "A server refuses the object, and the pods stay as open as they were. AdminNetworkPolicy and BaselineAdminNetworkPolicy are a note: they were an "
        + "alpha, ClusterNetworkPolicy has taken their place, and some clusters still serve them. What was read from a cluster is served there.";

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

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var diagnostic in context.Snapshot.ReadingDiagnostics.Where(static diagnostic => diagnostic.Id == DiagnosticId.RemovedApiVersion))
        {
            yield return Find(diagnostic) with
            {
                Corrections = diagnostic.Object?.Kind == NetworkPolicy.KindName
                    ? [new LintCorrection("Write the version that servers have; the fields are the same.")
                    {
                        Text = $"apiVersion: {CurrentVersion}",
                        Edits = [new ChangedScalar("apiVersion", CurrentVersion)],
                    }]
                    : [],
            };
        }

        if (context.Snapshot.Origin is not null)
            yield break;
        foreach (var policy in context.Snapshot.PolicyObjects.OfType<AdminPolicy>().Where(static policy => policy.Kind != Successor))
        {
            yield return Find(policy, $"{policy.Kind} is an alpha that newer servers do not have: {Successor} has taken its place.", "apiVersion") with
            {
                Severity = LintSeverity.Note,
                Corrections = [new LintCorrection($"Make it a {Successor}; netpol convert does that.")],
            };
        }
    }
}
