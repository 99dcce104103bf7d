using NetPolTools.Cni.Catalogue;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Linting.Rules;

internal sealed class NP004NotEnforced() : LintRule("NP004", "not-enforced", LintSeverity.Error, LintNeeds.Cluster)
{
    public override string Description => "Finds policies that the cluster's network plugin ignores.";

    public override string Why =>
        "The API server stores every policy, and whether anything comes of it is the network plugin's matter. Where none enforces policies, all pods are open. "
        + "Some plugins enforce NetworkPolicies and not the policies of administrators. Engines that run beside a plugin count.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: kube-flannel-ds, namespace: kube-flannel}
        spec:
          selector: {matchLabels: {app: flannel}}
          template:
            metadata: {labels: {app: flannel}}
            spec: {hostNetwork: true, containers: [{name: kube-flannel, image: "ghcr.io/flannel-io/flannel:v0.26.0"}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: default-deny, namespace: shop}
        spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
        """;

    public override string Cure => """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: calico-node, namespace: kube-system}
        spec:
          selector: {matchLabels: {k8s-app: calico-node}}
          template:
            metadata: {labels: {k8s-app: calico-node}}
            spec: {hostNetwork: true, containers: [{name: calico-node, image: "docker.io/calico/node:v3.30.0"}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: default-deny, namespace: shop}
        spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        if (context.Plugin is not { } plugin)
            yield break;
        var (policies, others) = (context.Policies, context.Snapshot.PolicyObjects);
        if (plugin.Enforced == Enforcement.No && policies.Count + others.Count > 0)
        {
            // One sentence for all of them, at what they have in common.
            var count = Wording.Count(policies.Count + others.Count, "policy");
            var message = $"{count} of the input {(policies.Count + others.Count == 1 ? "has" : "have")} no effect: {plugin.Reason}";
            var proof = plugin.Evidence.FirstOrDefault(static piece => !piece.IsHint);
            KubernetesObject first = policies.Count > 0 ? policies[0] : others[0];
            var finding = proof is null
                ? Find(first, message)
                : new LintFinding(this, Severity, proof.Object, message) { Location = proof.Location };
            yield return finding with
            {
                Corrections = [.. plugin.Advice.Select(static advice => new LintCorrection(advice))],
                Related = [LintPlace.Of(first)],
            };
            yield break;
        }

        foreach (var policy in others.Where(policy => context.Map.Options.NotEnforced.Contains(policy.Reference)))
            yield return Find(policy, $"The policy has no effect: {plugin.Names} does not enforce it.");
    }
}
