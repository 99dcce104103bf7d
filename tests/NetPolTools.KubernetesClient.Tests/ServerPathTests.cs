using NetPolTools.KubernetesClient.Tests.Support;
using NetPolTools.Live;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Writing;

namespace NetPolTools.KubernetesClient.Tests;

/// <summary>
/// Servers whose URL has a path, as Rancher, kcp and <c>kubectl proxy --api-prefix</c> have: what answers at the root of the host is another cluster, or none.
/// </summary>
public sealed class ServerPathTests : IDisposable
{
    private const string Prefix = "/k8s/clusters/c-1";

    private readonly KubeconfigFolder _kubeconfigs = new();
    private readonly FakeServer _server = new();

    public ServerPathTests()
    {
        Serve("", "other");
        Serve(Prefix, "asked");
    }

    [KubectlFact]
    public void Kubectl_reads_the_cluster_behind_the_path()
    {
        var kubeconfig = _kubeconfigs.Write("config", KubeconfigFolder.Text($"{{server: \"{_server.Url}{Prefix}\"}}"));
        Assert.Equal(["asked"], PodsOf(new KubectlReader(new ClusterConnection("x", kubeconfig))));
        Assert.All(_server.Requests, static request => Assert.StartsWith(Prefix, request.Target, StringComparison.Ordinal));
    }

    [KubectlFact]
    public void Kubectl_reads_a_cluster_at_the_root_of_its_server()
    {
        var kubeconfig = _kubeconfigs.Write("config", KubeconfigFolder.Text($"{{server: \"{_server.Url}\"}}"));
        Assert.Equal(["other"], PodsOf(new KubectlReader(new ClusterConnection("x", kubeconfig))));
    }

    [Fact]
    public void The_client_reads_the_cluster_behind_the_path() =>
        Assert.Equal(["asked"], PodsOf(_kubeconfigs.Reader($"{{server: \"{_server.Url}{Prefix}\"}}")));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"kind":"Status","apiVersion":"v1","status":"Failure","message":"etcd timeout"}""")]
    [InlineData("""{"kind":"NetworkPolicyList","apiVersion":"networking.k8s.io/v1"}""")]
    public void An_answer_that_is_no_list_of_policies_ends_the_clients_reading_too(string answer)
    {
        foreach (var query in new[] { "?limit=2000", "" })
            _server.Answer($"{Prefix}/apis/networking.k8s.io/v1/networkpolicies{query}", answer);
        var builder = new ClusterSnapshotBuilder();
        Assert.False(Read(_kubeconfigs.Reader($"{{server: \"{_server.Url}{Prefix}\"}}"), builder));
        Assert.StartsWith(
            "What came as networkpolicies.networking.k8s.io is something else: ", Assert.Single(builder.Build().Diagnostics).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _server.Dispose();
        _kubeconfigs.Dispose();
    }

    private static string[] PodsOf(IClusterReader reader)
    {
        var builder = new ClusterSnapshotBuilder();
        var isRead = Read(reader, builder);
        var snapshot = builder.Build();
        Assert.True(isRead, string.Join('\n', snapshot.Diagnostics));
        return [.. snapshot.Pods.Select(static pod => pod.Name)];
    }

    private static bool Read(IClusterReader reader, ClusterSnapshotBuilder builder) =>
        new ClusterReading(reader, ClusterKinds.Reachability, TimeSpan.FromMinutes(1)).ReadInto(builder, static _ => { }, CancellationToken.None);

    /// <summary>A cluster with one pod.</summary>
    private void Serve(string prefix, string pod)
    {
        _server.Answer($"{prefix}/apis", """
            {"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"networking.k8s.io","versions":[{"groupVersion":"networking.k8s.io/v1","version":"v1"}]}]}
            """);
        List("/api/v1/pods", "v1", "Pod", $$$"""{"metadata":{"name":"{{{pod}}}","namespace":"a"}}""");
        List("/api/v1/namespaces", "v1", "Namespace", """{"metadata":{"name":"a"}}""");
        List("/apis/networking.k8s.io/v1/networkpolicies", "networking.k8s.io/v1", "NetworkPolicy", "");

        void List(string path, string version, string kind, string items) =>
            _server.Answer($"{prefix}{path}?limit=2000", $$"""{"kind":"{{kind}}List","apiVersion":"{{version}}","metadata":{},"items":[{{items}}]}""");
    }
}
