using NetPolTools.Objects;

namespace NetPolTools.Linting.Rules;

internal sealed class NP001UnprotectedWorkload() : LintRule("NP001", "unprotected-workload", LintSeverity.Warning, LintNeeds.Reachability)
{
    public override string Description => "Finds workloads that no policy isolates in any direction.";

    public override string Why =>
        "Whoever breaks into any pod of the cluster reaches such a workload, and from there everything else. A rule of an administrator that denies pods "
        + "counts as protection, whichever API it is written in; pods on the host network cannot be protected and are passed over, and so are the namespaces "
        + "of the cluster itself, such as kube-system.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: web}]}
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
        metadata: {name: default-deny, namespace: shop}
        spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        if (!context.AreEnforced)
            yield break;
        Predicate<int> isOpen = IsOpen;
        foreach (var workload in context.Workloads.Where(static workload => !LintContext.IsOfCluster(workload.Owner.Namespace!)))
        {
            if (workload.AnyPod(isOpen))
            {
                yield return Find(workload, "No policy isolates the workload in any direction.") with
                {
                    Corrections = [Suggestions.DefaultDeny(context, workload.Owner.Namespace!)],
                };
            }
        }

        bool IsOpen(int pod) =>
            !context.Protection.IsProtected(PolicyDirection.Ingress, pod) && !context.Protection.IsProtected(PolicyDirection.Egress, pod);
    }
}
