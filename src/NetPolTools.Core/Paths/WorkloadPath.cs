using NetPolTools.Listing;

namespace NetPolTools.Paths;

/// <summary>How a workload comes into reach.</summary>
/// <param name="Destination">The workload, or one of its pods where policies tell them apart.</param>
/// <param name="Verdict">Allowed where each connection of a path is; Undetermined where it takes one of which nothing in the input tells; Denied where there
/// is no path at all.</param>
/// <param name="Steps">The connections of a shortest path, as a listing by workload has them; none where there is no path, and for a start.</param>
public sealed record WorkloadPath(ConnectionEnd Destination, Verdict Verdict, IReadOnlyList<Connection> Steps)
{
    /// <summary>How many connections it takes.</summary>
    public int Hops => Steps.Count;

    /// <summary>
    /// How many it takes if all is allowed of which nothing in the input tells; as many as <see cref="Hops"/> where that makes no difference.
    /// </summary>
    public int HopsAtLeast { get; init; } = Steps.Count;
}
