using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Objects;

namespace NetPolTools.Tests.Oracle;

/// <summary>
/// Makes small clusters of few distinct names, labels, ports and addresses, so that selectors, blocks and port names often meet by halves.
/// </summary>
internal static class RandomClusterGenerator
{
    public static readonly string[] NamespaceNames = ["alpha", "beta", "delta", "gamma"];

    public static Arbitrary<RandomCluster> Clusters { get; } = Arb.From(Cluster(), static cluster => cluster.Smaller());

    public static Gen<RandomCluster> Cluster() =>
        from namespaceCount in Gen.Choose(2, 4)
        let used = NamespaceNames[..namespaceCount]
        from namespaces in Gen.CollectToArray(used, NamespaceObject)
        from nodes in Gen.CollectToArray(RandomPodGenerator.NodeNames, RandomPodGenerator.NodeObject)
        from unitCount in Gen.Choose(3, 8)
        from units in Gen.CollectToArray(Enumerable.Range(0, unitCount), number => RandomPodGenerator.Unit(number, used))
        from policyCount in Gen.Choose(0, 8)
        from policies in Gen.CollectToArray(Enumerable.Range(0, policyCount), number => RandomPolicyGenerator.Policy($"policy-{number}", used))
        select new RandomCluster([.. namespaces.SelectMany(x => x), .. nodes.SelectMany(x => x), .. units.SelectMany(x => x), .. policies]);

    /// <summary>Mostly with labels; sometimes nothing but a pod or policy mentions the namespace.</summary>
    private static Gen<KubernetesObject[]> NamespaceObject(string name) =>
        from given in AllButOneIn(5)
        from labels in Labels(["team", "env"], ["red", "blue", ""])
        select given ? [new Namespace(new ObjectMetadata { Name = name, Labels = labels })] : Array.Empty<KubernetesObject>();

    /// <summary>Each key with one of the values, or not at all.</summary>
    public static Gen<LabelSet> Labels(string[] keys, string[] values) =>
        from chosen in Gen.CollectToArray(keys, _ => Gen.Elements([null, .. values]))
        select LabelSet.Create(from pair in keys.Zip(chosen) where pair.Second is not null select KeyValuePair.Create(pair.First, pair.Second));

    public static Gen<T[]> Several<T>(int least, int most, Gen<T> one) =>
        from count in Gen.Choose(least, most)
        from made in Gen.ArrayOf(one, count)
        select made;

    /// <summary>Null, empty, or one to three.</summary>
    public static Gen<T[]?> AbsentEmptyOrSome<T>(Gen<T> one) => Gen.Frequency<T[]?>(
        (2, Gen.Constant<T[]?>(null)),
        (1, Gen.Constant<T[]?>([])),
        (7, Several(1, 3, one).Select(static some => (T[]?)some)));

    public static Gen<bool> OneIn(int times) => Gen.Choose(1, times).Select(static chosen => chosen == 1);

    public static Gen<bool> AllButOneIn(int times) => Gen.Choose(1, times).Select(static chosen => chosen > 1);
}
