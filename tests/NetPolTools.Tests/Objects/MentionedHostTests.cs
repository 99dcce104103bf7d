using NetPolTools.Objects;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Objects;

/// <summary>Which hosts are found in the settings of a program, and what is not kept of them.</summary>
public sealed class MentionedHostTests
{
    [Theory]
    [InlineData("DB_HOST", "db", "db")]
    [InlineData("DB", "db.shop.svc:5432", "db.shop.svc:5432")]
    [InlineData("DATABASE_URL", "postgres://app:secret@db.shop:5432/app?sslmode=off", "db.shop:5432")]
    [InlineData("BROKERS", "kafka-0.kafka:9092,kafka-1.kafka:9092", "kafka-0.kafka:9092 kafka-1.kafka:9092")]
    [InlineData("JDBC", "jdbc:mysql://db:3306/shop", "db:3306")]
    [InlineData("UPSTREAM", "api/v1", "api")]
    [InlineData("PASSWORD", "hunter", "")]
    [InlineData("LEVEL", "debug", "")]
    [InlineData("TIME", "12:30", "")]
    [InlineData("PORT", "8080", "")]
    public void Of_a_variable(string name, string value, string hosts) => Assert.Equal(hosts, HostsOf($"env: [{{name: {name}, value: '{value}'}}]"));

    [Theory]
    [InlineData("--db-host=db", "db")]
    [InlineData("--upstream=http://api:8080/", "api:8080")]
    [InlineData("http://api.shop.svc.cluster.local/", "api.shop.svc.cluster.local")]
    [InlineData("run", "")]
    [InlineData("--password=hunter", "")]
    public void Of_an_argument(string argument, string hosts)
    {
        Assert.Equal(hosts, HostsOf($"args: ['{argument}']"));
        Assert.Equal(hosts, HostsOf($"command: ['{argument}']"));
    }

    [Fact]
    public void Of_a_pod_that_has_a_controller_they_are_those_of_its_template()
    {
        var pods = Cluster.Of("""
            apiVersion: v1
            kind: Pod
            metadata: {name: web-1, namespace: shop, ownerReferences: [{kind: ReplicaSet, name: web, controller: true}]}
            spec: {containers: [{name: c, env: [{name: DB_HOST, value: db}]}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: alone, namespace: shop}
            spec: {containers: [{name: c, env: [{name: DB_HOST, value: db}]}]}
            """).Snapshot.Pods;
        Assert.Empty(pods[0].Spec.Hosts);
        Assert.Equal([new MentionedHost("db", null)], pods[1].Spec.Hosts);
    }

    private static string HostsOf(string field) => string.Join(' ', Cluster.Of(
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {template: {spec: {containers: [{name: c, " + field + "}]}}}}")
        .Snapshot.Workloads[0].Template.Hosts);
}
