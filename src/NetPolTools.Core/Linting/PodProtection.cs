using System.Collections.Concurrent;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;

namespace NetPolTools.Linting;

/// <summary>Whether policies keep pods away from a pod, or it from them. Pods under the same policies share the work.</summary>
internal sealed class PodProtection(ReachabilityMap map)
{
    private readonly ConcurrentDictionary<RuleSet, bool> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// Whether a direction of a pod is isolated, or a rule of an administrator denies it pods. A rule that denies addresses alone, such as that of the cloud's
    /// metadata, isolates nothing.
    /// </summary>
    public bool IsProtected(PolicyDirection direction, int pod)
    {
        return PoliciesOf(direction, pod) is { } rules
            && (rules.DeniesUnmatched || _known.GetOrAdd(rules, static ruleSet => ruleSet.Tiered.Any(DeniesPods)));
    }

    /// <summary>The policies of a pod; null for none.</summary>
    public RuleSet? PoliciesOf(PolicyDirection direction, int pod) => map.RulesOf(direction, pod);

    private static bool DeniesPods(CompiledPolicy policy) =>
        policy.Rules.Any(static rule => rule.Rule.Action == RuleAction.Deny && rule.Rule.Peers.Any(static peer => MeansPods(peer.Term)));

    private static bool MeansPods(EndpointTerm term) => term switch
    {
        EndpointTerm.Addresses or EndpointTerm.Nodes or EndpointTerm.Named => false,
        EndpointTerm.AllOf all => all.Parts.All(MeansPods),
        EndpointTerm.AnyOf any => any.Parts.Any(MeansPods),
        EndpointTerm.SomeOf some => MeansPods(some.Within),
        _ => true,
    };
}
