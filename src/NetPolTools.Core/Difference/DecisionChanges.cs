using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Difference;

/// <summary>
/// Where policies have an order, a policy that differs may select an end and yet decide nothing of a change. Finds those that decide otherwise than before
/// at a port that changed: by another rule, or by coming earlier or later.
/// </summary>
internal static class DecisionChanges
{
    /// <param name="direction">Whose rules.</param>
    /// <param name="before">Subject and peer, by their classes.</param>
    /// <param name="after">The same on the other side.</param>
    /// <param name="ports">Finds the ports of the change.</param>
    /// <returns>
    /// The policies that decide otherwise; null where no policy with an order selects the subject on either side. NetworkPolicies have none: whether they
    /// decide anything of the change is <c>ByNetworkPolicies</c>.
    /// </returns>
    public static (HashSet<ObjectReference> Policies, bool ByNetworkPolicies)? Find(
        PolicyDirection direction,
        (ReachabilityMap Map, int Subject, int Peer) before,
        (ReachabilityMap Map, int Subject, int Peer) after,
        Func<PortSet> ports)
    {
        var (first, second) = (before.Map.Trace(direction, before.Subject, before.Peer), after.Map.Trace(direction, after.Subject, after.Peer));
        if (first is null && second is null)
            return null;
        var changed = ports();
        var (were, are) = (Decisions(first, changed), Decisions(second, changed));
        var differing = were.Select(static decision => decision.Key).Concat(are.Select(static decision => decision.Key))
            .Where(reference => !were[reference].SequenceEqual(are[reference]));
        return ([.. differing], LeavesToNetworkPolicies(first, changed) || LeavesToNetworkPolicies(second, changed));
    }

    private static bool LeavesToNetworkPolicies(TierTrace? trace, PortSet changed) => trace is null || !trace.State.Main.Intersect(changed).IsEmpty;

    private static ILookup<ObjectReference, (RuleAction Action, PortSet Ports, bool IsCertain)> Decisions(TierTrace? trace, PortSet changed) =>
        (trace?.Decisions ?? [])
            .SelectMany(decision => decision.Policies.Select(policy => (
                policy.Policy.Origin.Reference, Decision: (decision.Action, Ports: decision.Ports.Intersect(changed), decision.IsCertain))))
            .Where(static entry => !entry.Decision.Ports.IsEmpty)
            .ToLookup(static entry => entry.Reference, static entry => entry.Decision);
}
