using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Isolation;

/// <summary>One direction of a workload's isolation.</summary>
/// <param name="Policies">The NetworkPolicies that isolate it, by name; none where it is open.</param>
/// <param name="Allowed">Whom it may talk to.</param>
/// <param name="Ports">The ports on which any of them is allowed.</param>
public sealed record DirectionIsolation(IsolationState State, IReadOnlyList<NetworkPolicy> Policies, AllowedPeers Allowed, PortSet Ports)
{
    /// <summary>Every peer on every port.</summary>
    public const string Everything = "everything";

    /// <summary>No peer on any port.</summary>
    public const string Nothing = "nothing";

    /// <summary>Whom it may talk to, in a few words: <c>nothing</c>, <c>3 workloads</c>, <c>addresses</c>, <c>everything</c>.</summary>
    public string Peers => Allowed.ToString();

    /// <summary>Policies of other kinds that select it, in the order in which they are asked: <c>ClusterNetworkPolicy no-db</c>.</summary>
    public IReadOnlyList<string> OtherPolicies { get; init; } = [];

    /// <summary>All policies that select it; NetworkPolicies by their names alone.</summary>
    public IEnumerable<string> PolicyNames => Policies.Select(static policy => policy.Name).Concat(OtherPolicies);

    public static readonly DirectionIsolation Open = new(IsolationState.Open, [], AllowedPeers.Everyone, PortSet.All);

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
