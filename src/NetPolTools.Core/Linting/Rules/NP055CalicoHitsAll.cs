using NetPolTools.Dialects.Calico;
using NetPolTools.Objects;

namespace NetPolTools.Linting.Rules;

internal sealed class NP055CalicoHitsAll() : LintRule("NP055", "calico-hits-all", LintSeverity.Error, LintNeeds.Policy)
{
    public override string Description => "Finds Calico's global policies that deny by the selector all() and name no namespaces.";

    public override string Why =>
        "Such a policy selects the pods of every namespace, of kube-system and of Calico itself too, and host endpoints, that is the nodes: DNS "
        + "goes first, and then the way to the nodes. Name the namespaces by namespaceSelector. A policy that passes or allows all that its rules do "
        + "not match is passed over.";

    public override string Trouble => """
        apiVersion: projectcalico.org/v3
        kind: GlobalNetworkPolicy
        metadata: {name: default-deny}
        spec:
          selector: all()
          types: [Ingress, Egress]
        """;

    public override string Cure => """
        apiVersion: projectcalico.org/v3
        kind: GlobalNetworkPolicy
        metadata: {name: default-deny}
        spec:
          namespaceSelector: has(projectcalico.org/name) && projectcalico.org/name not in {'kube-system', 'calico-system'}
          types: [Ingress, Egress]
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        var passing = context.Snapshot.PolicyObjects.OfType<CalicoTier>()
            .Where(static tier => tier.PassesUnmatched)
            .Select(static tier => tier.Name)
            .ToHashSet();
        foreach (var policy in context.Snapshot.PolicyObjects.OfType<CalicoPolicy>())
        {
            if (policy is not { IsEnforced: true, Metadata.Namespace: null, PreDnat: false, DoNotTrack: false, ApplyOnForward: false }
                || !string.IsNullOrEmpty(policy.NamespaceSelector) || !string.IsNullOrEmpty(policy.ServiceAccountSelector)
                || !CalicoSelector.TryParse(policy.Selector, out var selector, out _) || selector is not CalicoSelector.All)
            {
                continue;
            }

            var denied = new[] { PolicyDirection.Ingress, PolicyDirection.Egress }
                .Where(direction => policy.AppliesTo(direction) && DeniesRest(policy, direction, passing.Contains(policy.TierName)))
                .Select(static direction => direction.ToString().ToLowerInvariant());
            if (string.Join(" and ", denied) is { Length: > 0 } directions)
            {
                yield return Find(
                    policy,
                    $"It denies {directions} for every pod of every namespace, kube-system among them, and for host endpoints: all() selects everything.",
                    "spec.selector",
                    policy.PlaceOf("selector")) with
                {
                    Corrections =
                    [
                        new LintCorrection("Name the namespaces that are meant.")
                        {
                            Text = "namespaceSelector: has(projectcalico.org/name) && projectcalico.org/name not in {'kube-system', 'calico-system'}",
                        },
                    ],
                };
            }
        }
    }

    /// <summary>Whether it denies what its rules do not name, by a last rule or by the end of its tier.</summary>
    private static bool DeniesRest(CalicoPolicy policy, PolicyDirection direction, bool isPassedOn) =>
        policy.Rules(direction).FirstOrDefault(static rule => rule.Action != CalicoRule.Log && IsForAll(rule)) is { } last
            ? last.Action == CalicoRule.Deny
            : !isPassedOn;

    private static bool IsForAll(CalicoRule rule) => rule is
    {
        IPVersion: null, Protocol: null, NotProtocol: null, Icmp: null, NotIcmp: null, Http: null, Source.IsAny: true, Destination.IsAny: true,
    };
}
