using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Linting.Rules;

internal sealed class NP016PodIPBlock() : LintRule("NP016", "pod-ip-block", LintSeverity.Warning, LintNeeds.Cluster)
{
    public override string Description => "Finds blocks of addresses that are those of pods.";

    public override string Why =>
        "Network plugins disagree about blocks of addresses that pods have: Calico lets them match pods, Cilium does not. And the addresses of pods change. "
        + "Select pods by their labels, and keep their addresses out of blocks with except. On a plugin that is known to match pods this is a note.";

    public override string Trouble => """
        apiVersion: v1
        kind: Pod
        metadata: {name: web-0, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: web, image: web}]}
        status: {podIP: 10.244.1.17}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress: [{from: [{ipBlock: {cidr: 10.244.0.0/16}}]}]
        """;

    public override string Cure => """
        apiVersion: v1
        kind: Pod
        metadata: {name: web-0, namespace: shop, labels: {app: web}}
        spec: {containers: [{name: web, image: web}]}
        status: {podIP: 10.244.1.17}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.244.0.0/16]}}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        AddressRange[] ofNodes = [.. context.Snapshot.Nodes.SelectMany(static node => node.PodRanges)];
        foreach (var site in context.Peers())
        {
            if (site.Peer.IPBlock is not { } block || !AddressRange.TryParseCidr(block.Cidr, out var range, out var prefix, out _) || prefix == 0)
                continue;
            var pods = context.PeerOf(site).PodsInBlock;
            var whose = !pods.IsEmpty ? $"that of {context.Endpoints[pods.First].Reference}"
                : Overlapped(ofNodes, range, block) is { } taken ? $"those that a node gives its pods ({taken.ToCidr()})"
                : null;
            if (whose is null)
                continue;
            var (severity, what) = context.Plugin?.IsRecognised != true ? (Severity, "network plugins disagree whether such a block matches pods")
                : context.Map.Options.IPBlockMatchesPods ? (LintSeverity.Note, $"{context.Plugin.Names} lets it match pods, and others do not")
                : (Severity, $"{context.Plugin.Names} does not let it match pods");
            yield return Find(site, $"The block has addresses of pods, {whose}: {what}.") with { Severity = severity };
        }
    }

    private static AddressRange? Overlapped(AddressRange[] ofNodes, AddressRange range, IPBlock block)
    {
        foreach (var taken in ofNodes)
        {
            if (taken.Overlaps(range) && !block.Except.Any(text => AddressRange.TryParseCidr(text, out var except, out _, out _) && except.Contains(taken)))
                return taken;
        }

        return null;
    }
}
