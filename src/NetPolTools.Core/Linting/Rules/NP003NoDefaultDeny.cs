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
        var policies = new Dictionary<string, NetworkPolicy>();
        var isolated = new HashSet<string>();
        for (var i = 0; i < context.Policies.Count; i++)
        {
            policies.TryAdd(context.Policies[i].Namespace, context.Policies[i]);
            if (context.Policies[i].PodSelector.SelectsEverything)
                isolated.Add(context.Policies[i].Namespace);
        }

        var workloads = new Dictionary<string, WorkloadSite>();
        for (var i = 0; i < context.Workloads.Count; i++)
            workloads.TryAdd(context.Workloads[i].Owner.Namespace!, context.Workloads[i]);
        foreach (var ns in context.Snapshot.Namespaces.Where(static ns => !LintContext.IsOfCluster(ns.Name)))
        {
            var (first, policy) = (workloads.GetValueOrDefault(ns.Name), policies.GetValueOrDefault(ns.Name));
            if ((first is null && policy is null) || isolated.Contains(ns.Name) || IsDenied(context, ns))
                continue;
            yield return Find(ns, $"The next pod of namespace {ns.Name} starts open: no policy isolates whatever pod comes.") with
            {
                Location = !ns.IsOnlyMentioned ? ns.Location : first?.Location ?? policy!.Location,
                Corrections = [Suggestions.DefaultDeny(context, ns.Name)],
            };
        }
    }

    private static bool IsDenied(LintContext context, Namespace ns) =>
        context.Map.DeniesToCome(PolicyDirection.Ingress, ns).Count > 0 || context.Map.DeniesToCome(PolicyDirection.Egress, ns).Count > 0;
}
