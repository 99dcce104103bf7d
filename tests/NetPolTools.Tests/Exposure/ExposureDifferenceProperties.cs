using FsCheck.Fluent;
using NetPolTools.Exposure;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Exposure;

/// <summary>What a change opens and closes to pods to come is what pods get that are really created in both states.</summary>
public sealed class ExposureDifferenceProperties
{
    private const string NewNamespace = "zzz-new";

    [Fact]
    public void Pods_that_are_really_created_in_both_states_get_what_was_told() =>
        Always.Holds(
            from pair in Gen.Two(RandomClusterGenerator.Cluster())
            let before = pair.Item1
            let after = new RandomCluster([.. before.Objects.Where(static made => made is not NetworkPolicy), .. pair.Item2.Objects.OfType<NetworkPolicy>()])
            from pods in RandomNewPod.Generator(before.Snapshot, NewNamespace).ListOf(4)
            select (before, after, pods),
            10,
            static example =>
            {
                var options = new ReachabilityOptions();
                var difference = new ExposureDifference((example.before.Snapshot, options), (example.after.Snapshot, options), static _ => true);
                var told = difference.List(GroupBy.Pod).ToLookup(static change => (change.Line.Workload, change.Line.Direction, change.IsOpened));
                foreach (var pod in example.pods)
                    Check(example.before.Snapshot, example.after.Snapshot, told, pod);
            });

    [Fact]
    public void Nothing_changes_between_a_cluster_and_itself() =>
        Always.Holds(Gen.OneOf(RandomClusterGenerator.Cluster(), RandomTierGenerator.Clusters), 10, static cluster =>
        {
            var state = (cluster.Snapshot, new ReachabilityOptions());
            Assert.Empty(new ExposureDifference(state, state, static _ => true).List(GroupBy.Workload));
        });

    private static void Check(
        ClusterSnapshot before, ClusterSnapshot after, ILookup<(ConnectionEnd, PolicyDirection, bool), ExposureChange> told, RandomNewPod created)
    {
        var (was, becomes) = (ReachabilityMap.Compile(before.With(created.Objects())), ReachabilityMap.Compile(after.With(created.Objects())));
        foreach (var group in EndpointGroup.Create(was, GroupBy.Pod).Where(group => was.Endpoints[group.Members[0]].PodName != RandomNewPod.Name))
        {
            foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
            {
                var (old, now) = (Ports(was, group, direction), Ports(becomes, group, direction));
                Assert.Equal(now.Except(old), Told(true));
                Assert.Equal(old.Except(now), Told(false));

                PortSet Told(bool isOpened) => PortSet.UnionOf(
                    [.. told[(group.End, direction, isOpened)].Where(change => created.IsMeantBy(change.Line)).Select(static change => change.Line.Ports)]);
            }
        }
    }

    /// <summary>Between a pod and the one that was created; the pod has the same name in both states.</summary>
    private static PortSet Ports(ReachabilityMap map, EndpointGroup group, PolicyDirection direction)
    {
        var pods = Enumerable.Range(0, map.Endpoints.PodCount);
        var created = pods.Single(pod => map.Endpoints[pod].PodName == RandomNewPod.Name);
        var member = pods.First(pod => EndpointGroup.OfPod(map, pod).End == group.End);
        return direction == PolicyDirection.Ingress ? map.Between(created, member) : map.Between(member, created);
    }
}
