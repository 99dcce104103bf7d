using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Text;

namespace NetPolTools.Linting.Rules;

internal sealed class NP025OverruledPolicy() : LintRule("NP025", "overruled-policy", LintSeverity.Warning, LintNeeds.Reachability)
{
    private const int MostNames = 3;

    public override string Description => "Finds NetworkPolicies that policies of administrators overrule.";

    public override string Why =>
        "Policies of administrators are asked first, and what they accept or deny no NetworkPolicy can change: a policy that denies everything does not deny "
        + "what they accept, and a rule allows nothing of what they deny. What they pass is left to NetworkPolicies.";

    public override string Trouble => """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: monitoring}
        ---
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: monitoring}
        spec:
          tier: Admin
          priority: 10
          subject: {namespaces: {}}
          ingress: [{action: Accept, from: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: default-deny, namespace: shop}
        spec: {podSelector: {}, policyTypes: [Ingress]}
        """;

    public override string Cure => """
        apiVersion: v1
        kind: Namespace
        metadata: {name: shop}
        ---
        apiVersion: v1
        kind: Namespace
        metadata: {name: monitoring}
        ---
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: monitoring}
        spec:
          tier: Admin
          priority: 10
          subject: {namespaces: {}}
          ingress: [{action: Pass, from: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]}]
        ---
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: default-deny, namespace: shop}
        spec: {podSelector: {}, policyTypes: [Ingress]}
        """;

    internal override IEnumerable<LintFinding> Check(LintContext context)
    {
        var map = context.WithPodsToCome;
        if (map.Stack.Policies.IsEmpty)
            yield break;
        foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
        {
            foreach (var (policy, subjects) in SubjectsOf(map, direction))
            {
                var findings = policy.Rules(direction).Count == 0
                    ? Pierced(map, direction, policy, subjects)
                    : RuleSite.Of(policy).Where(rule => rule.Direction == direction).Select(rule => Denied(map, rule, subjects));
                foreach (var finding in findings.OfType<LintFinding>())
                    yield return finding;
            }
        }
    }

    /// <summary>The NetworkPolicies whose pods are under other policies too, with the classes of these pods.</summary>
    private static Dictionary<NetworkPolicy, List<int>> SubjectsOf(ReachabilityMap map, PolicyDirection direction)
    {
        var found = new Dictionary<NetworkPolicy, List<int>>(ReferenceEqualityComparer.Instance);
        foreach (var subject in map.Classes.Representatives.Slice(0, map.Endpoints.SelectableCount))
        {
            foreach (var policy in map.RulesOf(direction, subject)?.Policies ?? [])
            {
                if (!found.TryGetValue(policy, out var subjects))
                    found.Add(policy, subjects = []);
                subjects.Add(subject);
            }
        }

        return found;
    }

    /// <summary>A policy that denies everything, while others accept something before it is asked.</summary>
    private IEnumerable<LintFinding?> Pierced(ReachabilityMap map, PolicyDirection direction, NetworkPolicy policy, List<int> subjects)
    {
        TieredPolicy[] accepting = [.. subjects.SelectMany(subject => map.EffectsBefore(direction, subject))
            .Where(static effect => effect.Action == RuleAction.Allow && !effect.Peers.Must.IsEmpty && !effect.Policy.IsOfEngine)
            .Select(static effect => effect.Policy).Distinct(ReferenceEqualityComparer.Instance).Cast<TieredPolicy>()];
        if (accepting.Length == 0)
            yield break;
        var what = direction == PolicyDirection.Ingress ? "ingress" : "egress";
        yield return Find(policy, $"The policy denies all {what}, and {Names(accepting)} {Verb(accepting, "accepts", "accept")} some of it before it is asked.",
            $"spec.{what}") with
        {
            Related = Places(accepting),
        };
    }

    /// <summary>A rule of whose traffic others leave nothing to it, and deny some.</summary>
    private LintFinding? Denied(ReachabilityMap map, RuleSite rule, List<int> subjects)
    {
        var peers = IndexSet.UnionOf([.. map.Peers.PeersOf(map.Endpoints.NumberOfNamespace(rule.Policy.Namespace), rule.Rule)
            .Select(static peer => peer.Certain)]);
        var ports = RulePorts.Names(rule.Rule).Count > 0 ? map.Traffic.Everything : RulePorts.Numbers(rule.Rule, map.Traffic, new PortSetPool());
        if (peers.IsEmpty || subjects.Exists(subject => IsLeft(map.RulesOf(rule.Direction, subject)?.Form)))
            return null;
        TieredPolicy[] denying = [.. subjects.SelectMany(subject => map.DenyingBefore(rule.Direction, subject, peers, ports))
            .Distinct(ReferenceEqualityComparer.Instance).Cast<TieredPolicy>()];
        return denying.Length == 0 ? null : Find(rule,
            $"The rule allows nothing: {Names(denying)} {Verb(denying, "denies", "deny")} its traffic before NetworkPolicies are asked.") with
        {
            Related = Places(denying),
        };

        bool IsLeft(NormalForm? form) => form?.MayLeave(peers, ports) != false;
    }

    private static string Names(TieredPolicy[] policies) =>
        Wording.List([.. policies.Select(static policy => policy.Origin.Reference.ToString()).Distinct()], MostNames);

    private static string Verb(TieredPolicy[] policies, string one, string several) =>
        policies.Select(static policy => policy.Origin.Reference).Distinct().Count() == 1 ? one : several;

    private static LintPlace[] Places(TieredPolicy[] policies) => [.. policies.Take(MostNames).Select(static policy => LintPlace.Of(policy.Origin.Object))];
}
