using NetPolTools.Listing;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.Inference;

/// <summary>
/// One end of traffic that is to be allowed, found in a cluster: the pods of a workload, a pod, every pod of a namespace, or addresses outside. Made by
/// <see cref="EndDirectory"/>, which makes one object for one end.
/// </summary>
public sealed class TrafficEnd
{
    internal TrafficEnd(ConnectionEnd name)
    {
        Name = name;
    }

    public ConnectionEnd Name { get; }

    /// <summary>The pods that selectors can pick, by their numbers; empty for a whole namespace and for addresses.</summary>
    internal IndexSet Pods { get; init; } = IndexSet.Empty;

    /// <summary>Why some or all of it can be selected by no policy; null where all of it can.</summary>
    internal string? NotSelectable { get; init; }

    /// <summary>The namespace that is meant as a whole, with the pods it will have; null for any other end.</summary>
    internal string? WholeNamespace { get; init; }

    internal IReadOnlyList<AddressRange> Addresses { get; init; } = [];

    /// <summary>The addresses of the nodes that run its pods, which always reach them.</summary>
    internal IReadOnlySet<NetAddress> OwnNodes { get; init; } = new HashSet<NetAddress>();

    public override string ToString() => Name.ToString();
}
