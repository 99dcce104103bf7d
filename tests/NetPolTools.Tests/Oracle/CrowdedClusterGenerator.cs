using FsCheck;
using FsCheck.Fluent;

namespace NetPolTools.Tests.Oracle;

/// <summary>Makes clusters of few pods under many policies that overlap, most of them in one namespace.</summary>
internal static class CrowdedClusterGenerator
{
    public static Arbitrary<RandomCluster> Clusters { get; } = Arb.From(Cluster(), static cluster => cluster.Smaller());

    private static Gen<RandomCluster> Cluster() =>
        from units in Gen.CollectToArray(Enumerable.Range(0, 6), static number => RandomPodGenerator.Unit(number, ["alpha", "alpha", "alpha", "beta"]))
        from policyCount in Gen.Choose(20, 60)
        from policies in Gen.CollectToArray(
            Enumerable.Range(0, policyCount), static number => RandomPolicyGenerator.Policy($"policy-{number}", ["alpha", "alpha", "alpha", "beta"]))
        select new RandomCluster([.. units.SelectMany(static made => made), .. policies]);
}
