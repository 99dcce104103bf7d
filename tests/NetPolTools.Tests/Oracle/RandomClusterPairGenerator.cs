using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Objects;

namespace NetPolTools.Tests.Oracle;

/// <summary>
/// Changes a random cluster as people change clusters: objects go and come, policies are rewritten under their names, labels change. Most of it
/// stays, so that much is the same on both sides.
/// </summary>
internal static class RandomClusterPairGenerator
{
    public static Arbitrary<RandomClusterPair> Pairs { get; } = Arb.From(Pair(), static pair => pair.Smaller());

    private static Gen<RandomClusterPair> Pair() =>
        from before in RandomClusterGenerator.Cluster()
        from kept in Gen.CollectToArray(before.Objects, Changed)
        from newPolicies in RandomClusterGenerator.Several(0, 2, Gen.Constant(0))
        from policies in Gen.CollectToArray(
            newPolicies.Select(static (_, number) => number), number => RandomPolicyGenerator.Policy($"new-{number}", Used(before)))
        from hasNewUnit in RandomClusterGenerator.OneIn(3)
        from unit in RandomPodGenerator.Unit(99, Used(before))
        select new RandomClusterPair(before, new RandomCluster([.. kept.SelectMany(static x => x), .. policies, .. hasNewUnit ? unit : []]));

    private static Gen<KubernetesObject[]> Changed(KubernetesObject made) => Gen.Frequency(
        (8, Gen.Constant(new[] { made })),
        (1, Gen.Constant(Array.Empty<KubernetesObject>())),
        (2, Rewritten(made).Select(static rewritten => new[] { rewritten })));

    private static Gen<KubernetesObject> Rewritten(KubernetesObject made) => made switch
    {
        NetworkPolicy policy => RandomPolicyGenerator.Policy(policy.Name, [policy.Metadata.Namespace!]).Select(static rewritten => (KubernetesObject)rewritten),
        Pod pod => RandomPodGenerator.Labels.Select(labels => (KubernetesObject)(pod with { Metadata = pod.Metadata with { Labels = labels } })),
        Workload workload => RandomPodGenerator.Labels.Select(labels => (KubernetesObject)(workload with { TemplateLabels = labels })),
        Namespace ns => RandomClusterGenerator.Labels(["team", "env"], ["red", "blue", ""])
            .Select(labels => (KubernetesObject)(ns with { Metadata = ns.Metadata with { Labels = labels } })),
        _ => Gen.Constant(made),
    };

    private static string[] Used(RandomCluster cluster) => [.. cluster.Snapshot.Namespaces.Select(static ns => ns.Name)];
}
