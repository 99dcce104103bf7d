using FsCheck.Fluent;
using NetPolTools.Exposure;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Exposure;

/// <summary>What a change opens and closes to pods to come is what pods get that are really created in both states.</summary>
public sealed class ExposureDifferenceProperties
{
    private const string NewNamespace = "zzz-new";

    private static readonly NetAddress[] Addresses =
        [.. "10.0.0.1 10.0.0.250 10.0.1.7 172.16.5.5 192.0.2.7 203.0.113.9 fd00::5 fd00:0:0:1::3 2001:db8::1".Split(' ').Select(NetAddress.Parse)];

    [Theory]
    [MemberData(nameof(DialectClusters.All), MemberType = typeof(DialectClusters))]
    public void Pods_that_are_really_created_in_both_states_get_what_was_told_and_so_do_addresses(string dialect) =>
        Always.Holds(
            from pair in Gen.Two(DialectClusters.Of(dialect))
            let before = pair.Item1
            let after = new RandomCluster([.. before.Objects.Where(static made => !IsPolicy(made)), .. pair.Item2.Objects.Where(IsPolicy)])
            from pods in RandomNewPod.Generator(before.Snapshot, NewNamespace).ListOf(4)
            select (before, after, pods),
            5,
            example =>
            {
                var options = DialectClusters.Options(dialect, example.before.Snapshot);
                var difference = new ExposureDifference((example.before.Snapshot, options), (example.after.Snapshot, options), static _ => true);
                var told = difference.List(GroupBy.Pod).ToLookup(static change => (change.Line.Workload, change.Line.Direction, change.IsOpened));
                foreach (var pod in example.pods)
                    Check(Compiled(example.before, pod), Compiled(example.after, pod), told, pod);
                CheckAddresses(difference.Maps, told);

                ReachabilityMap Compiled(RandomCluster state, RandomNewPod pod) => ReachabilityMap.Compile(state.Snapshot.With(pod.Objects()), options);
            },
            $"{nameof(Pods_that_are_really_created_in_both_states_get_what_was_told_and_so_do_addresses)} {dialect}");

    [Fact]
    public void Nothing_changes_between_a_cluster_and_itself() =>
        Always.Holds(Gen.OneOf(RandomClusterGenerator.Cluster(), RandomTierGenerator.Clusters), 10, static cluster =>
        {
            var state = (cluster.Snapshot, new ReachabilityOptions());
            Assert.Empty(new ExposureDifference(state, state, static _ => true).List(GroupBy.Workload));
        });

    private static bool IsPolicy(KubernetesObject made) => made is NetworkPolicy or PolicyObject;

    private static void CheckAddresses(IReadOnlyList<ReachabilityMap> maps, ILookup<(ConnectionEnd, PolicyDirection, bool), ExposureChange> told)
    {
        foreach (var address in Addresses)
        {
            int[] outside = [.. maps.Select(map => map.Endpoints.IndexOfAddress(address))];
            if (maps.Zip(outside).Any(static pair => pair.First.Occupied.ByPods.Contains(pair.Second)))
                continue;
            foreach (var group in EndpointGroup.Create(maps[0], GroupBy.Pod).Where(group => !PodsToCome.IsOne(maps[0].Endpoints[group.Members[0]])))
            {
                foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
                {
                    PortSet[] ports = [.. maps.Zip(outside, (map, other) => Ports(map, group, direction, other))];
                    Assert.Equal(ports[1].Except(ports[0]), Told(true));
                    Assert.Equal(ports[0].Except(ports[1]), Told(false));

                    PortSet Told(bool isOpened) => PortSet.UnionOf([.. told[(group.End, direction, isOpened)]
                        .Where(change => change.Line.Addresses is { } text && OutsideText.Contains(text, address)).Select(static change => change.Line.Ports)]);
                }
            }
        }
    }

    private static void Check(
        ReachabilityMap was, ReachabilityMap becomes, ILookup<(ConnectionEnd, PolicyDirection, bool), ExposureChange> told, RandomNewPod created)
    {
        foreach (var group in EndpointGroup.Create(was, GroupBy.Pod).Where(group => was.Endpoints[group.Members[0]].PodName != RandomNewPod.Name))
        {
            foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
            {
                if (told[(group.End, direction, true)].Concat(told[(group.End, direction, false)])
                    .Any(static change => RandomNewPod.IsByExample(change.Line)))
                {
                    continue;
                }

                var (old, now) = (Ports(was, group, direction), Ports(becomes, group, direction));
                Assert.Equal(now.Except(old), Told(true));
                Assert.Equal(old.Except(now), Told(false));

                PortSet Told(bool isOpened) => PortSet.UnionOf(
                    [.. told[(group.End, direction, isOpened)].Where(change => created.IsMeantBy(change.Line)).Select(static change => change.Line.Ports)]);
            }
        }
    }

    /// <summary>Between a pod and the one that was created; the pod has the same name in both states.</summary>
    private static PortSet Ports(ReachabilityMap map, EndpointGroup group, PolicyDirection direction) => Ports(
        map, group, direction, Enumerable.Range(0, map.Endpoints.PodCount).Single(pod => map.Endpoints[pod].PodName == RandomNewPod.Name));

    private static PortSet Ports(ReachabilityMap map, EndpointGroup group, PolicyDirection direction, int other)
    {
        var member = Enumerable.Range(0, map.Endpoints.PodCount).First(pod => EndpointGroup.OfPod(map, pod).End == group.End);
        return direction == PolicyDirection.Ingress ? map.Between(other, member) : map.Between(member, other);
    }
}
