using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Listing;

/// <summary>That an Ingress or route leads to a group.</summary>
/// <param name="Controllers">The groups that run its controller; none when that is not in the input.</param>
/// <param name="Destination">The group that it leads to.</param>
/// <param name="PortsByClass">The ports it leads to on the members of each class in the group.</param>
internal sealed record EntranceLine(Entrance Entrance, int[] Controllers, int Destination, IReadOnlyDictionary<int, PortSet> PortsByClass)
{
    /// <summary>On any member.</summary>
    public PortSet Ports { get; } = PortsByClass.Values.Aggregate(PortSet.None, static (a, b) => a.Union(b));
}
