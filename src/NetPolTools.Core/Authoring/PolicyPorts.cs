using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Authoring;

/// <summary>Sets of ports as rules write them.</summary>
internal static class PolicyPorts
{
    /// <summary>Null for all ports, which a rule says by naming none; every port of one protocol is that protocol alone.</summary>
    public static IReadOnlyList<NetworkPolicyPort>? Of(PortSet ports) => ports.IsAll ? null : [.. ports.Ranges().Select(Of)];

    private static NetworkPolicyPort Of((Protocol Protocol, int First, int Last) range) => new()
    {
        Protocol = range.Protocol.ToString(),
        Port = range is { First: PortSet.MinPort, Last: PortSet.MaxPort } ? null : new PortNumberOrName(range.First, null),
        EndPort = range.First == range.Last || range is { First: PortSet.MinPort, Last: PortSet.MaxPort } ? null : range.Last,
    };
}
