using NetPolTools.Objects;
using NetPolTools.Policies;

namespace NetPolTools.Dialects.Cilium;

/// <summary>
/// NetworkPolicies that Cilium reads otherwise than the Kubernetes API has them (cilium/cilium: pkg/k8s/network_policy.go): selectors go by the labels of
/// identities, and rules of a direction count even if policyTypes leaves it out.
/// </summary>
internal sealed class CiliumNetworkPolicies(CiliumSelectors selectors, CiliumRanks ranks, EngineLayout layout)
{
    /// <summary>Whether there is anything in a policy that Cilium reads otherwise.</summary>
    public bool IsOther(NetworkPolicy policy) =>
        CountsMore(policy, PolicyDirection.Ingress) || CountsMore(policy, PolicyDirection.Egress) || policy.HasPodSelector(selectors.IsOther);

    /// <summary>The labels that identities lack, by which a policy selects.</summary>
    public IEnumerable<string> KeysLeftOut(NetworkPolicy policy) => policy.PodSelectors().SelectMany(selectors.KeysLeftOut).Distinct();

    /// <summary>Whether rules count that policyTypes leaves out.</summary>
    public static bool CountsMore(NetworkPolicy policy, PolicyDirection direction) => !policy.Isolates(direction) && policy.Rules(direction).Count > 0;

    public IEnumerable<TieredPolicy> Translate(NetworkPolicy policy)
    {
        var read = CountsMore(policy, PolicyDirection.Ingress) || CountsMore(policy, PolicyDirection.Egress)
            ? policy with { PolicyTypes = [.. Directions(policy)] }
            : policy;
        var translated = NetworkPolicyTranslator.Translate(read, layout);
        var origin = new PolicyOrigin(NetworkPolicyTranslator.DialectName, policy);
        var subjects = Selected(translated.Subjects);
        yield return translated with
        {
            Origin = origin,
            Rank = ranks.Allowing,
            Subjects = subjects,
            Ingress = Allowing(translated.Ingress),
            Egress = Allowing(translated.Egress),
        };
        yield return new TieredPolicy(origin, ranks.DefaultDeny, subjects, Denying(translated.Ingress), Denying(translated.Egress));
    }

    private static IEnumerable<string> Directions(NetworkPolicy policy)
    {
        foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
        {
            if (policy.Isolates(direction) || CountsMore(policy, direction))
                yield return direction.ToString();
        }
    }

    private RuleList? Allowing(RuleList? list) => list is null ? null : new RuleList(
        [.. list.Rules.Select(rule => rule with { Peers = [.. rule.Peers.Select(peer => peer with { Term = Selected(peer.Term) })] })], Unmatched.NextTier);

    private static RuleList? Denying(RuleList? list) => list is null ? null : new RuleList([], Unmatched.Deny);

    private EndpointTerm Selected(EndpointTerm term) => term is EndpointTerm.Pods pods ? new EndpointTerm.Pods(selectors.AsIdentity(pods.Which)) : term;
}
