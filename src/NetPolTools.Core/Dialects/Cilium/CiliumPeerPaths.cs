using NetPolTools.Policies;

namespace NetPolTools.Dialects.Cilium;

/// <summary>Where peers stand below an entry.</summary>
/// <param name="prefix">What the names of a direction's fields begin with.</param>
internal sealed class CiliumPeerPaths(string prefix)
{
    public static readonly CiliumPeerPaths Ingress = new("from");
    public static readonly CiliumPeerPaths Egress = new("to");

    public ItemPaths Endpoints { get; } = new(prefix + "Endpoints");

    public ItemPaths Entities { get; } = new(prefix + "Entities");

    public ItemPaths Cidrs { get; } = new(prefix + "CIDR");

    public ItemPaths CidrSet { get; } = new(prefix + "CIDRSet");

    public ItemPaths Nodes { get; } = new(prefix + "Nodes");

    public ItemPaths Groups { get; } = new(prefix + "Groups");

    public ItemPaths Services { get; } = new(prefix + "Services");

    public ItemPaths Fqdns { get; } = new(prefix + "FQDNs");
}
