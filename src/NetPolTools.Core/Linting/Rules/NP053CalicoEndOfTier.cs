using NetPolTools.Dialects.Calico;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sources;

namespace NetPolTools.Linting.Rules;

internal sealed class NP053CalicoEndOfTier() : LintRule("NP053", "calico-end-of-tier", LintSeverity.Error, LintNeeds.Reachability)
{
    public override string Description => "Finds Calico's tiers that deny pods what none of their rules matches.";

    public override string Why =>
        "As soon as one policy of a tier selects a pod, the tier denies at its end what no rule matched, without a rule that says so, and "
        + "NetworkPolicies and later tiers are never asked. A rule with action Pass at the end hands the rest on, and so does a tier with "
        + "defaultAction Pass. Where the deny is meant, a rule with action Deny says it.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: projectcalico.org/v3
        kind: Tier
        metadata: {name: security}
        spec: {order: 100}
        ---
        apiVersion: projectcalico.org/v3
        kind: GlobalNetworkPolicy
        metadata: {name: security.block}
        spec:
          tier: security
          selector: app == 'web'
          types: [Ingress]
          ingress:
          - {action: Deny, source: {nets: [198.51.100.0/24]}}
        """;

    public override string Cure => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: projectcalico.org/v3
        kind: Tier
        metadata: {name: security}
        spec: {order: 100}
        ---
        apiVersion: projectcalico.org/v3
        kind: GlobalNetworkPolicy
        metadata: {name: security.block}
        spec:
          tier: security
          selector: app == 'web'
          types: [Ingress]
          ingress:
          - {action: Deny, source: {nets: [198.51.100.0/24]}}
          - {action: Pass}
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
        {
            var found = new Dictionary<TieredPolicy, (CalicoPolicy Last, List<int> Pods)>(ReferenceEqualityComparer.Instance);
            foreach (var pod in context.PodClasses)
            {
                foreach (var policies in context.Map.DenyingEnds(direction, pod))
                {
                    if (policies[^1].Origin.Object is not CalicoPolicy policy)
                        continue;
                    if (!found.TryGetValue(policies[^1], out var known))
                        found.Add(policies[^1], known = (policy, []));
                    known.Pods.Add(pod);
                }
            }

            var field = direction == PolicyDirection.Ingress ? "ingress" : "egress";
            foreach (var (_, (policy, pods)) in found)
            {
                yield return Find(
                    policy,
                    $"Behind its last {field} rule the tier {policy.TierName} denies {context.Names(pods)} all that no rule of the tier matched: "
                        + "NetworkPolicies and later tiers are not asked.",
                    $"spec.{field}",
                    policy.PlaceOf(field)) with
                {
                    Corrections = [new LintCorrection("Pass on what no rule matches.")
                    {
                        Text = "- action: Pass",
                        Edits = policy.Rules(direction).Count > 0
                            ? [new AddedItem($"spec.{field}", "{action: Pass}")]
                            : [new AddedField("spec", field, "[{action: Pass}]")],
                        Effect = LintEffect.Opens,
                    }],
                };
            }
        }
    }
}
