using NetPolTools.Objects;
using NetPolTools.Services;

namespace NetPolTools.Linting.Rules;

internal sealed class NP040NoDns() : LintRule("NP040", "no-dns", LintSeverity.Error, LintNeeds.Reachability)
{
    public override string Description => "Finds pods that may connect to others and not ask the cluster's DNS.";

    public override string Why =>
        "Programs name Services, and without DNS they find none of them: what the policy allows does not work either. Pods that may only connect to "
        + "blocks of addresses, or to nobody, and pods with another dnsPolicy need no DNS of the cluster. The rule looks where the input shows the "
        + "pods that answer.";

    public override string Trouble => """
        apiVersion: v1
        kind: Pod
        metadata: {name: coredns, namespace: kube-system, labels: {k8s-app: kube-dns}}
        spec: {containers: [{name: coredns, image: coredns}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress:
          - to: [{podSelector: {matchLabels: {app: db}}}]
            ports: [{protocol: TCP, port: 5432}]
        """;

    public override string Cure => """
        apiVersion: v1
        kind: Pod
        metadata: {name: coredns, namespace: kube-system, labels: {k8s-app: kube-dns}}
        spec: {containers: [{name: coredns, image: coredns}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: web, image: web}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress:
          - to: [{podSelector: {matchLabels: {app: db}}}]
            ports: [{protocol: TCP, port: 5432}]
          - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]
            ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var (place, pods) in context.Dns.CutOff)
        {
            yield return Find(place, $"{context.Names(pods)} cannot ask the cluster's DNS: no policy lets them out to {Servers(context.Dns.Dns)}.") with
            {
                Corrections =
                [
                    place.Correction(
                        "Open the cluster's DNS, as a further egress rule.",
                        string.Join('\n', context.Dns.Opening().Select(static rule => $"- {ShortYaml.Rule(rule, PolicyDirection.Egress)}"))) with
                    {
                        Edits = PolicyEdits.AddRules(place.Policy, PolicyDirection.Egress, context.Dns.Opening()),
                        Effect = LintEffect.Opens,
                    },
                ],
            };
        }
    }

    private static string Servers(KnownDns dns) =>
        $"the pods with {dns.Servers[0].Labels} of namespace {dns.Servers[0].Namespace} on {dns.Servers[0].Ports}";
}
