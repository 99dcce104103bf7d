using NetPolTools.Cni;
using NetPolTools.Cni.Catalogue;

namespace NetPolTools.Linting.Rules;

internal sealed class NP005FeatureIgnored() : LintRule("NP005", "feature-ignored", LintSeverity.Warning, LintNeeds.Cluster)
{
    public override string Description => "Finds parts of policies that the cluster's network plugin does not do as they are written.";

    public override string Why =>
        "Older versions of plugins do not know every field: a range of ports becomes its first port, or a rule falls away. What is written in the policy is "
        + "then not what happens. Where the version is not known, or does not tell for sure, this is a note.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: cilium, namespace: kube-system}
        spec:
          selector: {matchLabels: {k8s-app: cilium}}
          template:
            metadata: {labels: {k8s-app: cilium}}
            spec: {hostNetwork: true, containers: [{name: cilium-agent, image: "quay.io/cilium/cilium:v1.15.6"}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: ftp, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: ftp}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {}}], ports: [{port: 30000, endPort: 30100}]}]
        """;

    public override string Cure => """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: cilium, namespace: kube-system}
        spec:
          selector: {matchLabels: {k8s-app: cilium}}
          template:
            metadata: {labels: {k8s-app: cilium}}
            spec: {hostNetwork: true, containers: [{name: cilium-agent, image: "quay.io/cilium/cilium:v1.17.1"}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: ftp, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: ftp}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {}}], ports: [{port: 30000, endPort: 30100}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        if (context.Plugin is not { Enforced: Enforcement.Yes or Enforcement.Partly } plugin)
            yield break;
        foreach (var (use, limit) in PolicyFeatures.Limited(context.Policies, plugin))
        {
            yield return Find(use.Policy, $"{limit}.", use.Path, use.Location) with
            {
                Severity = limit.IsCertain ? Severity : LintSeverity.Note,
            };
        }
    }
}
