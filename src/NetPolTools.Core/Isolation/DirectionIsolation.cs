using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Isolation;

/// <summary>One direction of a workload's isolation.</summary>
/// <param name="Allowed">Whom it may talk to.</param>
/// <param name="Ports">The ports on which any of them is allowed.</param>
public sealed record DirectionIsolation(IsolationState State, AllowedPeers Allowed, PortSet Ports)
{
    /// <summary>Every peer on every port.</summary>
    public const string Everything = "everything";

    /// <summary>No peer on any port.</summary>
    public const string Nothing = "nothing";

    /// <summary>Whom it may talk to, in a few words: <c>nothing</c>, <c>3 workloads</c>, <c>addresses</c>, <c>everything</c>.</summary>
    public string Peers => Allowed.ToString();

    /// <summary>Policies of other kinds that select it, in the order in which they are asked: <c>ClusterNetworkPolicy no-db</c>.</summary>
    public IEnumerable<string> OtherPolicies => RuleSet is null
        ? []
        : RuleSet.TieredPolicies.Select(static policy => policy.Origin.Reference.ToString()).Distinct();

    /// <summary>The NetworkPolicies that isolate it, by name, found as they are asked for; none where it is open.</summary>
    public IReadOnlyList<NetworkPolicy> Policies => ByName?.Of(RuleSet) ?? [];

    /// <summary>All policies that select it, found as they are asked for: NetworkPolicies by their names alone, then those of other kinds.</summary>
    public IReadOnlyList<string> PolicyNames => FirstPolicyNames(int.MaxValue);

    public static readonly DirectionIsolation Open = new(IsolationState.Open, AllowedPeers.Everyone, PortSet.All);

    /// <summary>What its policies come to; null where it has none.</summary>
    internal RuleSet? RuleSet { get; init; }

    internal PoliciesByName? ByName { get; init; }

    /// <summary>The first of <see cref="Policies"/>, so many at most, and how many more there are.</summary>
    internal (IReadOnlyList<NetworkPolicy> First, int More) FirstPolicies(int most)
    {
        var first = ByName?.Of(RuleSet, most) ?? [];
        return (first, first.Count < most ? 0 : ByName!.Count(RuleSet, null) - most);
    }

    /// <summary>So many of them at most.</summary>
    internal IReadOnlyList<string> FirstPolicyNames(int most)
    {
        var names = ByName?.NamesOf(RuleSet, most) ?? [];
        return RuleSet is null or { TieredPolicies.Count: 0 } ? names : [.. names.Concat(OtherPolicies).Take(most)];
    }

    /// <summary>Whether peers that no rule names are kept away.</summary>
    internal bool IsIsolated => State is IsolationState.Isolated or IsolationState.Denied;

    /// <summary>The state in words; policies can isolate a workload and then allow everything all the same.</summary>
    internal string Word => State switch
    {
        IsolationState.Open => "open",
        IsolationState.Denied => "denied",
        IsolationState.Restricted => "restricted",
        _ when Peers == Everything => "open by policy",
        _ => "isolated",
    };
}
