using NetPolTools.Objects;

namespace NetPolTools.Linting.Rules;

internal sealed class NP009DeadPeer() : LintRule("NP009", "dead-peer", LintSeverity.Warning, LintNeeds.Inventory)
{
    public override string Description => "Finds peers that no pod matches.";

    public override string Why =>
        "A peer whose labels are misspelt lets nobody in, and what was meant to be allowed is denied. A namespace that the input does not hold may have such "
        + "pods, so peers there are passed over; where the input need not hold all pods, only labels that are spelt like those of pods are named.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: frontend, namespace: shop}
        spec:
          selector: {matchLabels: {app: frontend}}
          template:
            metadata: {labels: {app: frontend}}
            spec: {containers: [{name: frontend, image: frontend}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: frontent}}}]}]
        """;

    public override string Cure => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: frontend, namespace: shop}
        spec:
          selector: {matchLabels: {app: frontend}}
          template:
            metadata: {labels: {app: frontend}}
            spec: {containers: [{name: frontend, image: frontend}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress: [{from: [{podSelector: {matchLabels: {app: frontend}}}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        var (rules, certain) = (context.Rules(), context.CertainPeers);
        for (var r = 0; r < rules.Count; r++)
        {
            var peers = rules[r].Rule.Peers;
            for (var i = 0; i < peers?.Count; i++)
            {
                if (peers[i].IPBlock is null && certain.Of(r, i).IsEmpty && Judge(context, rules[r].Peer(i)) is { } finding)
                    yield return finding;
            }
        }
    }

    private LintFinding? Judge(LintContext context, PeerSite site)
    {
        var (pods, namespaces) = (site.Peer.PodSelector, site.Peer.NamespaceSelector);
        if (IsContradiction(pods) || IsContradiction(namespaces))
            return null;
        var among = context.NamespacesOf(site);
        if (among.Names.Length == 0)
        {
            return context.HoldsAllNamespaces && NamespaceNames.Slip(context, namespaces!) is null
                ? Find(site, $"No namespace matches {namespaces}, so the peer matches no pod.")
                : null;
        }

        // An empty namespace may be filled yet.
        if (pods is null or { SelectsEverything: true } || SelectorAlgebra.AsksControllers(pods))
            return null;
        if (among.Labels.HasAny(pods))
        {
            return Array.Exists(among.OnHostNetwork, ns => context.Inventory.HostNetworkLabelsIn(ns).HasAny(pods))
                ? Find(site, $"Only pods on the host network have {pods}, and no podSelector matches these: name the addresses of their nodes.")
                : null;
        }

        var slip = among.Labels.Nearest(pods);
        if (slip is null ? !among.AreWhole : !Array.Exists(among.Names, context.Inventory.HoldsPodsOf))
            return null;
        var where = namespaces is null ? $"namespace {among.Names[0]}" : $"the namespaces with {namespaces}";
        return Find(site, $"The peer matches no pod: none of {where} has {pods}.{slip?.Hint}") with
        {
            Corrections = slip is null ? [] : [slip.Correction],
        };
    }

    private static bool IsContradiction(LabelSelector? selector) => selector is not null && SelectorAlgebra.Contradiction(selector) is not null;
}
