using NetPolTools.Dialects.Cilium;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Sources;

namespace NetPolTools.Linting.Rules;

internal sealed class NP024UnreachableAdminRule() : LintRule("NP024", "unreachable-admin-rule", LintSeverity.Warning, LintNeeds.Reachability)
{
    private const int MostNames = 3;

    public override string Description => "Finds rules of tiers that are never asked, since earlier rules decide all that they match.";

    public override string Why =>
        "In tiers the first rule that matches decides. A rule behind one that matches the same traffic, or behind a tier that denies the rest, says what "
        + "nobody hears: an allow that does not allow, or a deny that does not deny. A rule of which other ports or peers are left is passed over.";

    public override string Trouble => """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: shop}
        spec:
          tier: Admin
          priority: 10
          subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: shop}}}
          ingress:
          - {action: Deny, from: [{namespaces: {}}]}
          - {action: Accept, from: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: shop}}}]}
        """;

    public override string Cure => """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: shop}
        spec:
          tier: Admin
          priority: 10
          subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: shop}}}
          ingress:
          - {action: Accept, from: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: shop}}}]}
          - {action: Deny, from: [{namespaces: {}}]}
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        var map = context.WithPodsToCome;
        foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
        {
            var reached = new HashSet<TrafficRule>(ReferenceEqualityComparer.Instance);
            var matched = new Dictionary<TrafficRule, (CompiledPolicy Policy, int Subject)>(ReferenceEqualityComparer.Instance);
            foreach (var (subject, seen) in map.Walk(direction, static subject => new TierMatches(subject)))
            {
                foreach (var match in seen.All)
                {
                    matched.TryAdd(match.Rule.Rule, (match.Policy, subject));
                    if (match.Open.Count > 0)
                        reached.Add(match.Rule.Rule);
                }
            }

            foreach (var (rule, (policy, subject)) in matched)
            {
                // Cilium has no order of rules: everything that denies comes before everything that allows.
                if (!reached.Contains(rule) && !policy.Policy.IsOfEngine && policy.Policy.Origin.Object is not CiliumPolicy)
                    yield return Judge(map, direction, policy, rule, subject);
            }
        }
    }

    private LintFinding Judge(ReachabilityMap map, PolicyDirection direction, CompiledPolicy policy, TrafficRule rule, int subject)
    {
        var before = Before(map, direction, policy, rule, subject);
        string[] names = [.. before.Select(static decision => decision.Rule is null
            ? $"the end of {decision.Policy.Policy.Rank.Tier.Name}"
            : $"{decision.Policy.Policy.Origin.Reference} {decision.Rule.Rule.Origin.Path}").Distinct()];
        var who = names.Length == 0 ? "earlier rules" : string.Join(" and ", names.Take(MostNames));
        var verb = names.Length == 1 ? "decides" : "decide";
        return Find(
            policy.Policy.Origin.Object,
            $"The rule is never asked: {who} {verb} all that it {PolicyText.Verb(rule.Action)}.",
            rule.Origin.Path,
            rule.Origin.Location) with
        {
            Related = [.. before.Where(static decision => decision.Rule is not null).Take(MostNames).Select(static decision => new LintPlace(
                decision.Policy.Policy.Origin.Reference, decision.Rule!.Rule.Origin.Path, decision.Rule.Rule.Origin.Location))],
            Corrections = [Correction(policy, rule, before)],
        };
    }

    /// <summary>Within one policy the rule can be put first; which of two policies is to come first, people decide.</summary>
    private static LintCorrection Correction(CompiledPolicy policy, TrafficRule rule, TierDecision[] before)
    {
        var correction = new LintCorrection("Put the rule before the one that covers it, or remove it.");
        if (!rule.Origin.Path.EndsWith(']'))
            return correction;
        var (list, index) = PolicyEdits.Item(rule.Origin.Path);
        if (before.Length == 0 || !before.All(decision => decision.Rule is { } other
            && decision.Policy.Policy.Origin.Reference == policy.Policy.Origin.Reference && PolicyEdits.Item(other.Rule.Origin.Path).List == list))
        {
            return correction;
        }

        return correction with
        {
            Edits = [new MovedItem(list, index, before.Min(static decision => PolicyEdits.Item(decision.Rule!.Rule.Origin.Path).Index))],
            Effect = rule.Action switch
            {
                RuleAction.Allow => LintEffect.Opens,
                RuleAction.Deny => LintEffect.Closes,
                _ => LintEffect.Opens | LintEffect.Closes,
            },
        };
    }

    /// <summary>What decides the traffic with one of the rule's peers.</summary>
    private static TierDecision[] Before(ReachabilityMap map, PolicyDirection direction, CompiledPolicy policy, TrafficRule rule, int subject)
    {
        var compiled = map.Tiered(direction).First(other => ReferenceEquals(other.Policy, policy.Policy))
            .Rules.First(other => ReferenceEquals(other.Rule, rule));
        return compiled.Peers.May.IsEmpty || map.Trace(direction, subject, compiled.Peers.May.First) is not { } trace
            ? []
            : [.. trace.Decisions.TakeWhile(decision => !ReferenceEquals(decision.Rule?.Rule, rule)).Where(decision => ComesBefore(decision, policy))];
    }

    /// <summary>Whether a decision comes before the rules of a policy, or among them: a rule that nothing is left for is not listed itself.</summary>
    private static bool ComesBefore(TierDecision decision, CompiledPolicy policy)
    {
        var (other, own) = (decision.Policy.Policy.Rank, policy.Policy.Rank);
        return decision.Rule is null ? other.Tier.CompareTo(own.Tier) < 0
            : ReferenceEquals(decision.Policy.Policy, policy.Policy) || other.CompareTo(own) <= 0;
    }
}
