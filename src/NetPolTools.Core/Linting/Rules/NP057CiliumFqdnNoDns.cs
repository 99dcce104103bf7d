using NetPolTools.Diagnostics;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Sources;

namespace NetPolTools.Linting.Rules;

internal sealed class NP057CiliumFqdnNoDns() : DiagnosedRule("NP057", "cilium-fqdn-no-dns", LintSeverity.Error, LintNeeds.Reachability)
{
    private const string Proxied =
        "{toEndpoints: [{matchLabels: {'k8s:io.kubernetes.pod.namespace': kube-system, k8s-app: kube-dns}}], "
            + "toPorts: [{ports: [{port: '53', protocol: ANY}], rules: {dns: [{matchPattern: '*'}]}}]}";

    public override string Description => "Finds rules of Cilium by domain names for pods whose DNS does not pass Cilium's proxy.";

    public override string Why =>
        "Cilium knows the addresses behind a name from DNS answers that pass its proxy, and they pass it where a rule with rules.dns allows DNS. "
        + "Without such a rule, in this policy or in another of the same pods, toFQDNs matches nothing.";

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
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          endpointSelector: {matchLabels: {app: web}}
          egress:
          - toFQDNs: [{matchName: example.com}]
            toPorts: [{ports: [{port: '443', protocol: TCP}]}]
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
        apiVersion: cilium.io/v2
        kind: CiliumNetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          endpointSelector: {matchLabels: {app: web}}
          egress:
          - toFQDNs: [{matchName: example.com}]
            toPorts: [{ports: [{port: '443', protocol: TCP}]}]
          - toEndpoints: [{matchLabels: {'k8s:io.kubernetes.pod.namespace': kube-system, k8s-app: kube-dns}}]
            toPorts: [{ports: [{port: '53', protocol: ANY}], rules: {dns: [{matchPattern: '*'}]}}]
        """;

    private protected override bool IsMeant(Diagnostic diagnostic) => diagnostic.Id == DiagnosticId.MisleadingRule
        && diagnostic.Object?.Kind is CiliumPolicy.Namespaced or CiliumPolicy.Clusterwide
        && diagnostic.FieldPath?.EndsWith(".toFQDNs", StringComparison.Ordinal) == true;

    private protected override bool IsFine(Diagnostic diagnostic, LintContext context) =>
        context.ProxiedDns.Covers(diagnostic.Object!, diagnostic.FieldPath!);

    private protected override IReadOnlyList<LintCorrection> CorrectionsOf(Diagnostic diagnostic) =>
    [
        new LintCorrection("Lead the DNS of these pods through Cilium's proxy, as a further egress rule.")
        {
            Text = "- " + Proxied,
            Edits = [new AddedItem(diagnostic.FieldPath![..diagnostic.FieldPath!.LastIndexOf('[')], Proxied)],
            Effect = LintEffect.Opens,
        },
    ];
}
