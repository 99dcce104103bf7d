using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Objects;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

/// <summary>
/// Makes clusters so large that processors share the work on them, that sets are hundreds of words long, and that peers are spread over all of them: a
/// quarter of the pods in one namespace, the others in many small ones.
/// </summary>
internal static class LargeClusterGenerator
{
    private const int Units = 5000;
    private const int Policies = 1200;

    private static readonly string[] Small = [.. RandomClusterGenerator.NamespaceNames, .. Enumerable.Range(0, 300).Select(static number => $"small-{number}")];

    private static readonly Lazy<LargeCluster[]> Made = new(static () => Always.Samples(Clusters, 2, nameof(LargeClusterGenerator)));

    /// <summary>Two of them. They are made once, since that takes longer than most tests of them.</summary>
    public static IReadOnlyList<LargeCluster> Two => Made.Value;

    private static Gen<LargeCluster> Clusters =>
        from namespaces in Gen.CollectToArray(Small, NamespaceObject)
        from nodes in Gen.CollectToArray(RandomPodGenerator.NodeNames, RandomPodGenerator.NodeObject)
        from units in Gen.CollectToArray(Enumerable.Range(0, Units), static number => RandomPodGenerator.Unit(number, number % 4 == 0 ? ["large"] : Small))
        from policies in Gen.CollectToArray(
            Enumerable.Range(0, Policies), static number => RandomPolicyGenerator.Policy($"policy-{number}", number % 16 == 0 ? ["large"] : Small))
        select new LargeCluster(new RandomCluster([.. namespaces, .. nodes.SelectMany(static x => x), .. units.SelectMany(static x => x), .. policies]));

    private static Gen<KubernetesObject> NamespaceObject(string name) =>
        from labels in RandomClusterGenerator.Labels(["team", "env"], ["red", "blue", ""])
        select (KubernetesObject)new Namespace(new ObjectMetadata { Name = name, Labels = labels });
}

/// <summary>What fails shows only how large it was: the seed makes it again.</summary>
internal sealed record LargeCluster(RandomCluster Cluster)
{
    public override string ToString() => $"{Cluster.Objects.Count} objects";
}
