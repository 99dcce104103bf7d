using NetPolTools.Cluster.Tests.Support;
using NetPolTools.Live;

namespace NetPolTools.Cluster.Tests;

[Collection(LiveClusterTests.Name)]
public sealed class KubectlCalicoTests : CalicoTests
{
    private protected override IClusterReader Open(ClusterConnection connection) => new KubectlReader(connection);
}
