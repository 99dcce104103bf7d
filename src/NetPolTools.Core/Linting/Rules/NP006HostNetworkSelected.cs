namespace NetPolTools.Linting.Rules;

internal sealed class NP006HostNetworkSelected() : LintRule("NP006", "hostnetwork-selected", LintSeverity.Warning, LintNeeds.Inventory)
{
    public override string Description => "Finds policies that select pods on the host network.";

    public override string Why =>
        "A pod with hostNetwork: true sends and receives with the addresses of its node, and a NetworkPolicy has no effect on it, whatever it selects. "
        + "Where a policy asks for labels that other pods have too, this is a note; a policy for all pods of a namespace is passed over.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent, namespace: shop}
        spec:
          selector: {matchLabels: {app: agent}}
          template:
            metadata: {labels: {app: agent}}
            spec: {hostNetwork: true, containers: [{name: agent, image: agent}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: agent, namespace: shop}
        spec: {podSelector: {matchLabels: {app: agent}}, policyTypes: [Ingress]}
        """;

    public override string Cure => """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent, namespace: shop}
        spec:
          selector: {matchLabels: {app: agent}}
          template:
            metadata: {labels: {app: agent}}
            spec: {containers: [{name: agent, image: agent}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: agent, namespace: shop}
        spec: {podSelector: {matchLabels: {app: agent}}, policyTypes: [Ingress]}
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var policy in context.Policies)
        {
            var isAlone = context.Subjects(policy).IsEmpty;
            if ((policy.PodSelector.SelectsEverything && !isAlone) || !context.Inventory.HostNetworkLabelsIn(policy.Namespace).HasAny(policy.PodSelector))
                continue;
            yield return isAlone
                ? Find(policy, "The policy selects only pods on the host network, and has no effect on them.", "spec.podSelector")
                : Find(policy, "Some of the pods that the policy selects are on the host network; it has no effect on them.", "spec.podSelector") with
                {
                    Severity = LintSeverity.Note,
                };
        }
    }
}
