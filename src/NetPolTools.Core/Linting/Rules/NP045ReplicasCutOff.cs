using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP045ReplicasCutOff() : LintRule("NP045", "replicas-cut-off", LintSeverity.Warning, LintNeeds.Reachability)
{
    public override string Description => "Finds StatefulSets whose pods policies keep from each other.";

    public override string Why =>
        "Pods of a StatefulSet are mostly members of one database or queue and have to meet. A pod is no exception to its own policy: the members "
        + "need a rule for their own labels. Where the pods do nothing with each other, that is fine.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db, namespace: shop}
        spec:
          replicas: 3
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: db}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}]}]
        """;

    public override string Cure => """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db, namespace: shop}
        spec:
          replicas: 3
          serviceName: db
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: db, image: db}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: api}}}, {podSelector: {matchLabels: {app: db}}}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var (owner, _, pods) in context.WorkloadPods.All())
        {
            if (owner is not Workload { Kind: Workload.StatefulSet } set || (set.Replicas ?? pods.Count) < 2)
                continue;

            // A template stands for all of its pods.
            var (first, second) = (pods[0], pods[^1]);
            if (!context.Traffic.MayReach([first], second, PortSet.All).IsEmpty || !context.Traffic.MayReach([second], first, PortSet.All).IsEmpty)
                continue;
            var direction = PolicyDirection.Ingress;
            var closing = context.Traffic.Closing(direction, second, [first], PortSet.All);
            if (closing.Count == 0)
            {
                direction = PolicyDirection.Egress;
                closing = context.Traffic.Closing(direction, first, [second], PortSet.All);
            }

            if (closing.Count == 0)
                continue;
            yield return Find(
                closing[0],
                $"The policy keeps the pods of {set.Reference} from each other{(set.Replicas is { } count ? $", and there are {count} of them" : "")}.") with
            {
                Corrections = [Correction(closing[0], set, direction)],
                Related = [new LintPlace(set.Reference, null, set.Location), .. closing.Skip(1).Select(static place => place.ToRelated())],
            };
        }
    }

    /// <summary>By the labels that the policy itself goes by; where it goes by none, by those of the template.</summary>
    private static LintCorrection Correction(PolicyPlace place, Workload set, PolicyDirection direction)
    {
        var members = place.Policy is NetworkPolicy { PodSelector: { SelectsEverything: false } selector }
            ? selector
            : new LabelSelector { MatchLabels = [.. set.TemplateLabels] };
        var rule = new NetworkPolicyRule { Peers = [new NetworkPolicyPeer { PodSelector = members }] };
        return place.Correction("Let the members meet, as a further rule.", "- " + ShortYaml.Rule(rule, direction)) with
        {
            Edits = PolicyEdits.AddRules(place.Policy, direction, [rule]),
            Effect = LintEffect.Opens,
        };
    }
}
