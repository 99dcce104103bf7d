using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

public sealed class ListingByNamespaceProperties
{
    [Fact]
    public void A_namespace_reaches_another_on_the_ports_on_which_any_pod_of_it_reaches_any_other() =>
        Always.Holds(RandomClusterGenerator.Clusters, 300, cluster =>
        {
            var samples = Samples.Of(cluster.Snapshot);
            var oracle = new Oracle(cluster.Snapshot, ipBlockMatchesPods: true);
            var pods = OracleEndpoint.InCluster(cluster.Snapshot);
            var query = new ConnectionQuery { By = GroupBy.Namespace, IncludeDenied = true };
            foreach (var line in new ConnectionLister(ReachabilityMap.Compile(cluster.Snapshot), query).List().Where(static line => line.IsInCluster()))
            {
                // Replicas of a workload are different pods that behave alike.
                var answers = (from source in pods
                               where source.Namespace == line.Source.Name
                               from destination in pods
                               where destination.Namespace == line.Destination.Name
                               where source != destination || !source.Owner.EndsWith("[Pod]", StringComparison.Ordinal)
                               select oracle.Ask(source, destination)).ToList();
                Assert.Equal(line.IsOwnNode(), answers.Any(static answer => answer.IsNodeAndItsPod) && !samples.Ports.All(Allowed));
                if (!line.IsOwnNode() || !line.Ports.IsAll)
                    samples.AssertSame((protocol, number) => Allowed((protocol, number)), line.Ports, () => $"{line.Source} -> {line.Destination}");
                else
                    Assert.True(answers.Count == 1 || !samples.Ports.Any(Allowed), $"{line} is not only between nodes and their pods");

                bool Allowed((Protocol Protocol, int Number) port) => answers.Any(answer => answer.PoliciesAllow(port.Protocol, port.Number));
            }
        });
}
