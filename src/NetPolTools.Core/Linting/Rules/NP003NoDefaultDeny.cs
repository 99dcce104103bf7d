using NetPolTools.Objects;

namespace NetPolTools.Linting.Rules;

internal sealed class NP003NoDefaultDeny() : LintRule("NP003", "no-default-deny", LintSeverity.Warning, LintNeeds.Reachability)
{
    public override string Description => "Finds namespaces in which a new pod is isolated in no direction.";

    public override string Why =>
        "Policies that go by labels protect the pods of today. The next pod, or one whose label was forgotten, starts open. A policy whose podSelector is "
        + "empty isolates every pod of its namespace, with rules or without; a policy of an administrator that denies all that no rule allows does as well.";

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
        spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress, Egress]}
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
        var byNamespace = context.Policies.ToLookup(static policy => policy.Namespace);
        var workloads = context.Workloads.ToLookup(static workload => workload.Owner.Namespace!);
        foreach (var ns in context.Snapshot.Namespaces.Where(static ns => !LintContext.IsOfCluster(ns.Name)))
        {
            var policies = byNamespace[ns.Name];
            var first = workloads[ns.Name].FirstOrDefault();
            if ((first is null && !policies.Any()) || policies.Any(static policy => policy.PodSelector.SelectsEverything) || IsDenied(context, ns))
                continue;
            yield return Find(ns, $"The next pod of namespace {ns.Name} starts open: no policy isolates whatever pod comes.") with
            {
                Location = !ns.IsOnlyMentioned ? ns.Location : first?.Location ?? policies.First().Location,
                Corrections = [Suggestions.DefaultDeny(context, ns.Name)],
            };
        }
    }

    private static bool IsDenied(LintContext context, Namespace ns) =>
        context.Map.DeniesToCome(PolicyDirection.Ingress, ns).Count > 0 || context.Map.DeniesToCome(PolicyDirection.Egress, ns).Count > 0;
}
