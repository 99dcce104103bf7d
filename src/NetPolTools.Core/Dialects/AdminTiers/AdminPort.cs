using NetPolTools.Objects;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>An item of <c>ports</c> (v1alpha1) or <c>protocols</c> (v1alpha2): exactly one of its members.</summary>
public sealed record AdminPort
{
    /// <summary>v1alpha1 <c>portNumber</c>.</summary>
    public AdminPortNumber? PortNumber { get; init; }

    /// <summary>v1alpha1 <c>portRange</c>.</summary>
    public AdminPortRange? PortRange { get; init; }

    /// <summary><c>namedPort</c> in v1alpha1, <c>destinationNamedPort</c> in v1alpha2: a container port's name, of any protocol.</summary>
    public string? PortName { get; init; }

    /// <summary>v1alpha2 <c>tcp</c>, <c>udp</c>, <c>sctp</c>.</summary>
    public IReadOnlyList<AdminProtocol> Protocols { get; init => field = Indexable.Of(value); } = [];

    /// <summary>A member that no version known to us has; null for none.</summary>
    public string? Unknown { get; init; }

    /// <summary>How many members it has, but for an unknown one.</summary>
    public int MemberCount => (PortNumber is null ? 0 : 1) + (PortRange is null ? 0 : 1) + (PortName is null ? 0 : 1) + Protocols.Count;
}

/// <summary>v1alpha1: a port of a protocol, TCP where that is absent.</summary>
public sealed record AdminPortNumber(string? Protocol, int? Port);

/// <summary>Ports from one to another, both inclusive; the protocol is v1alpha1's, TCP where absent.</summary>
public sealed record AdminPortRange(string? Protocol, int? Start, int? End);

/// <summary>v1alpha2: a protocol with its destination port.</summary>
/// <param name="Name">The field: <c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
/// <param name="DestinationPort">Null where absent: every port.</param>
public sealed record AdminProtocol(string Name, AdminDestinationPort? DestinationPort);

/// <summary>v1alpha2: a port number, or a range. One of the two.</summary>
public sealed record AdminDestinationPort(int? Number, AdminPortRange? Range);
