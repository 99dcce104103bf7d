using NetPolTools.Objects;

namespace NetPolTools.Linting.Rules;

internal sealed class NP029AnyNamespace() : LintRule("NP029", "any-namespace", LintSeverity.Warning, LintNeeds.Policy)
{
    public override string Description => "Finds peers that go by the labels of pods in every namespace.";

    public override string Why =>
        "Whoever may create a pod in any namespace may give it the label that such a peer asks for, and is let in. Name the namespace too, by the label "
        + "kubernetes.io/metadata.name, which nobody can set. Egress to the cluster's DNS by the label of its pods is usual and passed over.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: prometheus}}}], ports: [{protocol: TCP, port: 9187}]}]
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: db, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: db}}
          policyTypes: [Ingress]
          ingress:
          - from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}, podSelector: {matchLabels: {app: prometheus}}}]
            ports: [{protocol: TCP, port: 9187}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context) => context.Peers()
        .Where(static site => site.Peer.NamespaceSelector is { SelectsEverything: true } && !IsToDns(site.Rule))
        .Select(site => Find(site, Message(site)) with
        {
            Corrections = [new LintCorrection("Name the namespace by its label kubernetes.io/metadata.name.") { Text = Suggestion(context, site.Peer) }],
        });

    private static string Message(PeerSite site)
    {
        var whom = site.Peer.PodSelector is { SelectsEverything: false } pods ? $"Any pod with {pods}, of any namespace," : "Any pod of any namespace";
        return site.Rule.Direction == PolicyDirection.Ingress
            ? $"{whom} is let in: whoever may create pods anywhere may do so."
            : $"{whom} may be reached: whoever may create pods anywhere can receive this traffic.";
    }

    /// <summary>With the namespace that has such pods, where it is the only one.</summary>
    private static string Suggestion(LintContext context, NetworkPolicyPeer peer)
    {
        var namespaces = peer.PodSelector is not { SelectsEverything: false } selector
            ? []
            : context.NamespacesWith(selector).Take(2).ToArray();
        return $"namespaceSelector: {{matchLabels: {{{Namespace.NameLabel}: {(namespaces.Length == 1 ? namespaces[0] : "NAME")}}}}}";
    }

    private static bool IsToDns(RuleSite rule) => rule is { Direction: PolicyDirection.Egress, NamesNoPort: false }
        && rule.Rule.Ports!.All(static port => port.Port is { Name: null, Number: var number } && port.EndPort is null && number is 53 or 5353);
}
