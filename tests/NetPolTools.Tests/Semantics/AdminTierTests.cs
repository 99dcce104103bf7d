using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>What AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy mean, rule by rule.</summary>
public sealed class AdminTierTests
{
    private const string ToGreen = "to: [{namespaces: {matchLabels: {team: green}}}]";

    private const string OtherNode =
        "{apiVersion: v1, kind: Node, metadata: {name: n2, labels: {zone: a}}, status: {addresses: [{type: InternalIP, address: 192.168.0.2}]}}";

    private static readonly string[] Pods =
    [
        Given.Namespace("red", "team: red"),
        Given.Namespace("green", "team: green"),
        "{apiVersion: v1, kind: Node, metadata: {name: n1, labels: {zone: a}}, status: {addresses: [{type: InternalIP, address: 192.168.0.1}]}}",
        Given.Pod("red/a", "app: a", status: "podIP: 10.0.0.1"),
        Given.Pod("red/b", "app: b", status: "podIP: 10.0.0.2"),
        Given.Pod("green/c", "app: c", "containers: [{name: c, ports: [{name: web, containerPort: 8080}]}]", "podIP: 10.0.1.1"),
        Given.Pod("green/host", "app: c", "hostNetwork: true, nodeName: n1"),
    ];

    [Fact]
    public void A_deny_beats_every_network_policy() => Assert.Equal(
        "None", Cluster(Admin($"egress: [{{action: Deny, {ToGreen}}}]"), Given.Policy("{podSelector: {}, policyTypes: [Egress], egress: [{}]}", "red/all"))
            .Ports("red/a", "green/c"));

    [Fact]
    public void An_accept_beats_a_network_policy_that_isolates() => Assert.Equal(
        "All", Cluster(Admin($"egress: [{{action: Accept, {ToGreen}}}]"), Given.Policy("{podSelector: {}, policyTypes: [Egress]}", "red/none"))
            .Ports("red/a", "green/c"));

    [Fact]
    public void An_accept_of_egress_is_none_of_ingress() => Assert.Equal(
        "None", Cluster(Admin($"egress: [{{action: Accept, {ToGreen}}}]"), Given.Policy("{podSelector: {}}", "green/none")).Ports("red/a", "green/c"));

    [Fact]
    public void Without_a_match_nothing_is_decided_and_nobody_is_isolated() => Assert.Equal(
        "All", Cluster(Admin($"egress: [{{action: Deny, {ToGreen}}}]")).Ports("red/a", "red/b"));

    [Fact]
    public void The_lower_priority_comes_first_and_the_tier_before_the_priority()
    {
        Assert.Equal("All", Cluster(
            Admin($"egress: [{{action: Deny, {ToGreen}}}]", "late", 20), Admin($"egress: [{{action: Accept, {ToGreen}}}]", "early", 10))
                .Ports("red/a", "green/c"));
        Assert.Equal("None", Cluster(
            Admin($"egress: [{{action: Deny, {ToGreen}}}]", "admin", 1000), Baseline($"egress: [{{action: Accept, {ToGreen}}}]", 0)).Ports("red/a", "green/c"));
    }

    [Fact]
    public void Pass_leads_past_the_tier_to_network_policies_and_the_baseline()
    {
        var pass = Admin($"egress: [{{action: Pass, {ToGreen}}}, {{action: Deny, {ToGreen}}}]");
        Assert.Equal("All", Cluster(pass).Ports("red/a", "green/c"));
        Assert.Equal("None", Cluster(pass, Given.Policy("{podSelector: {}, policyTypes: [Egress]}", "red/none")).Ports("red/a", "green/c"));
        Assert.Equal("None", Cluster(pass, Baseline($"egress: [{{action: Deny, {ToGreen}}}]")).Ports("red/a", "green/c"));
    }

    [Fact]
    public void The_baseline_is_not_asked_where_a_network_policy_isolates_the_pod_in_that_direction()
    {
        var baseline = Baseline($"egress: [{{action: Deny, {ToGreen}}}]");
        Assert.Equal("All", Cluster(baseline, Given.Policy("{podSelector: {}, policyTypes: [Egress], egress: [{}]}", "red/all")).Ports("red/a", "green/c"));
        Assert.Equal("None", Cluster(baseline, Given.Policy("{podSelector: {}, policyTypes: [Ingress]}", "red/in")).Ports("red/a", "green/c"));
    }

    [Fact]
    public void On_Cilium_the_baseline_is_asked_before_what_a_network_policy_isolates_from_is_denied()
    {
        var isolates = Given.Policy("{podSelector: {}, policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: b}}}]}]}", "red/some");
        Assert.Equal("All", OnCilium(isolates, Baseline($"egress: [{{action: Accept, {ToGreen}}}]")).Ports("red/a", "green/c"));
        Assert.Equal("None", OnCilium(isolates, Baseline($"egress: [{{action: Pass, {ToGreen}}}]")).Ports("red/a", "green/c"));
        Assert.Equal("None", OnCilium(isolates).Ports("red/a", "green/c"));
        Assert.Equal("All", OnCilium(isolates, Baseline("egress: [{action: Deny, to: [{namespaces: {}}]}]")).Ports("red/a", "red/b"));

        static Cluster OnCilium(params string[] policies) => Support.Cluster.Of(
            Given.Documents([.. Pods, .. policies]), new ReachabilityOptions { Layout = EngineLayout.Cilium });
    }

    [Fact]
    public void Policies_of_equal_priority_that_disagree_leave_it_undetermined_and_are_named()
    {
        var cluster = Cluster(Admin($"egress: [{{action: Deny, {ToGreen}}}]", "one"), Admin($"egress: [{{action: Accept, {ToGreen}}}]", "two"));
        var line = Assert.Single(cluster.List(new ConnectionQuery { From = [EndpointPattern.Parse("red/a")], To = [EndpointPattern.Parse("green/c")] }));
        Assert.Equal((Verdict.Undetermined, "All"), (line.Verdict, line.Ports.ToString()));
        var note = Assert.Single(line.Notes);
        Assert.Contains("ClusterNetworkPolicy one spec.egress[0]", note, StringComparison.Ordinal);
        Assert.Contains("ClusterNetworkPolicy two spec.egress[0]", note, StringComparison.Ordinal);
        Assert.Contains("priority 10", note, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_name_resolves_to_is_not_known_offline()
    {
        var cluster = Cluster(Admin("egress: [{action: Accept, to: [{domainNames: [example.com]}]}, {action: Deny, to: [{networks: [0.0.0.0/0]}]}]"));
        var lines = cluster.List(new ConnectionQuery { From = [EndpointPattern.Parse("red/a")], To = [EndpointPattern.Parse("8.8.8.8")] });
        var line = Assert.Single(lines);
        Assert.Equal(Verdict.Undetermined, line.Verdict);
        Assert.Contains("the addresses of example.com", Assert.Single(line.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_match_pods_too_and_host_bits_are_masked()
    {
        var cluster = Cluster(Admin("egress: [{action: Deny, to: [{networks: [10.0.1.7/24]}]}]"));
        Assert.Equal("None", cluster.Ports("red/a", "green/c"));
        Assert.Equal("All", cluster.Ports("red/a", "red/b"));
    }

    [Fact]
    public void Whether_a_network_matches_a_pod_without_a_known_address_is_undetermined()
    {
        var cluster = Given.Cluster([.. Pods, Given.Pod("green/new", "app: d"), Admin("egress: [{action: Deny, to: [{networks: [10.0.1.0/24]}]}]")]);
        var lines = cluster.List(new ConnectionQuery { From = [EndpointPattern.Parse("red/a")], To = [EndpointPattern.Parse("green/new")] });
        Assert.Equal(Verdict.Undetermined, Assert.Single(lines).Verdict);
    }

    [Fact]
    public void Nodes_are_their_addresses_and_their_host_network_pods_but_not_the_pods_they_run()
    {
        var cluster = Given.Cluster(
            [.. Pods, OtherNode, Given.Pod("green/on-node", "app: d", "nodeName: n1", "podIP: 10.0.1.9"),
                Admin("egress: [{action: Deny, to: [{nodes: {matchLabels: {zone: a}}}]}]")]);
        Assert.Equal("None", cluster.Ports("red/a", "192.168.0.2"));
        Assert.Equal("None", cluster.Ports("red/a", "green/host"));
        Assert.Equal("All", cluster.Ports("red/a", "green/on-node"));
    }

    [Fact]
    public void Host_network_pods_are_neither_subjects_nor_pods_of_a_peer()
    {
        var cluster = Cluster(Admin(
            "egress: [{action: Deny, to: [{namespaces: {}}]}]\ningress: [{action: Deny, from: [{namespaces: {}}]}]", subject: "namespaces: {}"));
        Assert.Equal("All", cluster.Ports("green/host", "8.8.8.8"));
        Assert.Equal("All", cluster.Ports("red/a", "green/host"));
        Assert.Equal("None", cluster.Ports("red/a", "green/c"));
    }

    [Fact]
    public void Whoever_is_outside_matches_no_ingress_rule() => Assert.Equal(
        "All", Cluster(Admin("ingress: [{action: Deny, from: [{namespaces: {}}]}]")).Ports("8.8.8.8", "red/a"));

    [Fact]
    public void A_port_name_means_the_container_port_of_the_destination_with_its_protocol() => Assert.Equal(
        "TCP 1-8079,8081-65535 UDP 1-65535 SCTP 1-65535",
        Cluster(Admin($"egress: [{{action: Deny, {ToGreen}, protocols: [{{destinationNamedPort: web}}]}}]")).Ports("red/a", "green/c"));

    [Fact]
    public void Pods_without_a_namespace_selector_are_those_of_every_namespace_in_v1alpha2()
    {
        var cluster = Cluster(Admin("egress: [{action: Deny, to: [{pods: {podSelector: {matchLabels: {app: c}}}}]}]"));
        Assert.Empty(cluster.Errors);
        Assert.Equal("None", cluster.Ports("red/a", "green/c"));
    }

    [Theory]
    [InlineData("Deny", "None")]
    [InlineData("Pass", "None")]
    [InlineData("Accept", "All")]
    public void A_peer_that_nobody_knows_fails_closed(string action, string ports)
    {
        var cluster = Cluster(Admin($"egress: [{{action: {action}, to: [{{services: {{name: later}}}}]}}]"));
        Assert.Equal("spec.egress[0].to[0]", Assert.Single(cluster.Errors).FieldPath);
        Assert.Equal(ports, cluster.Ports("red/a", "green/c"));
    }

    [Fact]
    public void The_form_of_the_first_releases_is_an_error_that_says_what_it_would_become()
    {
        var cluster = Cluster(Admin("ingress: [{action: Deny, from: [{namespaces: {namespaceSelector: {matchLabels: {team: red}}}}]}]"));
        var error = Assert.Single(cluster.Errors);
        Assert.Equal("spec.ingress[0].from[0].namespaces.namespaceSelector", error.FieldPath);
        Assert.Contains("'namespaces: {}'", error.Message, StringComparison.Ordinal);
        Assert.Empty(cluster.Snapshot.PolicyObjects);
    }

    [Fact]
    public void In_v1alpha1_a_port_without_a_protocol_is_one_of_TCP()
    {
        var cluster = Cluster($$$"""
            apiVersion: policy.networking.k8s.io/v1alpha1
            kind: AdminNetworkPolicy
            metadata: {name: old}
            spec:
              priority: 5
              subject: {namespaces: {matchLabels: {team: red} } }
              egress: [{action: Deny, {{{ToGreen}}}, ports: [{portNumber: {port: 80}}]}]
            """);
        Assert.Equal("TCP 1-79,81-65535 UDP 1-65535 SCTP 1-65535", cluster.Ports("red/a", "green/c"));
    }

    [Fact]
    public void A_mistake_is_told_with_its_place()
    {
        var error = Assert.Single(Cluster(Admin($"egress: [{{action: allow, {ToGreen}}}]")).Errors);
        Assert.Equal((DiagnosticId.InvalidValue, "spec.egress[0].action"), (error.Id, error.FieldPath));
        Assert.True(error.Location is { IsKnown: true, Line: > 1 });
    }

    private static Cluster Cluster(params string[] policies) => Given.Cluster([.. Pods, .. policies]);

    private static string Baseline(string rules, int priority = 10) => Admin(rules, "baseline", priority, tier: "Baseline");

    /// <param name="rules">The lines of ingress and egress, not indented.</param>
    private static string Admin(
        string rules, string name = "policy", int priority = 10, string subject = "namespaces: {matchLabels: {team: red}}", string tier = "Admin") => $$"""
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: {{name}}}
        spec:
          tier: {{tier}}
          priority: {{priority}}
          subject: { {{subject}} }
          {{rules.Replace("\n", "\n  ", StringComparison.Ordinal)}}
        """;
}
