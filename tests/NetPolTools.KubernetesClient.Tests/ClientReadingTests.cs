using NetPolTools.Cluster.Tests;
using NetPolTools.Cluster.Tests.Support;
using NetPolTools.KubernetesClient.Tests.Support;
using NetPolTools.Live;

namespace NetPolTools.KubernetesClient.Tests;

[Collection(LiveClusterTests.Name)]
public sealed class ClientReadingTests : ReadingTests
{
    [ClusterTheory]
    [InlineData(".", "/apis")]
    [InlineData(".", "/api/v1/namespaces")]
    [InlineData(".", "/api/v1/namespaces?limit=1")]
    [InlineData(".", "/apis/rbac.authorization.k8s.io/v1/clusterroles?limit=500")]
    [InlineData(".", "/api/v1/configmaps?fieldSelector=metadata.name%3Dextension-apiserver-authentication")]
    [InlineData(".", "/apis/no.such.group/v1/things")]
    [InlineData(".", "/api/v1/namespaces?limit=1&continue=nonsense")]
    [InlineData("no-pods", "/api/v1/pods?limit=2000")]
    [InlineData("no-such-context", "/apis")]
    public void A_path_gives_what_it_gives_through_kubectl(string context, string path)
    {
        var connection = new ClusterConnection(context, LiveCluster.Kubeconfig);
        using var reader = new ClientReader(connection);
        var (expected, text) = new KubectlReader(connection).Read(path);
        var (outcome, given) = reader.Read(path);
        Assert.Equal((expected.Status, text), (outcome.Status, given));
        if (expected.Status == ReadStatus.Forbidden)
            Assert.Equal(expected.Message, outcome.Message);
    }

    private protected override IClusterReader Open(ClusterConnection connection) => new ClientReader(connection);
}
