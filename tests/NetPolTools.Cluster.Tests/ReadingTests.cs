using NetPolTools.Cluster.Tests.Support;
using NetPolTools.Live;
using NetPolTools.Reading;
using NetPolTools.Snapshot;

namespace NetPolTools.Cluster.Tests;

/// <summary>Reading the cluster as it is now, whatever the way to it.</summary>
public abstract class ReadingTests
{
    [ClusterFact]
    public void What_was_loaded_is_read_back()
    {
        using var ns = new TestNamespace();
        ns.Apply("""
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: deny}
            spec: {podSelector: {}}
            """);
        var (hasAnswer, snapshot) = Read(ClusterConnection.CurrentContext);
        Assert.True(hasAnswer);
        Assert.DoesNotContain(snapshot.Diagnostics, static diagnostic => diagnostic.Id is DiagnosticId.ForbiddenKind or DiagnosticId.ClusterNotRead);
        Assert.Contains(snapshot.Namespaces, found => found.Name == ns.Name);
        Assert.Equal("deny", Assert.Single(snapshot.NetworkPolicies, policy => policy.Metadata.Namespace == ns.Name).Name);
    }

    [ClusterFact]
    public void A_context_that_is_not_in_the_kubeconfig_is_one_error()
    {
        var (hasAnswer, snapshot) = Read("no-such-context");
        Assert.False(hasAnswer);
        Assert.Equal(DiagnosticId.ClusterNotRead, Assert.Single(snapshot.Diagnostics).Id);
    }

    private protected abstract IClusterReader Open(ClusterConnection connection);

    private (bool HasAnswer, ClusterSnapshot Snapshot) Read(string context)
    {
        var builder = new ClusterSnapshotBuilder();
        var reader = Open(new ClusterConnection(context, LiveCluster.Kubeconfig));
        var hasAnswer = new ClusterReading(reader, ClusterKinds.All).ReadInto(builder, static _ => { }, CancellationToken.None);
        return (hasAnswer, builder.Build());
    }
}
