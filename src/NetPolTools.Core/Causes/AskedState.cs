using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Causes;

/// <summary>What a question names in one state of a cluster.</summary>
/// <param name="Map">Of the state.</param>
/// <param name="Ends">The endpoints that are meant, by their numbers in the map.</param>
/// <param name="Namespaces">Those in which any pod may be meant once some changes are undone, such as the namespace of a Service.</param>
internal sealed record AskedState(ReachabilityMap Map, IReadOnlyCollection<int> Ends, IReadOnlyCollection<string> Namespaces)
{
    /// <summary>The addresses that the question names by themselves.</summary>
    public IReadOnlyList<AddressRange> Addresses { get; init; } = [];

    /// <summary>Whether ends are nodes.</summary>
    public bool NamesNodes { get; init; }
}
