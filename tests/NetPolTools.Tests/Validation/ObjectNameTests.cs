using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Validation;

/// <summary>Names of every kind are what the API server takes for names of that kind; an object with another takes no part.</summary>
public class ObjectNameTests
{
    private static readonly string Long = new('a', 64);

    [Theory]
    [InlineData("v1", "Pod", "BAD name")]
    [InlineData("v1", "Pod", "a\u001b[2J")]
    [InlineData("v1", "Node", "a|b")]
    [InlineData("v1", "Namespace", "has.dot")]
    [InlineData("v1", "Service", "has.dot")]
    [InlineData("v1", "Endpoints", "_x")]
    [InlineData("apps/v1", "Deployment", "x`|</td>")]
    [InlineData("apps/v1", "StatefulSet", "-a")]
    [InlineData("batch/v1", "CronJob", "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeefff")]
    [InlineData("networking.k8s.io/v1", "Ingress", "@team")]
    [InlineData("networking.k8s.io/v1", "NetworkPolicy", "=1+1")]
    [InlineData("discovery.k8s.io/v1", "EndpointSlice", "A")]
    [InlineData("gateway.networking.k8s.io/v1", "HTTPRoute", "a..b")]
    [InlineData("v1", "ConfigMap", "cilium/config")]
    public void A_name_that_the_server_refuses_is_an_error_with_place_and_path(string apiVersion, string kind, string name)
    {
        var manifest = $$"""
            apiVersion: {{apiVersion}}
            kind: {{kind}}
            metadata:
              name: {{System.Text.Json.JsonSerializer.Serialize(name)}}
            """;
        var cluster = Cluster.Of(manifest);
        var error = Assert.Single(cluster.Errors);
        Assert.Equal((DiagnosticId.InvalidValue, "metadata.name", 4), (error.Id, error.FieldPath, error.Location.Line));
        Assert.Empty(cluster.Snapshot.Objects());
    }

    [Theory]
    [InlineData("v1", "Pod", "a.b-c.0")]
    [InlineData("v1", "Service", "1-is-taken-since-1-34")]
    [InlineData("apps/v1", "StatefulSet", "made.before.1-27")]
    [InlineData("rbac.authorization.k8s.io/v1", "ClusterRole", "system:node")]
    public void A_name_that_the_server_takes_is_taken(string apiVersion, string kind, string name) =>
        Assert.Empty(Cluster.Of($"{{apiVersion: {apiVersion}, kind: {kind}, metadata: {{name: '{name}'}}}}").Diagnostics);

    [Fact]
    public void A_namespace_that_an_object_says_it_is_in_is_checked_too()
    {
        var error = Assert.Single(Cluster.Of("{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: a b}}").Errors);
        Assert.Equal((DiagnosticId.InvalidValue, "metadata.namespace"), (error.Id, error.FieldPath));
    }

    [Theory]
    [InlineData("a-", true)]
    [InlineData("A-", false)]
    public void What_names_are_made_of_is_checked_as_they_are(string start, bool isTaken) =>
        Assert.Equal(isTaken, !Cluster.Of($"{{apiVersion: v1, kind: Pod, metadata: {{generateName: '{start}'}}}}").Errors.Any());

    [Fact]
    public void Long_names_are_cut_in_what_is_said_of_them()
    {
        var error = Assert.Single(
            Cluster.Of($"{{apiVersion: v1, kind: Namespace, metadata: {{name: {string.Concat(Enumerable.Repeat(Long, 1000))}}}}}").Errors);
        Assert.InRange(error.ToString().Length, 1, 500);
    }
}
