using NetPolTools.Exposure;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Exposure;

/// <summary>Asks about exposure where policies do what they say.</summary>
internal static class Exposed
{
    public static ExposureReport Report(ClusterSnapshot snapshot, Func<Endpoint, bool> asked, ReachabilityOptions? options = null) =>
        new(snapshot, options ?? new ReachabilityOptions(), EndpointTable.Create(snapshot, AddressPartition.Create([])), asked);
}
