using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>Why it cannot be told whether policies allow something: the rules it depends on, and what would have to be known. A sentence each.</summary>
internal sealed class UndeterminedReasons(ReachabilityMap map)
{
    private readonly UnknownFacts _facts = new(map.Endpoints);

    /// <param name="source">An endpoint.</param>
    /// <param name="destination">Another.</param>
    /// <param name="ports">Undetermined between them.</param>
    public IReadOnlyList<string> Between(int source, int destination, PortSet ports) =>
    [
        .. Of(PolicyDirection.Egress, source, destination, ports).Concat(Of(PolicyDirection.Ingress, destination, source, ports)).Distinct(),
    ];

    /// <summary>The part of it that the policies of one end are about.</summary>
    public IEnumerable<string> Of(PolicyDirection direction, int subject, int peer, PortSet ports)
    {
        var ruleSet = map.RulesOf(direction, subject);
        var trace = map.Trace(direction, subject, peer);
        if (ruleSet is { Policies.Count: > 0 } && !map.Traffic.LeftOpen.Intersect(ports).Intersect(trace?.State.Main ?? ports).IsEmpty)
            yield return $"{string.Join(", ", ruleSet.Policies.Select(static policy => policy.Reference))}: {TrafficScope.Unspecified}";
        if (trace is null)
            yield break;
        var open = Open(trace.State).Intersect(ports);
        for (var i = 0; i < trace.Decisions.Count; i++)
        {
            var decision = trace.Decisions[i];
            var decided = decision.Ports.Intersect(open);
            if (decided.IsEmpty)
                continue;
            if (!decision.IsCertain)
                yield return $"it depends on {string.Join(" and ", _facts.Of(decision, subject, peer))}: {Text(decision)} "
                    + $"{PolicyText.Verb(decision.Action)} {decided} if it matches";
            foreach (var other in trace.Decisions.Skip(i + 1).Where(other => Disagree(decision, other)))
            {
                if (decided.Intersect(other.Ports) is { IsEmpty: false } both)
                    yield return $"nothing says which comes first: {Text(decision)} {PolicyText.Verb(decision.Action)} {both}, {Text(other)} "
                        + $"{PolicyText.Verb(other.Action)} it, and {WhyEqual(decision, other)}";
            }
        }
    }

    private static bool Disagree(TierDecision a, TierDecision b) =>
        !ReferenceEquals(a.Policy, b.Policy) && a.Action != b.Action && a.Rule is not null && b.Rule is not null
            && a.Policy.Policy.Rank.CompareTo(b.Policy.Policy.Rank) == 0;

    private static string WhyEqual(TierDecision a, TierDecision b) => a.Policy.Policy.Rank.Strand == b.Policy.Policy.Rank.Strand
        ? $"both have priority {a.Policy.Policy.Rank.Order}"
        : "there is no order between the two kinds";

    private static string Text(TierDecision decision) => decision.Rule is null
        ? $"{string.Join(" and ", decision.Policies.Select(static policy => policy.Policy.Origin.Reference))}, which "
            + $"{(decision.Others.IsEmpty ? "denies" : "deny")} what no rule matches,"
        : PolicyText.Of(decision.Policy.Policy, decision.Rule.Rule);

    private static PortSet Open(TrafficState state) => PortSet.UnionOf(
        [state.Allowed.Intersect(state.Denied), state.Allowed.Intersect(state.Main), state.Denied.Intersect(state.Main)]);
}
