using NetPolTools.Authoring;
using NetPolTools.Objects;
using NetPolTools.Services;
using NetPolTools.Sources;

namespace NetPolTools.Linting.Rules;

internal sealed class NP042DnsMisses() : LintRule("NP042", "dns-misses", LintSeverity.Error, LintNeeds.Inventory)
{
    public override string Description => "Finds rules for DNS that miss the pods which answer.";

    public override string Why =>
        "The rule is there, and names are not found all the same: it names the address of the Service in front of DNS, which policies do not see, "
        + "labels or a namespace that the DNS pods do not have, or port 53 where they listen on another, as on OpenShift. Other resolvers and the "
        + "cache on each node are passed over, and so are pods that reach DNS by another rule.";

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
          - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: coredns}}}]
            ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
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
          - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]
            ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context) => context.Dns.Misled.Select(found =>
        Find(found.Key, $"The rule for DNS misses it, and {context.Names(found.Value)} cannot ask: {context.Dns.Peers.Reason(found.Key)}.") with
        {
            Corrections = [Correction(found.Key, context.Dns.Dns.Servers[0])],
        });

    private static LintCorrection Correction(PolicyPlace place, DnsServer server)
    {
        if (place.Path.EndsWith(".ports", StringComparison.Ordinal))
        {
            return new LintCorrection("Name the ports that the DNS pods listen on.")
            {
                Text = $"ports: {ShortYaml.Ports(server.Ports)}",
                Edits = place.Policy is NetworkPolicy
                    ? [.. (PolicyPorts.Of(server.Ports) ?? []).Select(port => new AddedItem(place.Path, ShortYaml.Ports([port])[1..^1]))]
                    : [],
                Effect = LintEffect.Opens,
                OpenedPorts = server.Ports,
            };
        }

        var peer = ShortYaml.Peer(DnsPeers.Peer(server));
        return new LintCorrection("Name the pods that answer.")
        {
            Text = $"- {peer}",
            Edits = place.Policy is NetworkPolicy && place.Path.EndsWith(']') ? [new AddedItem(PolicyEdits.Item(place.Path).List, peer)] : [],
            Effect = LintEffect.Opens,
        };
    }
}
