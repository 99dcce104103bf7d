using NetPolTools.Sets;

namespace NetPolTools.Explaining;

/// <summary>Something that decides a connection, in parts that can be shown and linked each.</summary>
/// <param name="Policy">Whose rule it is; null for what is decided without one.</param>
/// <param name="Rule">The rule; null for the end of a tier, and for what is decided without one.</param>
/// <param name="Action">Allow, Deny or Pass; Note for what only has to be known.</param>
/// <param name="Ports">On which ports; none where the text says it.</param>
/// <param name="Text">The peers of the rule that match, or what else there is to say.</param>
public sealed record DecidingReason(PolicyPlace? Policy, RulePlace? Rule, string Action, PortSet Ports, string Text)
{
    public const string Note = "Note";

    private const string Allow = "Allow";

    /// <summary>In the order of the explanation.</summary>
    internal static IEnumerable<DecidingReason> Of(DirectionExplanation explanation)
    {
        foreach (var step in explanation.Tiers)
            yield return Of(step);
        foreach (var match in explanation.Matches)
            yield return Of(match);
        if (!explanation.ByDefault.IsEmpty)
            yield return ByDefault(explanation.ByDefault);
        foreach (var limit in explanation.Limits)
            yield return Of(limit);
    }

    internal static DecidingReason Of(TierStep step)
    {
        var depends = step.DependsOn.Count == 0 ? "" : $" (depends on {string.Join(" and ", step.DependsOn)})";
        var others = step.Others.Count == 0 ? "" : $", with {string.Join(", ", step.Others.Select(static other => other.Name))}";
        var end = step.Rule is null ? $"by its end{others}" : string.Join("; ", step.Peers);
        var passed = step.PassedTo is null ? "" : $", passed to {step.PassedTo}";
        return new DecidingReason(step.Policy, step.Rule, step.Action, step.Ports, $"{step.Tier}: {end}{passed}{depends}");
    }

    internal static DecidingReason Of(RuleMatch match) => new(match.Rule.Policy, match.Rule, Allow, match.Ports, string.Join("; ", match.Peers));

    /// <summary>What the network plugin does not do as written.</summary>
    internal static DecidingReason Of(string limit) => new(null, null, Note, PortSet.None, limit);

    internal static DecidingReason ByDefault(PortSet ports) => new(null, null, Allow, ports, "no rule decides it");

    /// <summary>That nothing is against it, in words.</summary>
    internal static DecidingReason Open(string why) => new(null, null, Allow, PortSet.None, why);
}
