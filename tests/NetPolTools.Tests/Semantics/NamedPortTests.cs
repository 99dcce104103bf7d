using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>What a port's name means: it is looked up on the pod that the connection leads to.</summary>
public class NamedPortTests
{
    private const string Http80 = "containers: [{name: c, ports: [{name: http, containerPort: 80}]}]";
    private const string Http8080 = "containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]";

    [Fact]
    public void Named_port_is_looked_up_on_each_destination_pod_for_ingress()
    {
        var cluster = Given.Cluster(
            Given.Pod("a", spec: Http80), Given.Pod("b", spec: Http8080), Given.Pod("c"), Given.Policy("ingress: [{ports: [{port: http}]}]"));
        Assert.Equal("TCP 80", cluster.Ports("c", "a"));
        Assert.Equal("TCP 8080", cluster.Ports("c", "b"));
        Assert.Equal("None", cluster.Ports("a", "c"));
    }

    [Fact]
    public void Named_port_is_looked_up_on_each_destination_pod_for_egress()
    {
        var cluster = Given.Cluster(
            Given.Pod("client", "app: client", Http80),
            Given.Pod("a", spec: Http80),
            Given.Pod("b", spec: Http8080),
            Given.Pod("c"),
            Given.Policy("podSelector: {matchLabels: {app: client}}\npolicyTypes: [Egress]\negress: [{ports: [{port: http}]}]"));
        Assert.Equal("TCP 80", cluster.Ports("client", "a"));
        Assert.Equal("TCP 8080", cluster.Ports("client", "b"));
        Assert.Equal("None", cluster.Ports("client", "c"));
    }

    [Fact]
    public void The_name_on_the_source_does_not_count() =>
        Assert.Equal("None", Given.Cluster(Given.Pod("a", spec: Http80), Given.Pod("b"), Given.Policy("ingress: [{ports: [{port: http}]}]")).Ports("a", "b"));

    [Fact]
    public void Named_port_is_looked_up_by_protocol_too()
    {
        const string Dns = "containers: [{name: c, ports: [{name: dns, containerPort: 53, protocol: UDP}, {name: dns-tcp, containerPort: 53}]}]";
        Assert.Equal("UDP 53", Allowed(Dns, "{port: dns, protocol: UDP}"));
        Assert.Equal("None", Allowed(Dns, "{port: dns}"));
        Assert.Equal("TCP 53", Allowed(Dns, "{port: dns-tcp}"));
    }

    [Fact]
    public void A_name_may_mean_several_ports_of_one_pod() => Assert.Equal("TCP 80,8080", Allowed(
        "containers: [{name: a, ports: [{name: http, containerPort: 80}]}, {name: b, ports: [{name: http, containerPort: 8080}]}]", "{port: http}"));

    [Fact]
    public void Names_of_restartable_init_containers_count() => Assert.Equal("TCP 9090", Allowed(
        "initContainers: [{name: sidecar, restartPolicy: Always, ports: [{name: metrics, containerPort: 9090}]}]", "{port: metrics}"));

    [Fact]
    public void RestartPolicy_may_stand_before_or_behind_the_ports() => Assert.Equal("TCP 9090", Allowed(
        "initContainers: [{name: sidecar, ports: [{name: metrics, containerPort: 9090}], restartPolicy: Always}]", "{port: metrics}"));

    [Fact]
    public void Names_of_init_containers_that_end_do_not_count() => Assert.Equal("None", Allowed(
        "initContainers: [{name: setup, ports: [{name: metrics, containerPort: 9090}]}]", "{port: metrics}"));

    [Fact]
    public void Names_are_looked_up_in_the_template_of_a_workload()
    {
        var cluster = Given.Cluster("""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec: {template: {spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}}}
            """, Given.Policy("ingress: [{ports: [{port: http}]}]"));
        Assert.Equal("TCP 8080", cluster.Ports("192.0.2.1", "web"));
    }

    [Fact]
    public void Named_port_goes_with_numbers_of_the_same_rule() =>
        Assert.Equal("TCP 80,443", Allowed(Http80, "{port: http}, {port: 443}"));

    [Fact]
    public void A_name_on_no_pod_allows_nothing_and_leaves_the_other_ports() =>
        Assert.Equal("TCP 443", Allowed(Http80, "{port: nowhere}, {port: 443}"));

    [Fact]
    public void Named_port_towards_an_ipBlock_matches_nothing_there_and_numbers_still_do()
    {
        var cluster = Given.Cluster(Given.Pod("a"), Given.Policy("""
            policyTypes: [Egress]
            egress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: http}, {port: 443}]}]
            """));
        Assert.Equal("TCP 443", cluster.Ports("a", "192.0.2.1"));
    }

    [Fact]
    public void Named_port_towards_an_ipBlock_gets_a_warning() => Marked.Gives(
        DiagnosticSeverity.Warning,
        DiagnosticId.NamedPortTowardsIPBlock,
        "spec.egress[0].to[1].ipBlock",
        Given.Policy("""
            egress:
            - to:
              - podSelector: {}
              - ▸ipBlock: {cidr: 192.0.2.0/24}
              ports: [{port: http}]
            """),
        "'http'",
        "Write the number");

    [Fact]
    public void Named_port_from_an_ipBlock_is_looked_up_on_the_subject_as_always()
    {
        var cluster = Given.Cluster(Given.Pod("a", spec: Http80), Given.Policy("ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: http}]}]"));
        Assert.Empty(cluster.Diagnostics);
        Assert.Equal("TCP 80", cluster.Ports("192.0.2.1", "a"));
    }

    private static string Allowed(string podSpec, string ports) =>
        Given.Cluster(Given.Pod("subject", spec: podSpec), Given.Policy($"ingress: [{{ports: [{ports}]}}]")).Ports("192.0.2.1", "subject");
}
