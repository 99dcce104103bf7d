using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Which ports an item of ports stands for.</summary>
public class PortTests
{
    [Theory]
    [InlineData("{port: 80}", "TCP 80")]
    [InlineData("{port: 80, protocol: null}", "TCP 80")]
    [InlineData("{port: 80, protocol: TCP}", "TCP 80")]
    [InlineData("{port: 53, protocol: UDP}", "UDP 53")]
    [InlineData("{port: 7777, protocol: SCTP}", "SCTP 7777")]
    public void Protocol_absent_means_TCP(string port, string expected) => Assert.Equal(expected, Allowed(port));

    [Theory]
    [InlineData("{protocol: UDP}", "UDP 1-65535")]
    [InlineData("{protocol: UDP, port: null}", "UDP 1-65535")]
    [InlineData("{protocol: SCTP}", "SCTP 1-65535")]
    public void Port_absent_means_every_port_of_the_protocol(string port, string expected) => Assert.Equal(expected, Allowed(port));

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    public void An_empty_port_means_every_port_of_TCP(string port) => Assert.Equal("TCP 1-65535", Allowed(port));

    [Theory]
    [InlineData("{port: 8000, endPort: 8100}", "TCP 8000-8100")]
    [InlineData("{port: 8000, endPort: 8000}", "TCP 8000")]
    [InlineData("{port: 1, endPort: 65535, protocol: UDP}", "UDP 1-65535")]
    public void EndPort_gives_an_inclusive_range(string port, string expected) => Assert.Equal(expected, Allowed(port));

    [Fact]
    public void Several_ports_add_up_and_touching_ranges_join() =>
        Assert.Equal("TCP 80-90,443 UDP 53", Allowed("{port: 443}, {port: 53, protocol: UDP}, {port: 80, endPort: 85}, {port: 86, endPort: 90}"));

    [Fact]
    public void Every_port_of_all_three_protocols_is_everything() =>
        Assert.Equal("All", Allowed("{protocol: TCP}, {protocol: UDP}, {protocol: SCTP}"));

    [Fact]
    public void The_same_number_of_another_protocol_is_another_port()
    {
        var cluster = Cluster("{port: 53, protocol: UDP}");
        Assert.True(cluster.Allows("192.0.2.1", "subject", 53, Protocol.UDP));
        Assert.False(cluster.Allows("192.0.2.1", "subject", 53, Protocol.TCP));
        Assert.False(cluster.Allows("192.0.2.1", "subject", 53, Protocol.SCTP));
    }

    [Fact]
    public void Rule_ports_are_pod_ports_whatever_a_Service_makes_of_them()
    {
        var cluster = Given.Cluster(
            Given.Pod("subject", "app: subject"),
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {app: subject}, ports: [{port: 80, targetPort: 8080}]}}",
            Given.Policy("ingress: [{ports: [{port: 80}]}]"));
        Assert.Equal("TCP 80", cluster.Ports("192.0.2.1", "subject"));
    }

    [Fact]
    public void A_port_that_no_container_declares_is_as_open_as_one_that_is()
    {
        var cluster = Given.Cluster(
            Given.Pod("subject", spec: "containers: [{name: c, ports: [{containerPort: 80}]}]"), Given.Policy("ingress: [{ports: [{port: 81}]}]"));
        Assert.Equal("TCP 81", cluster.Ports("192.0.2.1", "subject"));
    }

    private static string Allowed(string ports)
    {
        var cluster = Cluster(ports);
        Assert.Empty(cluster.Diagnostics);
        return cluster.Ports("192.0.2.1", "subject");
    }

    private static Cluster Cluster(string ports) => Given.Cluster(Given.Pod("subject"), Given.Policy($"ingress: [{{ports: [{ports}]}}]"));
}
