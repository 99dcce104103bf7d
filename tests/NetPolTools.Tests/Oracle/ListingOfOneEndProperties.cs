using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

/// <summary>
/// A question that names few ends makes nothing of the others, and its lines are, word for word, those that the whole cluster would give: with what is
/// denied asked for too, all of it is gone through.
/// </summary>
public sealed class ListingOfOneEndProperties
{
    [Fact]
    public void Few_ends_have_the_lines_of_the_whole_listing() =>
        Always.Holds(RandomClusterGenerator.Clusters, 100, static cluster => HasSameLines(cluster));

    [Fact]
    public void Few_ends_have_the_lines_of_the_whole_listing_under_tiers() =>
        Always.Holds(RandomTierGenerator.Clusters, 60, static cluster => HasSameLines(cluster));

    [Fact]
    public void Few_ends_have_the_lines_of_the_whole_listing_where_rules_overlap() =>
        Always.Holds(CrowdedClusterGenerator.Clusters, 30, static cluster => HasSameLines(cluster));

    private static void HasSameLines(RandomCluster cluster)
    {
        var map = ReachabilityMap.Compile(cluster.Snapshot);
        var ends = Enumerable.Range(0, map.Endpoints.PodCount).Select(pod => map.Endpoints[pod]).ToArray();
        string[] names =
        [
            .. ends.Take(2).Concat(ends.TakeLast(2)).SelectMany(static end => new[]
            {
                $"{end.Namespace}/{end.Owner.Name}", end.PodName ?? end.Owner.Name, $"{end.Namespace}/{end.Owner.Name}[{end.Owner.Kind}]",
            }).Distinct(),
            "alpha/*", "app=a", "nobody",
        ];
        foreach (var by in (GroupBy[])[GroupBy.Workload, GroupBy.Pod])
        {
            foreach (var name in names)
            {
                AssertSame(new ConnectionQuery { By = by, From = [EndpointPattern.ParseSource(name)] });
                AssertSame(new ConnectionQuery { By = by, To = [EndpointPattern.Parse(name)] });
                AssertSame(new ConnectionQuery { By = by, From = [EndpointPattern.ParseSource(names[0])], To = [EndpointPattern.Parse(name)] });
            }
        }

        void AssertSame(ConnectionQuery query)
        {
            var whole = new ConnectionLister(map, query with { IncludeDenied = true }).List().Where(static line => line.Verdict != Verdict.Denied);
            Assert.Equal(whole.Select(TextOf), new ConnectionLister(map, query).List().Select(TextOf));
        }
    }

    private static string TextOf(Connection line) =>
        $"{line.Source} -> {line.Destination}: {line.Ports} of {line.AskedPorts} {line.Verdict} {line.IsNodeTraffic} {line.Example} "
            + $"{string.Join("; ", line.Notes)}";
}
