using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Absent, null, empty list and empty map in rules: they mean different things.</summary>
public class RuleTests
{
    [Theory]
    [InlineData("podSelector: {}")]
    [InlineData("ingress:")]
    [InlineData("ingress: null")]
    [InlineData("ingress: []")]
    public void Ingress_absent_null_or_empty_allows_nothing(string spec) =>
        Assert.Equal("None", Ingress(spec));

    [Theory]
    [InlineData("policyTypes: [Egress]")]
    [InlineData("policyTypes: [Egress]\negress:")]
    [InlineData("policyTypes: [Egress]\negress: null")]
    [InlineData("policyTypes: [Egress]\negress: []")]
    public void Egress_absent_null_or_empty_allows_nothing(string spec) =>
        Assert.Equal("None", Egress(spec));

    [Theory]
    [InlineData("[{}]")]
    [InlineData("[null]")]
    [InlineData("[{from: null, ports: null}]")]
    public void An_empty_rule_allows_everything(string ingress)
    {
        Assert.Equal("All", Ingress("ingress: " + ingress));
        Assert.Equal("All", Egress("egress: " + ingress.Replace("from", "to", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ports: [{port: 80}]")]
    [InlineData("from:, ports: [{port: 80}]")]
    [InlineData("from: [], ports: [{port: 80}]")]
    public void From_absent_or_empty_means_every_peer_in_and_out_of_the_cluster(string rule)
    {
        var cluster = Cluster($"ingress: [{{{rule}}}]");
        Assert.Equal("TCP 80", cluster.Ports("other/peer", "subject"));
        Assert.Equal("TCP 80", cluster.Ports("192.0.2.1", "subject"));
        Assert.Equal("TCP 80", cluster.Ports("2001:db8::1", "subject"));
    }

    [Theory]
    [InlineData("ports: [{port: 80}]")]
    [InlineData("to: [], ports: [{port: 80}]")]
    public void To_absent_or_empty_means_every_peer_in_and_out_of_the_cluster(string rule)
    {
        var cluster = Cluster($"egress: [{{{rule}}}]");
        Assert.Equal("TCP 80", cluster.Ports("subject", "other/peer"));
        Assert.Equal("TCP 80", cluster.Ports("subject", "192.0.2.1"));
        Assert.Equal("TCP 80", cluster.Ports("subject", "2001:db8::1"));
    }

    [Theory]
    [InlineData("from: [{namespaceSelector: {}}]")]
    [InlineData("from: [{namespaceSelector: {}}], ports:")]
    [InlineData("from: [{namespaceSelector: {}}], ports: []")]
    public void Ports_absent_or_empty_means_every_port_of_every_protocol(string rule) =>
        Assert.Equal("All", Cluster($"ingress: [{{{rule}}}]").Ports("other/peer", "subject"));

    private static string Ingress(string spec) => Cluster(spec).Ports("192.0.2.1", "subject");

    private static string Egress(string spec) => Cluster(spec).Ports("subject", "192.0.2.1");

    private static Cluster Cluster(string spec) => Given.Cluster(Given.Pod("subject"), Given.Pod("other/peer"), Given.Policy(spec));
}
