using NetPolTools.Objects;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>An item of <c>ports</c> (v1alpha1) or <c>protocols</c> (v1alpha2): exactly one of its members.</summary>
public sealed record AdminPort
{
    /// <summary>v1alpha1 <c>portNumber</c>.</summary>
    public AdminPortNumber? PortNumber { get; internal init; }

    /// <summary>v1alpha1 <c>portRange</c>.</summary>
    public AdminPortRange? PortRange { get; internal init; }

    /// <summary><c>namedPort</c> in v1alpha1, <c>destinationNamedPort</c> in v1alpha2: a container port's name, of any protocol.</summary>
    public string? PortName { get; internal init; }

    /// <summary>v1alpha2 <c>tcp</c>, <c>udp</c>, <c>sctp</c>.</summary>
    public IReadOnlyList<AdminProtocol> Protocols { get; internal init => field = Indexable.Of(value); } = FixedList<AdminProtocol>.Empty;

    /// <summary>A member that no version known to us has; null for none.</summary>
    public string? Unknown { get; internal init; }

    /// <summary>How many members it has, but for an unknown one.</summary>
    internal int MemberCount => (PortNumber is null ? 0 : 1) + (PortRange is null ? 0 : 1) + (PortName is null ? 0 : 1) + Protocols.Count;

    /// <summary><c>80/TCP</c>.</summary>
    public override string ToString() => AdminPolicyText.Port(this);
}

/// <summary>v1alpha1: a port of a protocol, TCP where that is absent.</summary>
public sealed record AdminPortNumber(string? Protocol, int? Port)
{
    public string? Protocol { get; internal init; } = Protocol;

    public int? Port { get; } = Port;

    /// <summary><c>80/TCP</c>.</summary>
    public override string ToString() => new AdminPort { PortNumber = this }.ToString();
}

/// <summary>Ports from one to another, both inclusive; the protocol is v1alpha1's, TCP where absent.</summary>
public sealed record AdminPortRange(string? Protocol, int? Start, int? End)
{
    public string? Protocol { get; internal init; } = Protocol;

    public int? Start { get; } = Start;

    public int? End { get; } = End;

    /// <summary><c>8000-8100/TCP</c>; of v1alpha2, whose protocol stands beside it, <c>8000-8100</c>.</summary>
    public override string ToString() => AdminPolicyText.Range(this);
}

/// <summary>v1alpha2: a protocol with its destination port.</summary>
/// <param name="Name">The field: <c>tcp</c>, <c>udp</c> or <c>sctp</c>.</param>
/// <param name="DestinationPort">Null where absent: every port.</param>
public sealed record AdminProtocol(string Name, AdminDestinationPort? DestinationPort)
{
    public string Name { get; } = Name;

    public AdminDestinationPort? DestinationPort { get; } = DestinationPort;

    /// <summary><c>80/TCP</c>.</summary>
    public override string ToString() => new AdminPort { Protocols = [this] }.ToString();
}

/// <summary>v1alpha2: a port number, or a range. One of the two.</summary>
public sealed record AdminDestinationPort(int? Number, AdminPortRange? Range)
{
    public int? Number { get; } = Number;

    public AdminPortRange? Range { get; } = Range;

    /// <summary><c>80</c>, or <c>8000-8100</c>.</summary>
    public override string ToString() => Range?.ToString() ?? AdminPolicyText.Number(Number);
}
