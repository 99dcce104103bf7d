using NetPolTools.Dialects.Calico;

namespace NetPolTools.Linting.Rules;

internal sealed class NP056CalicoNotModelled() : LintRule("NP056", "calico-not-modelled", LintSeverity.Note, LintNeeds.Policy)
{
    public override string Description => "Finds settings of Calico's policies that answers do not take into account.";

    public override string Why =>
        "Policies with preDNAT or doNotTrack, and what applyOnForward adds, are for host endpoints: they see traffic of nodes before Services and "
        + "connections are known. Answers are about pods and leave that out, so more may be denied than they say.";

    public override string Trouble => """
        apiVersion: projectcalico.org/v3
        kind: GlobalNetworkPolicy
        metadata: {name: block}
        spec:
          selector: role == 'node'
          preDNAT: true
          applyOnForward: true
          types: [Ingress]
          ingress: [{action: Deny, source: {nets: [198.51.100.0/24]}}]
        """;

    public override string Cure => """
        apiVersion: projectcalico.org/v3
        kind: GlobalNetworkPolicy
        metadata: {name: block}
        spec:
          selector: role == 'node'
          types: [Ingress]
          ingress: [{action: Deny, source: {nets: [198.51.100.0/24]}}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var policy in context.Snapshot.PolicyObjects.OfType<CalicoPolicy>().Where(static policy => policy.IsEnforced))
        {
            string[] fields =
            [
                .. policy.PreDnat ? new[] { "preDNAT" } : [],
                .. policy.DoNotTrack ? new[] { "doNotTrack" } : [],
                .. policy.ApplyOnForward ? new[] { "applyOnForward" } : [],
            ];
            if (fields.Length > 0)
            {
                yield return Find(
                    policy,
                    $"What {string.Join(" and ", fields)} {(fields.Length == 1 ? "does" : "do")} to the traffic of nodes is not analysed: more may be denied "
                        + "than answers say.",
                    $"spec.{fields[0]}",
                    policy.PlaceOf(fields[0]));
            }
        }
    }
}
