using NetPolTools.Authoring;
using NetPolTools.Objects;
using NetPolTools.Services;
using NetPolTools.Sets;
using NetPolTools.Sources;

namespace NetPolTools.Linting.Rules;

internal sealed class NP041DnsUdpOnly() : LintRule("NP041", "dns-udp-only", LintSeverity.Note, LintNeeds.Reachability)
{
    public override string Description => "Finds pods that may ask the cluster's DNS over UDP alone.";

    public override string Why =>
        "An answer that is too long for UDP comes cut off, and the client asks again over TCP. Where that is denied, names with many addresses or "
        + "long records fail, and only those.";

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
          - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]
            ports: [{protocol: UDP, port: 53}]
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

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        NetworkPolicyPort[] missing = [.. Missing(context)];

        // Every finding is told the same.
        var text = "- " + ShortYaml.Ports(missing)[1..^1];
        var items = Array.ConvertAll(missing, static port => ShortYaml.Ports([port])[1..^1]);
        foreach (var (place, pods) in context.Dns.WithoutTcp)
        {
            var who = pods.Count == 0 ? "The policy's pods" : context.Names(pods);
            yield return Find(place, $"{who} may ask the cluster's DNS over UDP alone: answers that are too long for it need TCP.") with
            {
                Corrections =
                [
                    place.Correction("Open the same port of TCP.", text) with
                    {
                        Edits = place is { Policy: NetworkPolicy, Path: var path } && path.EndsWith(".ports", StringComparison.Ordinal)
                            ? Array.ConvertAll(items, item => new AddedItem(path, item)) : [],
                        Effect = LintEffect.Opens,
                    },
                ],
            };
        }
    }

    private static IEnumerable<NetworkPolicyPort> Missing(LintContext context)
    {
        var ports = context.Dns.Dns.Servers is [var server, ..] ? server.Ports : PortSet.Of(Protocol.TCP, KnownDns.StandardPort);
        return PolicyPorts.Of(ports.Intersect(PortSet.Of(Protocol.TCP))) ?? [];
    }
}
