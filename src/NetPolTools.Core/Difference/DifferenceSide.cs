using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Difference;

/// <summary>One of the two inputs that are compared.</summary>
/// <param name="Map">Compiled from the snapshot.</param>
public sealed record DifferenceSide(ClusterSnapshot Snapshot, ReachabilityMap Map);
