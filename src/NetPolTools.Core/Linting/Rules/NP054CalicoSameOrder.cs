using NetPolTools.Dialects.Calico;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Text;

namespace NetPolTools.Linting.Rules;

internal sealed class NP054CalicoSameOrder() : LintRule("NP054", "calico-same-order", LintSeverity.Warning, LintNeeds.Reachability)
{
    private const int MostNamed = 3;

    public override string Description => "Finds Calico's policies of one tier and order that disagree about the same traffic.";

    public override string Why =>
        "Among policies of the same order the name decides which is asked first, and which names come first has changed between versions of Calico. "
        + "Renaming a policy then changes what is allowed.";

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
        kind: GlobalNetworkPolicy
        metadata: {name: allow}
        spec:
          order: 10
          selector: app == 'web'
          types: [Ingress]
          ingress: [{action: Allow}]
        ---
        apiVersion: projectcalico.org/v3
        kind: GlobalNetworkPolicy
        metadata: {name: deny}
        spec:
          order: 10
          selector: app == 'web'
          types: [Ingress]
          ingress: [{action: Deny, source: {nets: [198.51.100.0/24]}}]
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
        kind: GlobalNetworkPolicy
        metadata: {name: allow}
        spec:
          order: 10
          selector: app == 'web'
          types: [Ingress]
          ingress: [{action: Allow}]
        ---
        apiVersion: projectcalico.org/v3
        kind: GlobalNetworkPolicy
        metadata: {name: deny}
        spec:
          order: 5
          selector: app == 'web'
          types: [Ingress]
          ingress: [{action: Deny, source: {nets: [198.51.100.0/24]}}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
        {
            foreach (var equals in context.Map.Tiered(direction)
                .Where(static policy => policy.Policy.Origin.Object is CalicoPolicy && !policy.Rules.IsEmpty)
                .GroupBy(static policy => (policy.Policy.Rank.Tier, policy.Policy.Rank.Order)))
            {
                CompiledPolicy[] policies = [.. equals];
                for (var i = 1; i < policies.Length; i++)
                {
                    CompiledPolicy[] others = [.. policies.Take(i).Where(other => Disagree(other, policies[i])).Take(MostNamed + 1)];
                    if (others.Length > 0)
                        yield return Find(policies[i], others, direction);
                }
            }
        }
    }

    private LintFinding Find(CompiledPolicy policy, CompiledPolicy[] others, PolicyDirection direction)
    {
        var calico = (CalicoPolicy)policy.Policy.Origin.Object;
        var order = calico.Order is { } number ? $"the order {number}" : "no order";
        return Find(
            calico,
            $"It has {order}, as has {Wording.List([.. others.Select(static other => other.Policy.Origin.Reference.ToString())], MostNamed)}, and they do "
                + $"different things with some {direction.ToString().ToLowerInvariant()} of the same pods: their names decide which comes first.",
            "spec.order",
            calico.PlaceOf("order")) with
        {
            Corrections = [new LintCorrection("Give the policy that is to come first a lower order.")],
            Related = [.. others.Take(MostNamed).Select(static other => (CalicoPolicy)other.Policy.Origin.Object)
                .Select(static other => new LintPlace(other.Reference, "spec.order", other.PlaceOf("order")))],
        };
    }

    private static bool Disagree(CompiledPolicy a, CompiledPolicy b) =>
        !(a.OnlyAction is { } action && b.OnlyAction == action)
        && a.Subjects.Must.Overlaps(b.Subjects.Must)
        && a.Rules.Any(rule => b.Rules.Any(other => rule.Rule.Action != other.Rule.Action && Overlap(rule, other)));

    private static bool Overlap(CompiledRule a, CompiledRule b) => a.Only.Must.Overlaps(b.Only.Must) && a.Pieces.Any(piece => b.Pieces.Any(other =>
        piece.Peers.Must.Overlaps(other.Peers.Must) && !piece.Ports.Must.Intersect(other.Ports.Must).IsEmpty));
}
