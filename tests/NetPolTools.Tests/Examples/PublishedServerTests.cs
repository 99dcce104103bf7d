using NetPolTools.Listing;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Examples;

/// <summary>Examples from the documentation: servers that only some may reach.</summary>
public class PublishedServerTests
{
    [Fact]
    public void Cppserver_is_reached_from_the_namespace_of_its_ingress_controller_only()
    {
        var cluster = Cluster.OfPaths(Repository.Example("cppserver"));
        Assert.Empty(cluster.Diagnostics);
        Assert.Equal("All", cluster.Ports("ingress/nginx-ingress", "cppserver/cppserver-fttsp"));
        Assert.Equal("All", cluster.Ports("ingress/nginx-ingress", "cppserver/cppserver-wcmhv"));
        Assert.Equal("None", cluster.Ports("default/curl", "cppserver/cppserver-fttsp"));
        Assert.Equal("None", cluster.Ports("192.0.2.1", "cppserver/cppserver-fttsp"));
    }

    [Fact]
    public void Cppserver_is_not_reached_from_a_node_other_than_its_own()
    {
        var cluster = Cluster.OfPaths(Repository.Example("cppserver"));
        Assert.Equal(["10.130.171.101"], NodesThatReach(cluster, "cppserver-fttsp"));
        Assert.Equal(["10.130.171.130"], NodesThatReach(cluster, "cppserver-wcmhv"));
    }

    [Fact]
    public void Cppserver_replicas_do_not_reach_each_other_and_may_call_out()
    {
        var cluster = Cluster.OfPaths(Repository.Example("cppserver"));
        Assert.Equal("None", cluster.Ports("cppserver-fttsp", "cppserver-wcmhv"));
        Assert.Equal("All", cluster.Ports("cppserver-fttsp", "default/curl"));
    }

    [Fact]
    public void Secure_pod_is_open_to_the_client_before_there_is_a_policy() =>
        Assert.Equal("All", SecurePod("client.yaml").Ports("client", "server"));

    [Fact]
    public void Secure_pod_is_closed_to_the_client_that_lacks_the_label() =>
        Assert.Equal("None", SecurePod("client.yaml", "policy.yaml").Ports("client", "server"));

    [Fact]
    public void Secure_pod_is_open_on_port_80_to_the_client_that_has_the_label() =>
        Assert.Equal("TCP 80", SecurePod("client-with-label.yaml", "policy.yaml").Ports("client", "server"));

    [Fact]
    public void Secure_pod_itself_can_still_call_anyone()
    {
        var cluster = SecurePod("client.yaml", "policy.yaml");
        Assert.Equal("All", cluster.Ports("server", "client"));
        Assert.Equal("All", cluster.Ports("server", "192.0.2.1"));
    }

    [Fact]
    public void Account_service_takes_its_clients_on_port_80_and_calls_its_database_on_5432()
    {
        var cluster = Cluster.OfPaths(Repository.Example("account-service"));
        Assert.Empty(cluster.Diagnostics);
        Assert.Equal("TCP 80", cluster.Ports("production/client", "account-service"));
        Assert.Equal("TCP 5432", cluster.Ports("account-service", "production/db"));
    }

    [Fact]
    public void Account_service_has_nothing_to_do_with_anyone_else()
    {
        var cluster = Cluster.OfPaths(Repository.Example("account-service"));
        Assert.Equal("None", cluster.Ports("production/other", "account-service"));
        Assert.Equal("None", cluster.Ports("test/client", "account-service"));
        Assert.Equal("None", cluster.Ports("production/db", "account-service"));
        Assert.Equal("None", cluster.Ports("account-service", "production/client"));
        Assert.Equal("None", cluster.Ports("account-service", "192.0.2.1"));
    }

    private static Cluster SecurePod(params string[] files)
    {
        var cluster = Cluster.OfPaths([.. files.Prepend("server.yaml").Select(file => Repository.Example("secure-pod", file))]);
        Assert.Empty(cluster.Diagnostics);
        return cluster;
    }

    private static IEnumerable<string> NodesThatReach(Cluster cluster, string pod) => cluster.List(new ConnectionQuery { By = GroupBy.Pod })
        .Where(connection => connection.Destination.Name == pod && connection.Source.Addresses is not null)
        .Select(static connection => connection.Source.Addresses!);
}
