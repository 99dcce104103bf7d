using NetPolTools.Authoring.Inference;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Authoring;

/// <summary>The shape of policies made from traffic, and what is said of traffic that none can allow.</summary>
public sealed class InferenceTests
{
    private static readonly Cluster Shop = Given.Cluster(
        Given.Workload("Deployment", "shop/web", "app: web"),
        Given.Workload("Deployment", "shop/api", "app: api"),
        Given.Workload("Deployment", "ops/probe", "app: probe"));

    [Fact]
    public void Every_namespace_that_is_mentioned_gets_a_default_deny_and_workloads_with_rules_a_policy_of_their_own()
    {
        var made = Infer(Shop, "shop/web shop/api TCP 80", "ops/probe shop/api TCP 81");
        Assert.Equal(["ops/default-deny", "ops/allow-probe", "shop/default-deny", "shop/allow-api", "shop/allow-web"], made.Policies.Select(NameOf));
        Assert.All(made.Policies, static policy => Assert.Equal(["Ingress", "Egress"], policy.PolicyTypes));
        Assert.All(made.Policies.Where(static policy => policy.Name == "default-deny"), static policy => Assert.Null(policy.Ingress ?? policy.Egress));
    }

    [Fact]
    public void A_system_namespace_that_is_only_mentioned_gets_no_policy()
    {
        var cluster = Given.Cluster(
            Given.Pod("shop/web", "app: web"), Given.Pod("kube-system/coredns", "k8s-app: kube-dns"), Given.Pod("kube-system/other", "k8s-app: other"));
        Assert.Equal(["shop/default-deny", "shop/allow-web"], Infer(cluster, "shop/web kube-system/coredns UDP 53").Policies.Select(NameOf));
        var made = Infer(cluster, "kube-system/other kube-system/coredns UDP 53");
        Assert.Empty(made.Policies);
        Assert.Equal(DiagnosticId.NoTraffic, Assert.Single(made.Diagnostics).Id);
    }

    [Fact]
    public void Peers_of_equal_ports_share_a_rule()
    {
        var rules = Infer(Shop, "shop/web shop/api TCP 80", "ops/probe shop/api TCP 80").Policies.Single(static p => p.Name == "allow-api").Ingress!;
        Assert.Equal(2, Assert.Single(rules).Peers!.Count);
    }

    [Fact]
    public void Workloads_with_the_same_rules_share_a_policy()
    {
        var made = Infer(Shop, "ops/probe shop/api TCP 80", "ops/probe shop/web TCP 80");
        var shared = Assert.Single(made.Policies, static policy => policy.Metadata.Namespace == "shop" && policy.Name != "default-deny");
        Assert.Equal(("allow-api-web", "app in (api,web)"), (shared.Name, shared.PodSelector.ToString()));
    }

    [Theory]
    [InlineData("All", "")]
    [InlineData("TCP", "TCP")]
    [InlineData("TCP 80", "TCP 80")]
    [InlineData("TCP 80,8000-8100 UDP 53", "TCP 80, TCP 8000-8100, UDP 53")]
    public void Ports_are_written_as_short_as_they_can_be(string asked, string written)
    {
        var rule = Assert.Single(Infer(Shop, $"shop/web shop/api {asked}").Policies.Single(static p => p.Name == "allow-api").Ingress!);
        var ports = (rule.Ports ?? []).Select(static port => $"{port.Protocol} {port.Port}{(port.EndPort is { } end ? $"-{end}" : "")}".Trim());
        Assert.Equal(written, string.Join(", ", ports));
    }

    [Fact]
    public void A_whole_namespace_is_selected_by_its_name_with_the_pods_to_come()
    {
        var made = Infer(Shop, "ns:ops shop/api TCP 80", "ns:shop ns:shop TCP 9000");
        var peer = Assert.Single(Assert.Single(made.Policies.Single(static p => NameOf(p) == "shop/allow-api").Ingress!).Peers!);
        Assert.Equal(("kubernetes.io/metadata.name=ops", true), (peer.NamespaceSelector!.ToString(), peer.PodSelector is null));
        Assert.Equal("<everything>", made.Policies.Single(static p => NameOf(p) == "shop/allow-all-pods").Ingress![0].Peers![0].PodSelector!.ToString());
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.0.0.0-10.0.0.2", "10.0.0.0/31, 10.0.0.2/32")]
    [InlineData("0.0.0.0-9.255.255.255,11.0.0.0-255.255.255.255", "0.0.0.0/0 except 10.0.0.0/8")]
    [InlineData("192.0.2.7", "192.0.2.7/32")]
    [InlineData("::/0", "::/0")]
    [InlineData("2001:db8::1", "2001:db8::1/128")]
    [InlineData("0.0.0.0-255.255.255.255", "0.0.0.0/0")]
    public void Addresses_become_the_fewest_blocks(string addresses, string blocks)
    {
        var peers = Assert.Single(Infer(Shop, $"shop/web addr:{addresses} All").Policies.Single(static p => p.Name == "allow-web").Egress!).Peers!;
        Assert.Equal(blocks,
            string.Join(", ", peers.Select(static p => p.IPBlock!.Cidr + (p.IPBlock.Except.Count > 0 ? " except " + string.Join(' ', p.IPBlock.Except) : ""))));
    }

    [Fact]
    public void Twins_that_are_asked_for_together_are_selected_together()
    {
        var twins = Given.Cluster(Given.Pod("x/a", "app: twin"), Given.Pod("x/b", "app: twin"), Given.Pod("x/c", "app: c"));
        var made = Infer(twins, "x/c x/a TCP 80", "x/c x/b TCP 80");
        Assert.Empty(made.Diagnostics);
        Assert.Equal("app=twin", made.Policies.Single(static p => p.Name == "allow-a-b").PodSelector.ToString());
    }

    [Fact]
    public void Of_twins_of_which_more_is_asked_than_of_the_other_that_is_left_out_and_told()
    {
        var twins = Given.Cluster(Given.Pod("x/a", "app: twin"), Given.Pod("x/b", "app: twin"), Given.Pod("x/c", "app: c"));
        var made = Infer(twins, "x/c x/a TCP 80-81", "x/c x/b TCP 80");
        var told = Assert.Single(made.Diagnostics);
        Assert.Equal((DiagnosticId.Unselectable, DiagnosticSeverity.Error), (told.Id, told.Severity));
        Assert.StartsWith("x/a[Pod] cannot be selected: it has the same labels as x/b[Pod] (app=twin)", told.Message, StringComparison.Ordinal);
        Assert.Equal(80, Assert.Single(made.Policies.Single(static p => p.Name == "allow-a-b").Ingress![0].Ports!).Port!.Value.Number);
    }

    [Fact]
    public void A_host_network_pod_is_told_to_be_selected_by_none()
    {
        var cluster = Given.Cluster(Given.Pod("x/agent", "app: agent", "hostNetwork: true"), Given.Pod("x/c", "app: c"));
        var made = Infer(cluster, "x/agent x/c TCP 80");
        Assert.Contains("hostNetwork", Assert.Single(made.Diagnostics).Message, StringComparison.Ordinal);
        Assert.Equal(["x/default-deny"], made.Policies.Select(NameOf));
    }

    [Fact]
    public void What_a_block_opens_between_pods_inside_it_is_told()
    {
        var cluster = Given.Cluster(Given.Pod("x/a", "app: a", status: "podIP: 10.0.0.1"), Given.Pod("x/b", "app: b", status: "podIP: 10.0.0.2"));
        var told = Assert.Single(Infer(cluster, "x/a addr:10.0.0.0/8 TCP 80", "addr:10.0.0.0/8 x/b TCP 80").Diagnostics);
        Assert.Equal((DiagnosticId.NotAsAsked, DiagnosticSeverity.Warning), (told.Id, told.Severity));
        Assert.Contains("x/a[Pod] -> x/b[Pod] on TCP 80", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_without_any_label_are_selected_with_their_whole_namespace_and_that_is_told()
    {
        var made = Infer(Given.Cluster(Given.Pod("x/a"), Given.Pod("other/c", "app: c")), "other/c x/a TCP 80");
        Assert.Equal(DiagnosticId.SelectsWholeNamespace, Assert.Single(made.Diagnostics).Id);
    }

    [Fact]
    public void Names_are_valid_and_distinct_however_long_those_of_workloads_are()
    {
        var name = new string('n', 80);
        var cluster = Given.Cluster(
            Given.Workload("Deployment", $"x/{name}1", "app: a"), Given.Workload("Deployment", $"x/{name}2", "app: b"),
                Given.Workload("Deployment", "x/odd-name", "app: c"));
        var made = Infer(cluster, $"x/{name}1 x/{name}2 TCP 1", $"x/{name}2 x/odd-name TCP 2").Policies;
        Assert.All(made, static policy => Assert.Null(NameRules.CheckSubdomain(policy.Name)));
        Assert.Distinct(made.Select(static policy => policy.Name));
        Assert.Contains("allow-odd-name", made.Select(static policy => policy.Name));
    }

    [Theory]
    [InlineData("Deny", DiagnosticSeverity.Error,
        "^Policies of the admin tiers deny what was asked for, and no NetworkPolicy can open it: .*web.* -> .*api.* on TCP 80, by ClusterNetworkPolicy p\\.$")]
    [InlineData("Accept", DiagnosticSeverity.Warning,
        "^Policies of the admin tiers allow what was not asked for, and no NetworkPolicy can close it: .* on .*, by ClusterNetworkPolicy p( and \\d+ "
        + "more)?\\.$")]
    public void What_admin_policies_decide_before_the_policies_made_is_said(string action, DiagnosticSeverity severity, string message)
    {
        var from = action == "Deny" ? "web" : "api";
        var cluster = Given.Cluster(
            Given.Workload("Deployment", "shop/web", "app: web"),
            Given.Workload("Deployment", "shop/api", "app: api"),
            $"{{apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {{name: p}}, spec: {{tier: Admin, priority: 1, "
                + $"subject: {{namespaces: {{}}}}, "
                + $"egress: [{{action: {action}, to: [{{namespaces: {{}}}}]}}], ingress: [{{action: {action}, from: [{{pods: {{podSelector: {{matchLabels: "
                    + $"{{app: {from}}}}}}}}}]}}]}}}}");
        var told = Assert.Single(Infer(cluster, "shop/web shop/api TCP 80").Diagnostics, static told => told.Id == DiagnosticId.NotAsAsked);
        Assert.Equal(severity, told.Severity);
        Assert.Matches(message, told.Message);
    }

    /// <summary>Lines such as <c>shop/web shop/api TCP 80</c>; <c>ns:shop</c> is a namespace, <c>addr:10.0.0.0/8</c> addresses.</summary>
    private static InferredPolicies Infer(Cluster cluster, params string[] lines)
    {
        var directory = new EndDirectory(cluster.Snapshot);
        return PolicyInference.Infer(directory, lines.Select(line =>
        {
            var parts = line.Split(' ', 3);
            Assert.True(PortSet.TryParse(parts[2], out var ports));
            return new Traffic(Find(parts[0]), Find(parts[1]), ports);
        }));

        TrafficEnd Find(string text)
        {
            if (text.StartsWith("ns:", StringComparison.Ordinal))
                return directory.Find(ConnectionEnd.InCluster(text[3..], text[3..], Namespace.KindName))!;
            if (text.StartsWith("addr:", StringComparison.Ordinal))
                return directory.Find(ConnectionEnd.Outside(text[5..]))!;
            var (ns, name) = (text.Split('/')[0], text.Split('/')[1]);
            return directory.Find(ConnectionEnd.InCluster(ns, name, "Deployment")) ?? directory.Find(ConnectionEnd.InCluster(ns, name, "Pod"))!;
        }
    }

    private static string NameOf(NetworkPolicy policy) => $"{policy.Metadata.Namespace}/{policy.Name}";
}
