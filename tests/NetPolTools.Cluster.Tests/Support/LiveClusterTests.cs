namespace NetPolTools.Cluster.Tests.Support;

/// <summary>All tests of the one cluster, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class LiveClusterTests : ICollectionFixture<LiveCluster>
{
    public const string Name = "live cluster";
}
