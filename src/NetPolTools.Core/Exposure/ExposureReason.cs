using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;

namespace NetPolTools.Exposure;

/// <summary>Why a connection with a pod to come is allowed: in few words, and in parts.</summary>
/// <param name="Text">As lines show it.</param>
/// <param name="Parts">The same.</param>
internal sealed record ExposureReason(string Text, DecidingReason Parts)
{
    /// <param name="map">Of the cluster with the pods to come.</param>
    /// <param name="explainer">Of the map.</param>
    /// <param name="group">The workload.</param>
    /// <param name="direction">Of it.</param>
    /// <param name="other">The other end.</param>
    /// <param name="value">What is to be explained.</param>
    public static IReadOnlyList<ExposureReason> Of(
        ReachabilityMap map, Explainer explainer, EndpointGroup group, PolicyDirection direction, int other, ExposureValue value)
    {
        var ports = value.Ports.Union(value.Undetermined);
        var member = group.Members.First(member => !ExposedCluster.ValueOf(map, member, direction, other).IsNothing);
        return Of(direction == PolicyDirection.Ingress ? explainer.Explain(other, member, ports) : explainer.Explain(member, other, ports), direction);
    }

    /// <param name="explanation">Of the connection.</param>
    /// <param name="direction">Of the workload, whose reasons come first.</param>
    private static IReadOnlyList<ExposureReason> Of(Explanation explanation, PolicyDirection direction)
    {
        var (own, other) = direction == PolicyDirection.Ingress ? (explanation.Ingress, explanation.Egress) : (explanation.Egress, explanation.Ingress);
        return [.. Of(own, isOwn: true).Concat(Of(other, isOwn: false)).DistinctBy(static reason => reason.Text)];
    }

    private static IEnumerable<ExposureReason> Of(DirectionExplanation side, bool isOwn)
    {
        var name = side.Direction == PolicyDirection.Ingress ? "ingress" : "egress";
        if (side.NeverIsolated is { } why)
            return isOwn ? [new ExposureReason(why, DecidingReason.Open(why))] : [];
        if (side is { IsIsolated: false, TieredPolicies.Count: 0 })
        {
            var open = DecidingReason.Open($"no policy selects it for {name}");
            return isOwn ? [new ExposureReason($"no policy selects {side.Subject} for {name}", open)] : [];
        }

        var steps = side.Tiers.Where(static step => step.Decision == RuleAction.Allow || step.DependsOn.Count > 0)
            .Select(static step => new ExposureReason(step.ToString(), DecidingReason.Of(step)));
        var byDefault = side.ByDefault.IsEmpty ? [] : new[]
        {
            new ExposureReason(
                $"no rule decides {side.ByDefault} for {name} of {side.Subject}, so it is allowed", DecidingReason.ByDefault(side.ByDefault)),
        };
        return [.. side.Matches.Select(static match => new ExposureReason(match.ToString(), DecidingReason.Of(match))), .. steps, .. byDefault];
    }
}
