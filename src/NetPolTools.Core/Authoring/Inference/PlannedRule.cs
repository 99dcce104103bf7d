using NetPolTools.Sets;

namespace NetPolTools.Authoring.Inference;

/// <summary>Ports, and everyone they are allowed with: nodes of the cluster and addresses. Equal by content.</summary>
internal sealed record PlannedRule(PortSet Ports, IndexSet Peers, AddressRange[] Addresses)
{
    public bool Equals(PlannedRule? other) =>
        other is not null && Ports.Equals(other.Ports) && Peers.Equals(other.Peers) && Addresses.AsSpan().SequenceEqual(other.Addresses);

    public override int GetHashCode() => HashCode.Combine(Ports, Peers, Addresses.Length);
}

/// <summary>The rules of a subject in both directions, in order. Equal by content.</summary>
internal sealed record PlannedRules(PlannedRule[] Ingress, PlannedRule[] Egress)
{
    public bool IsEmpty => Ingress.Length + Egress.Length == 0;

    public bool Equals(PlannedRules? other) =>
        other is not null && Ingress.AsSpan().SequenceEqual(other.Ingress) && Egress.AsSpan().SequenceEqual(other.Egress);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var rule in Ingress)
            hash.Add(rule);
        hash.Add(0);
        foreach (var rule in Egress)
            hash.Add(rule);
        return hash.ToHashCode();
    }
}
