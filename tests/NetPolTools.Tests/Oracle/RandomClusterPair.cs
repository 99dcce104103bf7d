namespace NetPolTools.Tests.Oracle;

/// <summary>A cluster before and after a change made by chance.</summary>
internal sealed record RandomClusterPair(RandomCluster Before, RandomCluster After)
{
    public IEnumerable<RandomClusterPair> Smaller() =>
        Before.Smaller().Select(smaller => this with { Before = smaller }).Concat(After.Smaller().Select(smaller => this with { After = smaller }));

    public override string ToString() => $"\nbefore:{Before}\nafter:{After}";
}
