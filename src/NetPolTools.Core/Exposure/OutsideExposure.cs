using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Exposure;

/// <summary>What policies allow between groups and addresses outside the cluster. Not thread safe.</summary>
/// <param name="map">Of the cluster.</param>
internal sealed class OutsideExposure(ReachabilityMap map)
{
    private const int MostRemembered = 1 << 12;

    private readonly Dictionary<(RuleSet? Rules, PolicyDirection Direction), (string Addresses, int Example, ExposureValue Value)[]> _known = [];

    /// <summary>Addresses with which something is allowed, those of the same together, each with an endpoint that stands for them.</summary>
    public IEnumerable<(string Addresses, int Example, ExposureValue Value)> Of(EndpointGroup group, PolicyDirection direction)
    {
        // Of most groups, rules of their own decide alone, and many have the same.
        if (group.Classes is not [var only] || map.NodesHavePolicies || map.AtMost is not null)
            return Together(Values(group, direction));
        var key = (map.RulesOf(direction, only), direction);
        if (!_known.TryGetValue(key, out var found))
        {
            if (_known.Count == MostRemembered)
                _known.Clear();
            _known.Add(key, found = [.. Together(Values(group, direction))]);
        }

        return found;
    }

    /// <summary>The same of ranges of addresses in order, each with an endpoint and what is allowed with it.</summary>
    public static IEnumerable<(string Addresses, int Example, ExposureValue Value)> Together(
        IEnumerable<(AddressRange Range, (int Example, ExposureValue Value) Value)> values) => values
        .Joined(static (a, b) => a.Value == b.Value, overGaps: true)
        .GroupBy(static found => found.Value.Value)
        .Where(static same => !same.Key.IsNothing)
        .Select(static same => (Text([.. same.Select(static found => found.Range)]), same.First().Value.Example, same.Key));

    private IEnumerable<(AddressRange Range, (int Example, ExposureValue Value) Value)> Values(EndpointGroup group, PolicyDirection direction) =>
        OutsideRanges.Of(map.Endpoints, ToldApart(group, direction), map.Occupied.ByPods)
            .Select(range => (range.Range, (range.Endpoint, ExposedCluster.ValueOf(map, group, direction, range.Endpoint))));

    /// <summary>The ranges that are looked at one by one: where policies of nodes decide as well, or not everything is decided, all of them.</summary>
    private IndexSet ToldApart(EndpointGroup group, PolicyDirection direction) => map.NodesHavePolicies || map.AtMost is not null
        ? IndexSet.Range(map.Endpoints.PodCount, map.Endpoints.PodCount + map.Endpoints.Addresses.Ranges.Count)
        : IndexSet.UnionOf([.. group.Classes.Select(member => map.RulesOf(direction, member)).OfType<RuleSet>().Select(map.AddressesNamedBy)]);

    private static string Text(AddressRange[] ranges) => ranges is [var first, var second] && first == AddressRange.AllIPv4 && second == AddressRange.AllIPv6
        ? AddressWords.Anywhere
        : string.Join(", ", ranges.Select(static range =>
            range == AddressRange.AllIPv4 ? AddressWords.AnyIPv4 : range == AddressRange.AllIPv6 ? AddressWords.AnyIPv6 : range.ToCidrOrRange()));
}
