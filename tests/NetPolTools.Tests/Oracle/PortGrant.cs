using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Tests.Oracle;

/// <summary>The ports of a rule whose peers match.</summary>
/// <param name="Ports">As the rule has them.</param>
/// <param name="Names">The port names of the destination.</param>
internal sealed record PortGrant(IReadOnlyList<NetworkPolicyPort>? Ports, IReadOnlyList<ContainerPort> Names)
{
    /// <summary>"If this field is empty or missing, this rule matches all ports."</summary>
    public bool Covers(Protocol protocol, int port)
    {
        if (Ports is not { Count: > 0 })
            return true;
        var name = NameOf(protocol);
        foreach (var entry in Ports)
        {
            if (Covers(entry, protocol, name, port))
                return true;
        }

        return false;
    }

    private bool Covers(NetworkPolicyPort entry, Protocol protocol, string name, int port)
    {
        // "If not specified, this field defaults to TCP."
        if ((entry.Protocol ?? "TCP") != name)
            return false;
        if (entry.Port is not { } wanted)
            return true;
        if (wanted.Name is not null)
            return Names.Any(declared => declared.Name == wanted.Name && declared.Protocol == protocol && declared.Number == port);
        return port >= wanted.Number && port <= (entry.EndPort ?? wanted.Number);
    }

    private static string NameOf(Protocol protocol) => protocol switch
    {
        Protocol.TCP => "TCP",
        Protocol.UDP => "UDP",
        Protocol.SCTP => "SCTP",
        _ => throw new ArgumentOutOfRangeException(nameof(protocol)),
    };
}
