using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Examples;

/// <summary>Examples from the documentation: selectors of pods and namespaces, together and apart, and the way out of a namespace.</summary>
public class NamespaceExampleTests
{
    [Fact]
    public void Store_takes_the_frontend_pods_of_the_frontend_namespace_on_8080()
    {
        var cluster = Read("store");
        Assert.Equal("TCP 8080", cluster.Ports("frontend/frontend", "store-api"));
        Assert.Equal("None", cluster.Ports("frontend/admin", "store-api"));
        Assert.Equal("None", cluster.Ports("other/impostor", "store-api"));
        Assert.Equal("None", cluster.Ports("192.0.2.1", "store-api"));
    }

    [Fact]
    public void Store_calls_two_downstreams_on_8080_and_nobody_else()
    {
        var cluster = Read("store");
        Assert.Equal("TCP 8080", cluster.Ports("store-api", "downstream-1/downstream-1"));
        Assert.Equal("TCP 8080", cluster.Ports("store-api", "downstream-2/downstream-2"));
        Assert.Equal("None", cluster.Ports("store-api", "downstream-1/metrics"));
        Assert.Equal("None", cluster.Ports("store-api", "frontend/frontend"));
        Assert.Equal("None", cluster.Ports("store-api", "192.0.2.1"));
    }

    [Fact]
    public void Downstream_1_takes_the_store_alone_while_downstream_2_has_no_policy()
    {
        var cluster = Read("store");
        Assert.Equal("None", cluster.Ports("other/impostor", "downstream-1/downstream-1"));
        Assert.Equal("All", cluster.Ports("other/impostor", "downstream-2/downstream-2"));
        Assert.Equal("All", cluster.Ports("other/impostor", "downstream-1/metrics"));
    }

    [Fact]
    public void Store_can_call_a_downstream_only_as_long_as_that_one_lets_it_in()
    {
        var store = Directory.GetFiles(Repository.Example("store")).Select(File.ReadAllText);
        var cluster = Given.Cluster([.. store, Given.Policy("", "downstream-2/deny")]);
        Assert.Equal("None", cluster.Ports("store-api", "downstream-2/downstream-2"));
        Assert.Equal("TCP 8080", cluster.Ports("store-api", "downstream-1/downstream-1"));
    }

    [Theory]
    [InlineData("pod-selector.yaml", "prod/api-pod")]
    [InlineData("both-selectors.yaml", "staging/api-pod")]
    [InlineData("namespace-selector.yaml", "staging/api-pod staging/web-pod")]
    public void Staging_and_prod_depend_on_which_selectors_the_rule_has(string policy, string expected) =>
        Assert.Equal(expected, WhoReachesTheDatabase("staging-and-prod", policy));

    [Theory]
    [InlineData("and.yaml", "prod/api-pod 192.168.5.10")]
    [InlineData("or.yaml", "prod/api-pod prod/web-pod 192.168.5.10")]
    public void One_dash_makes_an_OR_of_an_AND(string policy, string expected) =>
        Assert.Equal(expected, WhoReachesTheDatabase("one-dash", policy));

    [Fact]
    public void Default_deny_egress_leaves_no_way_out_of_the_namespace_and_no_names()
    {
        var cluster = Read("default-deny-egress/pods.yaml", "default-deny-egress/default-deny-egress.yaml");
        Assert.Equal("None", cluster.Ports("bb2", "142.250.65.68"));
        Assert.Equal("None", cluster.Ports("bb2", "bb1"));
        Assert.Equal("None", cluster.Ports("bb2", "kube-system/coredns"));
        Assert.Equal("All", cluster.Ports("142.250.65.68", "bb2"));
    }

    [Fact]
    public void Default_deny_egress_is_for_its_own_namespace() => Assert.Equal(
        "All",
        Read("default-deny-egress/pods.yaml", "default-deny-egress/default-deny-egress.yaml").Ports("kube-system/coredns", "142.250.65.68"));

    [Fact]
    public void Default_deny_egress_except_DNS_leaves_names_and_no_more()
    {
        var cluster = Read("default-deny-egress");
        Assert.Equal("TCP 53 UDP 53", cluster.Ports("bb2", "kube-system/coredns"));
        Assert.Equal("None", cluster.Ports("bb2", "142.250.65.68"));
        Assert.Equal("None", cluster.Ports("bb2", "bb1"));
    }

    private static string WhoReachesTheDatabase(string example, string policy)
    {
        var cluster = Read(example + "/pods.yaml", example + "/" + policy);
        var connections = cluster.List().Where(static connection => connection.Destination.Name == "db").ToArray();
        Assert.All(connections, static connection => Assert.Equal("TCP 3306", connection.Ports.ToString()));
        return string.Join(' ', connections.Select(static c => c.Source.Addresses ?? $"{c.Source.Namespace}/{c.Source.Name}"));
    }

    private static Cluster Read(params string[] paths)
    {
        var cluster = Cluster.OfPaths([.. paths.Select(static path => Repository.Example(path.Split('/')))]);
        Assert.Empty(cluster.Diagnostics);
        return cluster;
    }
}
