using NetPolTools.Objects;
using NetPolTools.Sources;

namespace NetPolTools.Linting.Rules;

internal sealed class NP010NamespaceLabelAbsent() : LintRule("NP010", "namespace-label-absent", LintSeverity.Error, LintNeeds.Inventory)
{
    public override string Description => "Finds namespace selectors that ask for a namespace's name by a label that it does not have.";

    public override string Why =>
        "No namespace has a label name of its own accord, so name: kube-system matches nothing until somebody sets it, and the rule lets nobody in. Every "
        + "namespace has its name in the label kubernetes.io/metadata.name, which the API server sets.";

    public override string Trouble => """
        apiVersion: v1
        kind: Namespace
        metadata: {name: kube-system}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: dns, namespace: shop}
        spec:
          podSelector: {}
          policyTypes: [Egress]
          egress: [{to: [{namespaceSelector: {matchLabels: {name: kube-system}}}], ports: [{protocol: UDP, port: 53}]}]
        """;

    public override string Cure => """
        apiVersion: v1
        kind: Namespace
        metadata: {name: kube-system}
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: dns, namespace: shop}
        spec:
          podSelector: {}
          policyTypes: [Egress]
          egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}], ports: [{protocol: UDP, port: 53}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var site in context.Peers())
        {
            if (site.Peer.NamespaceSelector is not { SelectsEverything: false } selector || NamespaceNames.Slip(context, selector) is not { } slip)
                continue;
            var (key, name) = slip;
            var ns = context.FindNamespace(name)!;
            yield return Find(site, $"No namespace has the label {key}={name}, not even namespace {name}.") with
            {
                Corrections =
                [
                    new LintCorrection($"Write {Namespace.NameLabel} for {key}.")
                    {
                        Text = $"{Namespace.NameLabel}: {name}",
                        Edits = selector.MatchLabels.Any(label => label.Key == key)
                            ? [new RenamedKey($"{site.Path}.namespaceSelector.matchLabels", key, Namespace.NameLabel)] : [],
                        Effect = LintEffect.Opens,
                    },
                ],
                Related = [new LintPlace(ns.Reference, "metadata.labels", ns.Location)],
            };
        }
    }
}
