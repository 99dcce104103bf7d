using NetPolTools.Explaining;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.SeenTraffic;

/// <summary>The rules and policies that deny traffic: rules of tiers that say so, and policies that isolate an end without a rule for it.</summary>
internal static class DenyingPlaces
{
    /// <param name="explanation">Of the traffic.</param>
    /// <param name="ports">Denied ones.</param>
    public static IReadOnlyList<DenyingPlace> Of(Explanation explanation, PortSet ports) =>
        [.. Of(explanation.Egress, "egress", ports), .. Of(explanation.Ingress, "ingress", ports)];

    private static IEnumerable<DenyingPlace> Of(DirectionExplanation direction, string name, PortSet ports)
    {
        foreach (var step in direction.Tiers.Where(step => step.Decision == RuleAction.Deny && !step.Ports.Intersect(ports).IsEmpty))
            yield return new DenyingPlace($"{name}: {step}", step.Rule?.Location ?? step.Policy.Location);
        var left = direction.LeftToNetworkPolicies is { } some ? ports.Intersect(some) : ports;
        if (!direction.IsIsolated || left.Except(direction.Ports).IsEmpty)
            yield break;
        foreach (var policy in direction.Policies)
            yield return new DenyingPlace($"{name}: {policy} isolates {direction.Subject}, and no rule allows it", policy.Location);
    }
}
