using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>What an item of <c>ports</c> means: ports of one protocol, or a name of some; null where it is all traffic there is.</summary>
/// <param name="First">0 for a name.</param>
/// <param name="Last">Inclusive.</param>
internal readonly record struct PortRange(Protocol Protocol, int First, int Last, string? Name)
{
    public static PortRange Of(NetworkPolicyPort port) => port.Port switch
    {
        null => new PortRange(RulePorts.ProtocolOf(port), PortSet.MinPort, PortSet.MaxPort, null),
        { Name: { } name } => new PortRange(RulePorts.ProtocolOf(port), 0, 0, name),
        { Number: var first } => new PortRange(RulePorts.ProtocolOf(port), first, port.EndPort ?? first, null),
    };

    /// <summary>Whether it is just one number, or one name.</summary>
    public bool IsSingle => First == Last;

    /// <summary>Whether whatever the other means this means, too. What number a name has is not known.</summary>
    public bool Covers(PortRange other) => Protocol == other.Protocol && (other.Name is not null
        ? Name == other.Name || (First, Last) == (PortSet.MinPort, PortSet.MaxPort)
        : Name is null && First <= other.First && Last >= other.Last);
}
