namespace NetPolTools.Policies;

/// <summary>Policies and rules in words, for messages.</summary>
internal static class PolicyText
{
    /// <summary><c>ClusterNetworkPolicy no-db spec.egress[0] "deny the rest" (policies.yaml:12:5)</c>.</summary>
    public static string Of(TieredPolicy policy, TrafficRule rule)
    {
        var name = rule.Origin.Name is { Length: > 0 } given ? $" \"{given}\"" : "";
        var place = rule.Origin.Location is { IsKnown: true, Line: > 0 } location ? $" ({location})" : "";
        return $"{policy.Origin.Reference} {rule.Origin.Path}{name}{place}";
    }

    /// <summary><c>allows</c>, <c>denies</c> or <c>passes</c>.</summary>
    public static string Verb(RuleAction action) => action switch
    {
        RuleAction.Allow => "allows",
        RuleAction.Deny => "denies",
        _ => "passes",
    };
}
