using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Isolation;

/// <summary>One direction of a workload's isolation.</summary>
/// <param name="Policies">Those that isolate it, by name; none where it is open.</param>
/// <param name="Peers">Whom it may talk to, in a few words: <c>nothing</c>, <c>3 workloads</c>, <c>addresses</c>, <c>everything</c>.</param>
/// <param name="Ports">The ports on which any of them is allowed.</param>
public sealed record DirectionIsolation(IsolationState State, IReadOnlyList<NetworkPolicy> Policies, string Peers, PortSet Ports)
{
    /// <summary>Every peer on every port.</summary>
    public const string Everything = "everything";

    /// <summary>No peer on any port.</summary>
    public const string Nothing = "nothing";

    public static readonly DirectionIsolation Open = new(IsolationState.Open, [], Everything, PortSet.All);

    /// <summary>The state in words; policies can isolate a workload and then allow everything all the same.</summary>
    internal string Word => State switch
    {
        IsolationState.Open => "open",
        IsolationState.Denied => "denied",
        _ when Peers == Everything => "open by policy",
        _ => "isolated",
    };
}
