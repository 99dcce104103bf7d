using NetPolTools.Objects;

namespace NetPolTools.Dialects.Calico;

/// <summary>A NetworkSet or GlobalNetworkSet: addresses that selectors find by the labels of the set.</summary>
public sealed record CalicoNetworkSet(CalicoKind CalicoKind, ObjectMetadata Metadata) : CalicoObject(CalicoKind, Metadata)
{
    /// <summary>CIDR blocks or addresses as written; bits behind the prefix are taken and mean nothing.</summary>
    public IReadOnlyList<string> Nets { get; internal init => field = Indexable.Of(value); } = [];
}
