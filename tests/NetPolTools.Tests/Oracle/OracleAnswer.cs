using NetPolTools.Sets;

namespace NetPolTools.Tests.Oracle;

/// <summary>What the oracle knows of one source and one destination; to be asked port by port.</summary>
internal sealed class OracleAnswer
{
    /// <summary>Null where no policy isolates the source for egress.</summary>
    public required IReadOnlyList<PortGrant>? Egress { get; init; }

    /// <summary>Null where no policy isolates the destination for ingress.</summary>
    public required IReadOnlyList<PortGrant>? Ingress { get; init; }

    /// <summary>Traffic from a node to the pods it runs is always allowed: kubelet probes. From a pod to its node, egress rules decide.</summary>
    public required bool IsNodeAndItsPod { get; init; }

    public bool Sends(Protocol protocol, int port) => Covers(Egress, protocol, port);

    public bool Receives(Protocol protocol, int port) => Covers(Ingress, protocol, port);

    /// <summary>
    /// "Both the egress policy on the source pod and the ingress policy on the destination pod need to allow the connection."
    /// </summary>
    public bool PoliciesAllow(Protocol protocol, int port) => Sends(protocol, port) && Receives(protocol, port);

    public bool Allows(Protocol protocol, int port) => IsNodeAndItsPod || PoliciesAllow(protocol, port);

    private static bool Covers(IReadOnlyList<PortGrant>? grants, Protocol protocol, int port)
    {
        if (grants is null)
            return true;
        foreach (var grant in grants)
        {
            if (grant.Covers(protocol, port))
                return true;
        }

        return false;
    }
}
