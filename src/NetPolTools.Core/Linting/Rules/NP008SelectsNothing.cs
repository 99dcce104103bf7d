using NetPolTools.Objects;

namespace NetPolTools.Linting.Rules;

internal sealed class NP008SelectsNothing() : LintRule("NP008", "selects-nothing", LintSeverity.Warning, LintNeeds.Inventory)
{
    public override string Description => "Finds policies that select no pod.";

    public override string Why =>
        "A policy whose labels are misspelt protects nothing, and nobody is told: the pods stay open. Templates of Jobs count as pods, and a policy for all "
        + "pods of a namespace is meant for pods to come. Where the input need not hold all pods, the rule speaks of a namespace only if some pods of it are "
        + "there and have the label that is asked for with other values, or one that is spelt alike.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: db, namespace: shop}
        spec:
          selector: {matchLabels: {app: postgres}}
          template:
            metadata: {labels: {app: postgres}}
            spec: {containers: [{name: db, image: postgres}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec: {podSelector: {matchLabels: {app: postgers}}, policyTypes: [Ingress]}
        """;

    public override string Cure => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: db, namespace: shop}
        spec:
          selector: {matchLabels: {app: postgres}}
          template:
            metadata: {labels: {app: postgres}}
            spec: {containers: [{name: db, image: postgres}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec: {podSelector: {matchLabels: {app: postgres}}, policyTypes: [Ingress]}
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var policy in context.Policies.Where(policy => !policy.PodSelector.SelectsEverything && context.Subjects(policy).IsEmpty))
        {
            // What no labels match is another rule's.
            if (SelectorAlgebra.Contradiction(policy.PodSelector) is not null)
                continue;
            var labels = context.Inventory.LabelsIn(policy.Namespace);
            if (labels.HasAny(policy.PodSelector) || SelectorAlgebra.AsksControllers(policy.PodSelector))
                continue;
            var slip = labels.Nearest(policy.PodSelector);
            if (!IsKnown(context, policy, labels, slip))
                continue;
            yield return Find(policy, $"The policy selects no pod: none of namespace {policy.Namespace} has {policy.PodSelector}.{slip?.Hint}",
                "spec.podSelector") with
            {
                Corrections = slip is null ? [] : [slip.Correction],
            };
        }
    }

    private static bool IsKnown(LintContext context, NetworkPolicy policy, LabelVocabulary labels, LabelSlip? slip) =>
        context.Inventory.IsWhole(policy.Namespace)
        || (context.Inventory.HoldsPodsOf(policy.Namespace) && (slip is not null || labels.KnowsKeysOf(policy.PodSelector)));
}
