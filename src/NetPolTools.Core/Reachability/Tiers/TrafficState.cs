using NetPolTools.Sets;

namespace NetPolTools.Reachability;

/// <summary>
/// How far the traffic between a subject and some peers is decided while its tiers are walked through. A port may be in several of these where rules may or
/// may not match: then each is possible.
/// </summary>
/// <param name="Open">No rule of the present tier has matched yet.</param>
/// <param name="Passed">A rule passed it to the next tier.</param>
/// <param name="Allowed">Decided.</param>
/// <param name="Denied">Decided.</param>
/// <param name="Main">For the NetworkPolicies of the subject to decide.</param>
internal readonly record struct TrafficState(PortSet Open, PortSet Passed, PortSet Allowed, PortSet Denied, PortSet Main)
{
    /// <summary>A rule matches for sure on some ports and perhaps on more.</summary>
    /// <param name="action">What the rule does.</param>
    /// <param name="must">Matched for sure; none where the peer only may match.</param>
    /// <param name="may">Matched, or perhaps.</param>
    public TrafficState Match(Policies.RuleAction action, PortSet must, PortSet may)
    {
        var hit = Open.Intersect(may);
        if (hit.IsEmpty)
            return this;
        var next = this with { Open = Open.Except(must) };
        return action switch
        {
            Policies.RuleAction.Allow => next with { Allowed = Allowed.Union(hit) },
            Policies.RuleAction.Deny => next with { Denied = Denied.Union(hit) },
            _ => next with { Passed = Passed.Union(hit) },
        };
    }

    /// <summary>What is possible when two lists of rules stand side by side, and either may act first.</summary>
    public TrafficState Beside(in TrafficState other) => new(
        Open.Intersect(other.Open),
        Passed.Union(other.Passed),
        Allowed.Union(other.Allowed),
        Denied.Union(other.Denied),
        Main.Union(other.Main));

    /// <summary>At the end of a tier what no rule matched is denied, or goes on to the next tier with what was passed.</summary>
    /// <param name="denies">Null where it cannot be told.</param>
    public TrafficState EndTier(bool? denies) => this with
    {
        Open = denies == true ? Passed : Open.Union(Passed),
        Passed = PortSet.None,
        Denied = denies == false ? Denied : Denied.Union(Open),
    };
}
