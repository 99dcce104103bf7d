using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>What Calico's policies mean, point by point where people get them wrong.</summary>
public sealed class CalicoPolicyTests
{
    private const string DenyTcp81 = "ingress: [{action: Deny, protocol: TCP, destination: {ports: [81]}}], ";

    private static readonly string[] Pods =
    [
        Given.Namespace("red", "team: red"),
        Given.Namespace("green", "team: green"),
        "{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot, namespace: red, labels: {grade: gold}}}",
        "{apiVersion: v1, kind: ServiceAccount, metadata: {name: default, namespace: red}}",
        "{apiVersion: v1, kind: ServiceAccount, metadata: {name: default, namespace: green}}",
        Given.Pod("red/a", "app: a", "serviceAccountName: robot", "podIP: 10.0.0.1"),
        Given.Pod("red/b", "app: b", "containers: [{name: c, ports: [{name: web, containerPort: 8080}]}]", "podIP: 10.0.0.2"),
        Given.Pod("green/c", "app: c", "", "podIP: 10.0.1.1"),
    ];

    [Fact]
    public void The_end_of_a_tier_denies_only_where_a_policy_of_it_selects_the_pod_in_that_direction()
    {
        var cluster = Of(Global("p", "selector: app == 'b', types: [Ingress]"));
        Assert.Equal(("None", "All", "All"), (cluster.Ports("red/a", "red/b"), cluster.Ports("red/b", "red/a"), cluster.Ports("red/a", "green/c")));
    }

    [Fact]
    public void Pass_leaves_the_tier_and_behind_the_last_tier_the_profile_allows()
    {
        var pass = Global("p", "selector: app == 'b', ingress: [{action: Pass}]");
        Assert.Equal("All", Of(pass).Ports("red/a", "red/b"));
        Assert.Equal("None", Of(pass, Tier("late", 2_000_000), Global("late.q", "tier: late, selector: app == 'b', types: [Ingress]")).Ports("red/a", "red/b"));
    }

    [Fact]
    public void A_tier_whose_default_action_is_Pass_lets_what_it_does_not_match_go_on()
    {
        var policy = Global("first.p", $"tier: first, selector: app == 'b', {DenyTcp81}types: [Ingress]");
        Assert.Equal("TCP 1-80,82-65535 UDP 1-65535 SCTP 1-65535", Of(Tier("first", 1, "Pass"), policy).Ports("red/a", "red/b"));
        Assert.Equal("None", Of(Tier("first", 1), policy).Ports("red/a", "red/b"));
    }

    [Fact]
    public void Network_policies_stand_at_order_1000_of_the_tier_default()
    {
        var isolated = Given.Policy("{podSelector: {}, ingress: [{from: [{podSelector: {}}], ports: [{port: 80}, {port: 81}]}]}", "red/some");
        Assert.Equal("TCP 80", Of(isolated, Global("p", $"order: 999, selector: app == 'b', {DenyTcp81}types: [Ingress]")).Ports("red/a", "red/b"));
        Assert.Equal("TCP 80-81", Of(isolated, Global("p", $"order: 1001, selector: app == 'b', {DenyTcp81}types: [Ingress]")).Ports("red/a", "red/b"));
        Assert.Equal("All", Of(isolated, Global("p", "selector: app == 'b', ingress: [{action: Allow}]")).Ports("red/a", "red/b"));
    }

    [Fact]
    public void An_earlier_tier_that_ends_in_a_deny_cuts_network_policies_off() => Assert.Equal("None", Of(
        Given.Policy("{podSelector: {}, ingress: [{}]}", "red/all"), Tier("first", 1), Global("first.p", "tier: first, selector: app == 'b', types: [Ingress]"))
            .Ports("red/a", "red/b"));

    [Fact]
    public void NotSelector_alone_limits_a_namespaced_policy_to_its_namespace()
    {
        var rule = "types: [Ingress], ingress: [{action: Allow, source: {notSelector: app == 'x'}}]";
        Assert.Equal(("All", "None"), Two(Of(Own("p", "selector: app == 'b', " + rule))));
        Assert.Equal(("All", "All"), Two(Of(Global("p", "selector: app == 'b', " + rule))));
    }

    [Fact]
    public void A_selector_means_known_things_and_not_any_address()
    {
        var cluster = Of(Global("p", "selector: app == 'b', ingress: [{action: Allow, source: {selector: all()}}]"));
        Assert.Equal(("All", "None"), (cluster.Ports("green/c", "red/b"), cluster.Ports("203.0.113.9", "red/b")));
    }

    [Fact]
    public void Nets_mean_pods_too() => Assert.Equal(
        ("All", "None"), Two(Of(Global("p", "selector: app == 'b', ingress: [{action: Allow, source: {nets: [10.0.0.0/24]}}]"))));

    [Fact]
    public void A_pod_in_the_range_of_a_network_set_matches_through_the_set() => Assert.Equal(("None", "All"), Two(Of(
        "{apiVersion: projectcalico.org/v3, kind: GlobalNetworkSet, metadata: {name: s, labels: {kind: office}}, spec: {nets: [10.0.1.0/24]}}",
        Global("p", "selector: app == 'b', ingress: [{action: Allow, source: {selector: kind == 'office'}}]"))));

    [Fact]
    public void Labels_are_inherited_from_namespaces_and_service_accounts()
    {
        Assert.Equal(("None", "All"), Two(Of(Global("p", "selector: app == 'b', ingress: [{action: Allow, source: {selector: pcns.team == 'green'}}]"))));
        Assert.Equal(("All", "None"), Two(Of(Global("p", "selector: app == 'b', ingress: [{action: Allow, source: {selector: pcsa.grade == 'gold'}}]"))));
        Assert.Equal(("All", "None"), Two(Of(Global("p", "selector: app == 'b', ingress: [{action: Allow, source: {serviceAccounts: {names: [robot]}}}]"))));
    }

    [Fact]
    public void A_named_port_means_the_container_port_of_that_name_and_protocol()
    {
        Assert.Equal("TCP 8080", Of(Global("p", "selector: app == 'b', ingress: [{action: Allow, protocol: TCP, destination: {ports: [web]}}]"))
            .Ports("red/a", "red/b"));
        Assert.Equal("None", Of(Global("p", "selector: app == 'b', ingress: [{action: Allow, protocol: UDP, destination: {ports: [web]}}]"))
            .Ports("red/a", "red/b"));
    }

    [Fact]
    public void Excluded_blocks_without_one_of_a_family_take_the_rule_away_from_that_family()
    {
        var cluster = Of(Global("p", "selector: app == 'a', egress: [{action: Allow, destination: {notNets: [10.0.0.0/8]}}]"));
        Assert.Equal(("All", "None"), (cluster.Ports("red/a", "203.0.113.9"), cluster.Ports("red/a", "2001:db8::1")));
    }

    [Fact]
    public void Log_decides_nothing_and_staged_policies_have_no_effect()
    {
        Assert.Equal("None", Of(Global("p", "selector: app == 'b', ingress: [{action: Log}]")).Ports("red/a", "red/b"));
        Assert.Equal("All", Of(Global("p", "selector: app == 'b', types: [Ingress]").Replace("kind: Global", "kind: StagedGlobal", StringComparison.Ordinal))
            .Ports("red/a", "red/b"));
    }

    [Fact]
    public void What_is_for_host_endpoints_alone_does_nothing_to_pods_and_is_said()
    {
        var cluster = Of(Global("p", "selector: app == 'b', types: [Ingress], doNotTrack: true, applyOnForward: true"));
        Assert.Equal("All", cluster.Ports("red/a", "red/b"));
        Assert.Contains("host endpoints alone", Assert.Single(cluster.Map.Stack.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_for_the_port_of_the_client_is_undetermined()
    {
        var cluster = Of(Global("p", "selector: app == 'b', ingress: [{action: Allow, protocol: TCP, source: {ports: [5000]}}]"));
        var (a, b) = (1, 2);
        Assert.Equal(("red/a", "red/b"), (Name(a), Name(b)));
        Assert.Equal("TCP 1-65535", cluster.Map.Undetermined(a, b).ToString());

        string Name(int endpoint) => $"{cluster.Map.Endpoints[endpoint].Namespace}/{cluster.Map.Endpoints[endpoint].Reference.Name}";
    }

    private static (string FromRed, string FromGreen) Two(Cluster cluster) => (cluster.Ports("red/a", "red/b"), cluster.Ports("green/c", "red/b"));

    private static Cluster Of(params string[] policies) =>
        Cluster.Of(Given.Documents([.. Pods, .. policies]), new ReachabilityOptions { Layout = EngineLayout.Calico, RulesDecideIcmp = true });

    private static string Global(string name, string spec) =>
        $"{{apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: {{name: {name}}}, spec: {{{spec}}}}}";

    private static string Own(string name, string spec) =>
        $"{{apiVersion: projectcalico.org/v3, kind: NetworkPolicy, metadata: {{name: {name}, namespace: red}}, spec: {{{spec}}}}}";

    private static string Tier(string name, int order, string action = "Deny") =>
        $"{{apiVersion: projectcalico.org/v3, kind: Tier, metadata: {{name: {name}}}, spec: {{order: {order}, defaultAction: {action}}}}}";
}
