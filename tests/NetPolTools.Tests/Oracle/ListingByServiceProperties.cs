using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

public sealed class ListingByServiceProperties
{
    private static readonly EndpointPattern Probe = EndpointPattern.Parse("svc/probe");

    [Fact]
    public void Lines_through_a_Service_are_those_to_its_pods_on_its_target_ports() =>
        Always.Holds(RandomClusterGenerator.Clusters, 300, cluster =>
        {
            var map = ReachabilityMap.Compile(WithService(cluster.Snapshot));
            var expected = new List<string>();
            foreach (var line in List(map, new ConnectionQuery()).Where(static line => line.Source.Addresses is null && line.Destination.Addresses is null))
            {
                var pod = Enumerable.Range(0, map.Endpoints.PodCount).Select(i => map.Endpoints[i]).Single(pod => NameOf(pod) == line.Destination.ToString());
                if (pod.Namespace == "alpha" && pod.Labels.TryGet("app", out var app) && app == "a")
                    expected.Add($"{line.Source} -> {line.Destination} {line.Ports.Intersect(TargetPorts(pod))}");
            }

            var listed = List(map, new ConnectionQuery { To = [Probe] })
                .Where(static line => line.Source.Addresses is null)
                .Select(static line => $"{line.Source} -> {line.Destination} {line.Ports}");
            Assert.Equal(expected, listed);
        });

    /// <summary>A headless one would let everything through; 81 is any pod's, and the name is that of some.</summary>
    private static ClusterSnapshot WithService(ClusterSnapshot snapshot)
    {
        var builder = new ClusterSnapshotBuilder();
        builder.AddAll(snapshot);
        builder.Add(new Service(new ObjectMetadata { Name = "probe", Namespace = "alpha" })
        {
            Selector = new LabelSelector { MatchLabels = [KeyValuePair.Create("app", "a")] },
            Ports =
            [
                new ServicePort("number", 8081, new PortNumberOrName(81, null), Protocol.TCP),
                new ServicePort("name", 80, new PortNumberOrName(0, "web"), Protocol.TCP),
            ],
        });
        return builder.Build();
    }

    private static PortSet TargetPorts(Endpoint pod) => pod.Spec.Ports
        .Where(static port => port is { Name: "web", Protocol: Protocol.TCP })
        .Select(static port => PortSet.Of(Protocol.TCP, port.Number))
        .Aggregate(PortSet.Of(Protocol.TCP, 81), static (a, b) => a.Union(b));

    private static IEnumerable<Connection> List(ReachabilityMap map, ConnectionQuery query) =>
        new ConnectionLister(map, query with { By = GroupBy.Pod, IncludeDenied = true }).List();

    private static string NameOf(Endpoint endpoint) => endpoint.PodName is { } pod
        ? $"{endpoint.Namespace}/{pod}[Pod]"
        : $"{endpoint.Namespace}/{endpoint.Owner.Name}[{endpoint.Owner.Kind}]";
}
