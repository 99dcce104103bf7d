using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Exposure;

/// <summary>What policies allow between groups and addresses outside the cluster.</summary>
/// <param name="map">Of the cluster.</param>
internal sealed class OutsideExposure(ReachabilityMap map)
{
    /// <summary>Addresses with which something is allowed, those of the same together, each with an endpoint that stands for them.</summary>
    public IEnumerable<(string Addresses, int Example, ExposureValue Value)> Of(EndpointGroup group, PolicyDirection direction) =>
        Together(Values(group, direction));

    /// <summary>The same of ranges of addresses in order, each with an endpoint and what is allowed with it.</summary>
    public static IEnumerable<(string Addresses, int Example, ExposureValue Value)> Together(
        IEnumerable<(AddressRange Range, (int Example, ExposureValue Value) Value)> values) => values
        .Joined(static (a, b) => a.Value == b.Value, overGaps: true)
        .GroupBy(static found => found.Value.Value)
        .Where(static same => !same.Key.IsNothing)
        .Select(static same => (Text([.. same.Select(static found => found.Range)]), same.First().Value.Example, same.Key));

    private IEnumerable<(AddressRange Range, (int Example, ExposureValue Value) Value)> Values(EndpointGroup group, PolicyDirection direction)
    {
        for (var i = 0; i < map.Endpoints.Addresses.Ranges.Count; i++)
        {
            // What only pods have is no address outside.
            var endpoint = map.Endpoints.PodCount + i;
            if (!map.Occupied.ByPods.Contains(endpoint))
                yield return (map.Endpoints.Addresses.Ranges[i], (endpoint, ExposedCluster.ValueOf(map, group, direction, endpoint)));
        }
    }

    private static string Text(AddressRange[] ranges) => ranges is [var first, var second] && first == AddressRange.AllIPv4 && second == AddressRange.AllIPv6
        ? AddressWords.Anywhere
        : string.Join(", ", ranges.Select(static range =>
            range == AddressRange.AllIPv4 ? AddressWords.AnyIPv4 : range == AddressRange.AllIPv6 ? AddressWords.AnyIPv6 : range.ToCidrOrRange()));
}
