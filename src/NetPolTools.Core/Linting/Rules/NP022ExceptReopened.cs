namespace NetPolTools.Linting.Rules;

internal sealed class NP022ExceptReopened() : LintRule("NP022", "except-reopened", LintSeverity.Warning, LintNeeds.Reachability)
{
    public override string Description => "Finds blocks whose except is allowed by another rule for the same pods.";

    public override string Why =>
        "except takes addresses out of its own block alone, and rules only ever add: what one leaves out another may let in. A rule for a part of the excepted "
        + "addresses is taken to be meant, and so is one for other pods, other ports, or DNS.";

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
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: internet, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: all, namespace: shop}
        spec:
          podSelector: {}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]
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
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: internet, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: all, namespace: shop}
        spec:
          podSelector: {}
          policyTypes: [Egress]
          egress: [{to: [{ipBlock: {cidr: 10.20.30.40/32}}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        var search = new ReopenedBlocks(context);
        foreach (var site in context.Peers())
        {
            if (site.Peer.IPBlock is not { Except.Count: > 0 } block || search.Reopening(site, block) is not var (except, other, pod))
                continue;
            var where = $"{(other.Rule.Policy == site.Rule.Policy ? "" : $"{other.Rule.Policy.Reference} ")}{other.Path}";
            yield return Find(
                site,
                $"{where} allows {except} to {context.Endpoints[pod].Owner} all the same, which the block leaves out.",
                [new LintPlace(other.Rule.Policy.Reference, other.Path, other.Location)],
                [new LintCorrection($"Leave {except} out of that rule, too, or of none.")]);
        }
    }
}
