using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;

namespace NetPolTools.Exposure;

/// <summary>Why a connection with a pod to come is allowed: in few words, and in parts.</summary>
internal sealed class ExposureReason
{
    private readonly string? _text;
    private readonly RuleMatch? _match;
    private readonly DecidingReason? _parts;

    /// <param name="text">As lines show it.</param>
    /// <param name="parts">The same.</param>
    public ExposureReason(string text, DecidingReason parts) => (_text, _parts) = (text, parts);

    /// <param name="match">Says both.</param>
    public ExposureReason(RuleMatch match) => _match = match;

    /// <summary>As lines show it.</summary>
    public string Text => _text ?? _match!.ToString();

    /// <summary>The same.</summary>
    public DecidingReason Parts => _parts ?? DecidingReason.Of(_match!);

    /// <param name="map">Of the cluster with the pods to come.</param>
    /// <param name="explainer">Of the map.</param>
    /// <param name="group">The workload.</param>
    /// <param name="direction">Of it.</param>
    /// <param name="other">The other end.</param>
    /// <param name="value">What is to be explained.</param>
    public static ExposureReasons Of(
        ReachabilityMap map, Explainer explainer, EndpointGroup group, PolicyDirection direction, int other, ExposureValue value)
    {
        var ports = value.Ports.Union(value.Undetermined);
        var member = group.Members.First(member => !ExposedCluster.ValueOf(map, member, direction, other).IsNothing);
        var (source, destination) = direction == PolicyDirection.Ingress ? (other, member) : (member, other);
        return new ExposureReasons(most => Of(explainer.Explain(source, destination, ports, most), direction, most));
    }

    /// <param name="explanation">Of the connection.</param>
    /// <param name="direction">Of the workload, whose reasons come first.</param>
    /// <param name="most">So many at most.</param>
    private static (ExposureReason[] First, int More) Of(Explanation explanation, PolicyDirection direction, int most)
    {
        var (own, other) = direction == PolicyDirection.Ingress ? (explanation.Ingress, explanation.Egress) : (explanation.Egress, explanation.Ingress);
        ExposureReason[] all = [.. Of(own, isOwn: true).Concat(Of(other, isOwn: false)).DistinctBy(static reason => reason.Text)];
        var more = own.MoreMatches + other.MoreMatches;
        return all.Length <= most ? (all, more) : (all[..most], all.Length - most + more);
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
        return [.. side.Matches.Select(static match => new ExposureReason(match)), .. steps, .. byDefault];
    }
}
