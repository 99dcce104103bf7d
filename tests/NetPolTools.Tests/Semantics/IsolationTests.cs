using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>What being selected, or not, means for a pod; and how several policies go together.</summary>
public class IsolationTests
{
    private static readonly string Pods = Given.Documents(Given.Pod("web", "app: web"), Given.Pod("api", "app: api"));

    [Fact]
    public void Without_policies_everything_is_allowed()
    {
        var cluster = Given.Cluster(Pods);
        Assert.Equal("All", cluster.Ports("web", "api"));
        Assert.Equal("All", cluster.Ports("192.0.2.1", "api"));
        Assert.Equal("All", cluster.Ports("api", "2001:db8::1"));
    }

    [Fact]
    public void A_pod_that_no_policy_selects_stays_open_beside_one_that_is_isolated()
    {
        var cluster = Given.Cluster(Pods, Given.Policy("podSelector: {matchLabels: {app: api}}"));
        Assert.Equal("None", cluster.Ports("web", "api"));
        Assert.Equal("All", cluster.Ports("api", "web"));
        Assert.Equal("All", cluster.Ports("192.0.2.1", "web"));
    }

    [Fact]
    public void Isolation_for_ingress_leaves_egress_open()
    {
        var cluster = Given.Cluster(Pods, Given.Policy("""
            podSelector: {matchLabels: {app: api}}
            policyTypes: [Ingress]
            """));
        Assert.Equal("None", cluster.Ports("192.0.2.1", "api"));
        Assert.Equal("All", cluster.Ports("api", "192.0.2.1"));
    }

    [Fact]
    public void Isolation_for_egress_leaves_ingress_open()
    {
        var cluster = Given.Cluster(Pods, Given.Policy("""
            podSelector: {matchLabels: {app: api}}
            policyTypes: [Egress]
            """));
        Assert.Equal("All", cluster.Ports("192.0.2.1", "api"));
        Assert.Equal("None", cluster.Ports("api", "192.0.2.1"));
    }

    [Fact]
    public void Policies_add_up()
    {
        var cluster = Given.Cluster(
            Pods,
            Given.Policy("ingress: [{ports: [{port: 80}]}]", "http"),
            Given.Policy("ingress: [{ports: [{port: 443}, {port: 80}]}]", "https"));
        Assert.Equal("TCP 80,443", cluster.Ports("web", "api"));
    }

    [Fact]
    public void No_policy_subtracts_from_another()
    {
        var cluster = Given.Cluster(
            Pods,
            Given.Policy("ingress: [{ports: [{port: 80}]}]", "http"),
            Given.Policy("ingress: []", "deny"));
        Assert.Equal("TCP 80", cluster.Ports("web", "api"));
    }

    [Fact]
    public void Rules_of_one_policy_add_up()
    {
        var cluster = Given.Cluster(Pods, Given.Policy("""
            podSelector: {matchLabels: {app: api}}
            ingress:
            - from: [{podSelector: {matchLabels: {app: web}}}]
              ports: [{port: 80}]
            - from: [{podSelector: {matchLabels: {app: web}}}]
              ports: [{port: 81}]
            """));
        Assert.Equal("TCP 80-81", cluster.Ports("web", "api"));
    }

    [Fact]
    public void Peers_and_ports_of_different_rules_do_not_mix()
    {
        var cluster = Given.Cluster(Pods, Given.Pod("db", "app: db"), Given.Policy("""
            podSelector: {matchLabels: {app: db}}
            ingress:
            - from: [{podSelector: {matchLabels: {app: web}}}]
              ports: [{port: 80}]
            - from: [{podSelector: {matchLabels: {app: api}}}]
              ports: [{port: 3306}]
            """));
        Assert.Equal("TCP 80", cluster.Ports("web", "db"));
        Assert.Equal("TCP 3306", cluster.Ports("api", "db"));
    }

    [Fact]
    public void The_order_of_policies_does_not_matter()
    {
        var http = Given.Policy("ingress: [{ports: [{port: 80}]}]", "http");
        var deny = Given.Policy("ingress: []", "deny");
        Assert.Equal(Given.Cluster(Pods, http, deny).Ports("web", "api"), Given.Cluster(deny, http, Pods).Ports("web", "api"));
    }

    [Fact]
    public void A_policy_that_selects_no_pod_changes_nothing()
    {
        var cluster = Given.Cluster(Pods, Given.Policy("podSelector: {matchLabels: {app: nobody}}"), Given.Policy("ingress: []", "empty/deny"));
        Assert.Equal("All", cluster.Ports("web", "api"));
    }
}
