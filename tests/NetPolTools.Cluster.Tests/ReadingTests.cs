using System.Collections.Immutable;
using NetPolTools.Cluster.Tests.Support;
using NetPolTools.Diagnostics;
using NetPolTools.Live;
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
        var (hasAnswer, snapshot) = Read(ClusterConnection.CurrentContext, LiveCluster.Kubeconfig);
        Assert.True(hasAnswer);
        Assert.DoesNotContain(snapshot.Diagnostics, static diagnostic => diagnostic.Id is DiagnosticId.ForbiddenKind or DiagnosticId.ClusterNotRead);
        Assert.Contains(snapshot.Namespaces, found => found.Name == ns.Name);
        Assert.Equal("deny", Assert.Single(snapshot.NetworkPolicies, policy => policy.Metadata.Namespace == ns.Name).Name);
    }

    [ClusterFact]
    public void Who_may_create_pods_is_read_where_it_is_asked_for()
    {
        using var ns = new TestNamespace();
        ns.Apply("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: maker}
            rules: [{apiGroups: [""], resources: [pods], verbs: [create]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: makers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: maker}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: eve}]
            """);
        var (hasAnswer, snapshot) = Read(ClusterConnection.CurrentContext, LiveCluster.Kubeconfig, ClusterKinds.ForAccess);
        Assert.True(hasAnswer);
        Assert.Equal("maker", Assert.Single(snapshot.Roles, role => role.Metadata.Namespace == ns.Name).Name);
        Assert.Equal("makers", Assert.Single(snapshot.RoleBindings, binding => binding.Metadata.Namespace == ns.Name).Name);
        Assert.Contains(snapshot.Namespaces, found => found.Name == ns.Name);
        Assert.Empty(Read(ClusterConnection.CurrentContext, LiveCluster.Kubeconfig).Snapshot.RoleBindings);
    }

    [ClusterFact]
    public void A_login_plugin_is_run_for_the_login()
    {
        using var ns = new TestNamespace();
        using var login = OwnKubeconfig.WithLoginPlugin();
        var (hasAnswer, snapshot) = Read(ClusterConnection.CurrentContext, login.Path);
        Assert.True(hasAnswer);
        Assert.Contains(snapshot.Namespaces, found => found.Name == ns.Name);
        Assert.True(login.HasRun);
    }

    [ClusterFact]
    public void A_login_plugin_that_fails_is_one_error_with_its_own_words()
    {
        using var login = OwnKubeconfig.WithFailingLoginPlugin("the session has expired, log in again");
        Assert.Contains("the session has expired, log in again", ErrorOf(ClusterConnection.CurrentContext, login.Path), StringComparison.Ordinal);
        Assert.True(login.HasRun);
    }

    [ClusterFact]
    public void A_server_that_does_not_answer_is_one_error_that_names_it()
    {
        using var nowhere = OwnKubeconfig.WithServer("https://127.0.0.1:1");
        Assert.Contains("127.0.0.1:1", ErrorOf(ClusterConnection.CurrentContext, nowhere.Path), StringComparison.Ordinal);
    }

    [ClusterFact]
    public void A_context_that_is_not_in_the_kubeconfig_is_one_error_that_names_it() =>
        Assert.Contains("no-such-context", ErrorOf("no-such-context", LiveCluster.Kubeconfig), StringComparison.Ordinal);

    private protected abstract IClusterReader Open(ClusterConnection connection);

    private string ErrorOf(string context, string kubeconfig)
    {
        var (hasAnswer, snapshot) = Read(context, kubeconfig);
        Assert.False(hasAnswer);
        var error = Assert.Single(snapshot.Diagnostics);
        Assert.Equal(DiagnosticId.ClusterNotRead, error.Id);
        return error.Message;
    }

    private (bool HasAnswer, ClusterSnapshot Snapshot) Read(string context, string kubeconfig, ImmutableArray<ClusterKind>? kinds = null)
    {
        var builder = new ClusterSnapshotBuilder();
        var reader = Open(new ClusterConnection(context, kubeconfig));
        var hasAnswer = new ClusterReading(reader, kinds ?? ClusterKinds.All).ReadInto(builder, static _ => { }, CancellationToken.None);
        return (hasAnswer, builder.Build());
    }
}
