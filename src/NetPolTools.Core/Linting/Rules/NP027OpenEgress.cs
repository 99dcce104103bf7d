using NetPolTools.Objects;

namespace NetPolTools.Linting.Rules;

internal sealed class NP027OpenEgress() : LintRule("NP027", "open-egress", LintSeverity.Warning, LintNeeds.Policy)
{
    public override string Description => "Finds egress rules for every destination.";

    public override string Why =>
        "A rule without peers lets its pods reach everything, in and out of the cluster: an attacker's server, the cloud's metadata, every other pod that is "
        + "open. Where a policy of an administrator denies traffic of these pods, the rule is passed over. A rule for every peer on named ports is a note.";

    public override string Trouble => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{}]
        """;

    public override string Cure => """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: web, namespace: shop}
        spec:
          podSelector: {matchLabels: {app: web}}
          policyTypes: [Egress]
          egress: [{to: [{podSelector: {matchLabels: {app: api}}}], ports: [{protocol: TCP, port: 5000}]}]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        foreach (var rule in context.Rules().Where(static rule => rule is { Direction: PolicyDirection.Egress, NamesNoPeer: true }))
        {
            if (AreDenied(context, rule.Policy))
                continue;
            yield return rule.NamesNoPort
                ? Find(rule, "The policy's pods may reach everything on every port: the rule names no peer and no port.")
                : Find(rule, $"The policy's pods may reach everything on {rule.PortWords}: the rule names no peer.") with { Severity = LintSeverity.Note };
        }
    }

    /// <summary>Whether administrators deny some traffic of every pod that a policy selects.</summary>
    private static bool AreDenied(LintContext context, NetworkPolicy policy)
    {
        var subjects = context.Subjects(policy);
        foreach (var pod in subjects)
        {
            if (context.Map.EgressOf(pod) is not { HasDenials: true })
                return false;
        }

        return !subjects.IsEmpty;
    }
}
