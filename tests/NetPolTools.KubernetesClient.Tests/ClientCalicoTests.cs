using NetPolTools.Cluster.Tests;
using NetPolTools.Cluster.Tests.Support;
using NetPolTools.Live;

namespace NetPolTools.KubernetesClient.Tests;

[Collection(LiveClusterTests.Name)]
public sealed class ClientCalicoTests : CalicoTests
{
    private protected override IClusterReader Open(ClusterConnection connection) => new ClientReader(connection);
}
