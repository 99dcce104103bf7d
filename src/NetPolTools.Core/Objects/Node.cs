using NetPolTools.Sets;

namespace NetPolTools.Objects;

/// <summary>A node; its addresses are what its hostNetwork pods and its kubelet speak with.</summary>
public sealed record Node(ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public const string KindName = "Node";

    /// <summary>Internal and external addresses; host names are left out.</summary>
    public IReadOnlyList<NetAddress> Addresses { get; init; } = [];

    /// <summary>The addresses that it gives to its pods: <c>podCIDRs</c>.</summary>
    public IReadOnlyList<AddressRange> PodRanges { get; init => field = Indexable.Of(value); } = [];

    public override string Kind => KindName;
}
