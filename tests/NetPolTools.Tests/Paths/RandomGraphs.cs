using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Paths;

/// <summary>
/// Clusters in which each workload is let in by few others: long paths, with and without ways around. Some workloads are alike, and some have two pods.
/// </summary>
internal static class RandomGraphs
{
    public static Gen<ClusterSnapshot> Clusters { get; } =
        from count in Gen.Choose(2, 9)
        from doors in Gen.CollectToArray(Enumerable.Range(0, count), _ => Gen.Choose(0, 2).SelectMany(few => Gen.ArrayOf(Gen.Choose(0, count - 1), few)))
        from kinds in Gen.ArrayOf(Gen.Choose(0, count - 1), count + 3)
        select Cluster(doors, [.. Enumerable.Range(0, count), .. kinds.Skip(count)]);

    /// <param name="doors">For each sort of workload, the sorts that may reach it.</param>
    /// <param name="workloads">The sort of each workload.</param>
    private static ClusterSnapshot Cluster(int[][] doors, int[] workloads)
    {
        var builder = new ClusterSnapshotBuilder();
        builder.Add(new Namespace(new ObjectMetadata { Name = "ns" }));
        for (var i = 0; i < workloads.Length; i++)
        {
            builder.Add(new Pod(new ObjectMetadata
            {
                Name = $"pod-{i}",
                Namespace = "ns",
                Labels = LabelSet.Create([new("sort", $"{workloads[i]}")]),
            }));
        }

        for (var sort = 0; sort < doors.Length; sort++)
        {
            builder.Add(new NetworkPolicy(new ObjectMetadata { Name = $"policy-{sort}", Namespace = "ns" })
            {
                PodSelector = new LabelSelector { MatchLabels = [new("sort", $"{sort}")] },
                PolicyTypes = ["Ingress"],
                Ingress =
                [
                    .. doors[sort].Select(static door => new NetworkPolicyRule
                    {
                        Peers = [new NetworkPolicyPeer { PodSelector = new LabelSelector { MatchLabels = [new("sort", $"{door}")] } }],
                    }),
                ],
            });
        }

        return builder.Build();
    }
}
