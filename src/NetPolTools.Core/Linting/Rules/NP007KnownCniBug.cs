using NetPolTools.Cni.Catalogue;

namespace NetPolTools.Linting.Rules;

internal sealed class NP007KnownCniBug() : LintRule("NP007", "known-cni-bug", LintSeverity.Error, LintNeeds.Cluster)
{
    /// <summary>cilium/cilium#48027: reported of 1.20.0; 1.19.3 does not have it.</summary>
    private const string LabelWithoutPolicy = "host";

    private static readonly PluginVersion WithLabelWithoutPolicy = PluginVersion.Parse("1.20.0")!;

    public override string Description => "Finds what falls into a known hole of the very version of the network plugin that the cluster runs.";

    public override string Why =>
        "Cilium 1.20.0 enforces no policy on pods that have a label with the key host, whatever its value (cilium/cilium#48027). The policies are there, the "
        + "checks are green, and the pods are open. Other versions are not concerned.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: cilium, namespace: kube-system}
        spec:
          selector: {matchLabels: {k8s-app: cilium}}
          template:
            metadata: {labels: {k8s-app: cilium}}
            spec: {hostNetwork: true, containers: [{name: cilium-agent, image: "quay.io/cilium/cilium:v1.20.0"}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web, host: shop.example.com}}
            spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: default-deny, namespace: shop}
        spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
        """;

    public override string Cure => """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: cilium, namespace: kube-system}
        spec:
          selector: {matchLabels: {k8s-app: cilium}}
          template:
            metadata: {labels: {k8s-app: cilium}}
            spec: {hostNetwork: true, containers: [{name: cilium-agent, image: "quay.io/cilium/cilium:v1.20.0"}]}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web, site: shop.example.com}}
            spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: default-deny, namespace: shop}
        spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        if (context.Plugin?.Engines.FirstOrDefault(static engine => IsConcerned(engine.Entry, engine.Version)) is not { } engine)
            yield break;
        foreach (var workload in context.Workloads)
        {
            if (workload.AnyPod(pod => context.Endpoints[pod].Labels.TryGet(LabelWithoutPolicy, out _) && IsSelected(context, pod)))
            {
                yield return Find(workload, $"{engine} enforces no policy on these pods: they have a label with the key {LabelWithoutPolicy}.") with
                {
                    Corrections = [new LintCorrection("Give the label another key, or update Cilium.")],
                };
            }
        }
    }

    private static bool IsConcerned(CatalogueEntry entry, PluginVersion? version) =>
        version == WithLabelWithoutPolicy && PluginCatalogue.Default.Chain(entry).Any(static of => of.Id == "cilium");

    private static bool IsSelected(LintContext context, int pod) => (context.Map.IngressOf(pod) ?? context.Map.EgressOf(pod)) is not null;
}
