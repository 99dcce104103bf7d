using NetPolTools.Explaining;
using NetPolTools.Listing;

namespace NetPolTools.Paths;

/// <summary>A connection that lies on every path to some of the workloads in reach.</summary>
/// <param name="Connection">As a listing by workload has it.</param>
/// <param name="Cuts">How many of the workloads that count are out of reach without it, as far as the input decides.</param>
/// <param name="MayRemain">How many of these may still be in reach without it, by connections of which nothing in the input tells.</param>
/// <param name="Explanation">The rules that allow it, which are what to change.</param>
public sealed record ChokePoint(Connection Connection, int Cuts, int MayRemain, Explanation Explanation);
