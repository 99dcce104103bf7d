using NetPolTools.Objects;

namespace NetPolTools.Linting.Rules;

internal sealed class NP002HalfProtected() : LintRule("NP002", "half-protected", LintSeverity.Note, LintNeeds.Reachability)
{
    public override string Description => "Finds workloads that policies isolate in one direction only.";

    public override string Why =>
        "A workload that is isolated for ingress alone may send to everything, an attacker's server among it; one that is isolated for egress alone may be "
        + "reached by everything. Often that is a decision, and often policyTypes was forgotten. A rule of an administrator that denies pods in the other "
        + "direction counts as isolation.";

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
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
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
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress, Egress]}
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        if (!context.AreEnforced)
            yield break;

        // Of the workloads under a policy each is told the same.
        var advice = new Dictionary<NetworkPolicy, Advice>(ReferenceEqualityComparer.Instance);
        foreach (var workload in context.Workloads.Where(static workload => !LintContext.IsOfCluster(workload.Owner.Namespace!)))
        {
            for (var pod = workload.First; pod < workload.First + workload.Count; pod++)
            {
                var ingress = context.Protection.IsProtected(PolicyDirection.Ingress, pod);
                if (ingress == context.Protection.IsProtected(PolicyDirection.Egress, pod))
                    continue;
                yield return Judge(context, workload, pod, ingress, advice);
                break;
            }
        }
    }

    private LintFinding Judge(LintContext context, WorkloadSite workload, int pod, bool isIngress, Dictionary<NetworkPolicy, Advice> advice)
    {
        var isolating = context.Protection.PoliciesOf(isIngress ? PolicyDirection.Ingress : PolicyDirection.Egress, pod)!.Policies;
        var message = isIngress
            ? "Policies isolate the workload for ingress; for egress none does, and it may send to everything."
            : "Policies isolate the workload for egress; for ingress none does, and everything may reach it.";
        if (isolating.Count == 0)
            return Find(workload, message);
        if (!advice.TryGetValue(isolating[0], out var known))
            advice.Add(isolating[0], known = new Advice(isolating[0], isIngress));
        return Find(workload, message, known.Related, known.Corrections);
    }

    /// <summary>What is to be done about a policy that isolates one direction.</summary>
    private sealed class Advice(NetworkPolicy policy, bool isIngress)
    {
        public LintPlace[] Related { get; } = [LintPlace.Of(policy, "spec.policyTypes")];

        public LintCorrection[] Corrections { get; } =
        [
            new LintCorrection($"Add {(isIngress ? "Egress" : "Ingress")} to the policyTypes of {policy.Reference}.")
            {
                Text = "policyTypes: [Ingress, Egress]",
            },
        ];
    }
}
