using FsCheck.Fluent;
using NetPolTools.Exposure;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Exposure;

/// <summary>Pods that are really created get exactly the connections that exposure told of pods to come.</summary>
public sealed class ExposureProperties
{
    private const string NewNamespace = "zzz-new";

    [Theory]
    [MemberData(nameof(DialectClusters.All), MemberType = typeof(DialectClusters))]
    public void Pods_that_are_really_created_get_the_connections_told(string dialect) =>
        Always.Holds(
            from cluster in DialectClusters.Of(dialect)
            from pods in RandomNewPod.Generator(cluster.Snapshot, NewNamespace).ListOf(4)
            select (cluster, pods),
            12,
            example =>
            {
                var (cluster, pods) = example;
                var options = DialectClusters.Options(dialect, cluster.Snapshot);
                var report = Exposed.Report(cluster.Snapshot, static _ => true, options);
                var told = report.Lines(GroupBy.Pod).ToLookup(static line => (line.Workload, line.Direction));
                foreach (var pod in pods)
                    Check(cluster.Snapshot, told, [.. report.Cut], pod, options);
            },
            $"{nameof(Pods_that_are_really_created_get_the_connections_told)} {dialect}");

    /// <param name="snapshot">Without the pod.</param>
    /// <param name="told">Of each workload.</param>
    /// <param name="cut">Of which not everything is told.</param>
    /// <param name="created">The pod.</param>
    /// <param name="options">How policies are evaluated; null where they do what they say.</param>
    internal static void Check(
        ClusterSnapshot snapshot,
        ILookup<(ConnectionEnd, PolicyDirection), ExposureLine> told,
        HashSet<ObjectReference> cut,
        RandomNewPod created,
        ReachabilityOptions? options = null)
    {
        var map = ReachabilityMap.Compile(snapshot.With(created.Objects()), options);
        var number = Enumerable.Range(0, map.Endpoints.PodCount).Single(pod => map.Endpoints[pod].PodName == RandomNewPod.Name);
        foreach (var group in EndpointGroup.Create(map, GroupBy.Pod)
            .Where(group => group.Members[0] != number && !cut.Contains(map.Endpoints[group.Members[0]].Owner)))
        {
            foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
            {
                if (told[(group.End, direction)].Any(RandomNewPod.IsByExample))
                    continue;
                var lines = told[(group.End, direction)].Where(line => created.IsMeantBy(line)).ToArray();
                var (expected, undetermined) = direction == PolicyDirection.Ingress
                    ? (map.Between(number, group.Members[0]), map.Undetermined(number, group.Members[0]))
                    : (map.Between(group.Members[0], number), map.Undetermined(group.Members[0], number));
                Assert.All(lines, line => Assert.Equal((expected, undetermined), (line.Ports, line.Undetermined)));
                Assert.True(
                    !(expected.IsEmpty && undetermined.IsEmpty) == lines.Length > 0,
                    $"{created} {direction} {group.End}: {expected}, {undetermined}\n{string.Join('\n', told[(group.End, direction)])}");
            }
        }
    }
}
