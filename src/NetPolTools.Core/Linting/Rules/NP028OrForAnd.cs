using NetPolTools.Objects;
using NetPolTools.Sources;

namespace NetPolTools.Linting.Rules;

internal sealed class NP028OrForAnd() : LintRule("NP028", "or-for-and", LintSeverity.Error, LintNeeds.Inventory)
{
    public override string Description => "Finds two items of a list of peers where one item with both selectors was meant.";

    public override string Why =>
        "Items of from and to are alternatives. A namespaceSelector and a podSelector with a dash each mean every pod of those namespaces, or such pods of the "
        + "policy's own namespace; with one dash they mean such pods of those namespaces. Where no pod of the own namespace matches the podSelector, one dash "
        + "is too many, and whole namespaces are let in. Where the other namespace is not in the input, that is a warning.";

    public override string Trouble => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: prometheus, namespace: monitoring}
        spec:
          selector: {matchLabels: {app: prometheus}}
          template:
            metadata: {labels: {app: prometheus}}
            spec: {containers: [{name: prometheus, image: prometheus}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress:
          - from:
            - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}
            - podSelector: {matchLabels: {app: prometheus}}
        """;

    public override string Cure => """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: prometheus, namespace: monitoring}
        spec:
          selector: {matchLabels: {app: prometheus}}
          template:
            metadata: {labels: {app: prometheus}}
            spec: {containers: [{name: prometheus, image: prometheus}]}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Ingress]
          ingress:
          - from:
            - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}
              podSelector: {matchLabels: {app: prometheus}}
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var rule in context.Rules().Where(static rule => rule.Rule.Peers is { Count: > 1 }))
        {
            var count = rule.Rule.Peers!.Count;
            for (var i = 1; i < count; i++)
            {
                var (before, site) = (rule.Peer(i - 1), rule.Peer(i));
                var (namespaces, pods) = site.Peer.NamespaceSelector is null ? (before, site) : (site, before);
                if (namespaces.Peer is not { NamespaceSelector: not null, PodSelector: null }
                    || pods.Peer is not { NamespaceSelector: null, PodSelector: { SelectsEverything: false } selector }
                    || context.Inventory.LabelsIn(rule.Policy.Namespace).HasAny(selector)
                    || SelectorAlgebra.Contradiction(selector) is not null
                    || Judge(context, namespaces, selector, isPair: count == 2) is not { } severity)
                {
                    continue;
                }

                yield return Find(site, Message(namespaces, selector)) with
                {
                    Severity = severity,
                    Corrections =
                    [
                        Join(namespaces.Peer.NamespaceSelector, selector) with
                        {
                            Edits = [new JoinedItems(site.Path[..site.Path.LastIndexOf('[')], i - 1)],
                            Effect = LintEffect.Closes,
                        },
                    ],
                    Related = [new LintPlace(rule.Policy.Reference, before.Path, before.Peer.Location)],
                };
            }
        }
    }

    /// <summary>Null where the two items may be meant as they are.</summary>
    private static LintSeverity? Judge(LintContext context, PeerSite namespaces, LabelSelector pods, bool isPair)
    {
        var others = context.NamespacesOf(namespaces);
        if (IsDns(pods) || others.Labels.HasAny(pods))
            return LintSeverity.Error;
        return isPair && others.Names.Length == 0 && context.Inventory.HoldsPodsOf(namespaces.Rule.Policy.Namespace) ? LintSeverity.Warning : null;
    }

    /// <summary>The pods of the cluster's DNS are in kube-system.</summary>
    private static bool IsDns(LabelSelector pods)
    {
        for (var i = 0; i < pods.MatchLabels.Count; i++)
        {
            if (pods.MatchLabels[i] is { Key: "k8s-app", Value: "kube-dns" or "coredns" })
                return true;
        }

        return false;
    }

    private static string Message(PeerSite namespaces, LabelSelector pods)
    {
        var selector = namespaces.Peer.NamespaceSelector!;
        var whole = selector.SelectsEverything ? "every pod of every namespace" : $"every pod of namespaces with {selector}";
        var own = $"pods with {pods} of namespace {namespaces.Rule.Policy.Namespace}";
        return $"Two items mean either: {whole}, or {own}, which has none. One item with both selectors was probably meant.";
    }

    private static LintCorrection Join(LabelSelector namespaces, LabelSelector pods) => new("Join the two items.")
    {
        Text = $"- namespaceSelector: {ShortYaml.Selector(namespaces)}\n  podSelector: {ShortYaml.Selector(pods)}",
    };
}
