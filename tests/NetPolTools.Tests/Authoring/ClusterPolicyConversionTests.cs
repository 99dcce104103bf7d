using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Authoring.ClusterPolicies;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Difference;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Authoring;

/// <summary>Policies of v1alpha1 become ClusterNetworkPolicies that decide the same, or stay what they are for a reason that is named.</summary>
public sealed class ClusterPolicyConversionTests
{
    private const string DenyWeb = "ingress: [{action: Deny, from: [{namespaces: {}}]}]";

    /// <summary>With a policy of each kind; priorities differ, since equal ones are refused.</summary>
    private static Gen<RandomCluster> Clusters =>
        from cluster in RandomClusterGenerator.Cluster()
        from first in RandomAdminPolicyGenerator.Policy(AdminPolicyKind.AdminNetworkPolicy, "first")
        from second in RandomAdminPolicyGenerator.Policy(AdminPolicyKind.AdminNetworkPolicy, "second")
        from baseline in RandomAdminPolicyGenerator.Policy(AdminPolicyKind.BaselineAdminNetworkPolicy, "")
        select new RandomCluster([.. cluster.Objects, first with { Priority = 3 }, second with { Priority = 7 }, baseline]);

    [Fact]
    public void Converted_policies_decide_the_same_in_every_cluster() => Always.Holds(Clusters, 60, static cluster =>
    {
        var conversion = new ClusterPolicyConversion(cluster.Snapshot);
        Assert.DoesNotContain(conversion.Problems, static problem => problem.Severity == DiagnosticSeverity.Error);
        Assert.Equal(3, conversion.Replaced.Count);
        Assert.All(conversion.Policies, static policy => Assert.Empty(AdminPolicyRules.Check(policy)));
        var converted = cluster.Snapshot.Without(conversion.Replaced).With(conversion.Policies);
        Assert.All(converted.PolicyObjects, static policy => Assert.Equal("ClusterNetworkPolicy", policy.Kind));
        Assert.Empty(new ReachabilityDifference(Side(cluster.Snapshot), Side(converted), new ConnectionQuery { By = GroupBy.Pod }).List());

        static DifferenceSide Side(ClusterSnapshot snapshot) => new(snapshot, ReachabilityMap.Compile(snapshot, new ReachabilityOptions()));
    });

    [Fact]
    public void What_is_converted_is_written_in_the_words_of_v1alpha2()
    {
        var cluster = Given.Cluster(Old("web", """
            priority: 12
            subject: {pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}}
            ingress:
            - {name: in, action: Allow, from: [{namespaces: {matchLabels: {team: a}}}], ports: [{portNumber: {port: 80}}, {portRange: {protocol: UDP, start: 1, end: 9}}, {namedPort: http}]}
            egress:
            - {action: Pass, to: [{networks: [10.0.0.0/8]}, {nodes: {}}, {domainNames: [example.com]}], ports: []}
            - {action: Deny, to: [{namespaces: {}}], ports: [{portRange: {start: 80, end: 80}}]}
            """));
        var made = Assert.Single(Converted(cluster));
        Assert.Equal(
            """
            apiVersion: policy.networking.k8s.io/v1alpha2
            kind: ClusterNetworkPolicy
            metadata:
              name: web
            spec:
              tier: Admin
              priority: 12
              subject:
                pods:
                  namespaceSelector: {}
                  podSelector:
                    matchLabels:
                      app: web
              ingress:
              - name: in
                action: Accept
                from:
                - namespaces:
                    matchLabels:
                      team: a
                protocols:
                - tcp:
                    destinationPort:
                      number: 80
                - udp:
                    destinationPort:
                      range:
                        start: 1
                        end: 9
                - destinationNamedPort: http
              egress:
              - action: Pass
                to:
                - networks:
                  - 10.0.0.0/8
                - nodes: {}
                - domainNames:
                  - example.com
              - action: Deny
                to:
                - namespaces: {}
                protocols:
                - tcp:
                    destinationPort:
                      number: 80
            """.ReplaceLineEndings("\n"),
            Yaml(made).Replace("---\n", "", StringComparison.Ordinal).TrimEnd());
    }

    [Fact]
    public void A_baseline_policy_stands_last_in_its_tier_and_gets_a_name_that_is_free()
    {
        var made = Converted(
            Given.Cluster(Old("default", $"priority: 5\nsubject: {{namespaces: {{}}}}\n{DenyWeb}"), Baseline($"subject: {{namespaces: {{}}}}\n{DenyWeb}")));
        Assert.Equal([("Admin", 5, "default"), ("Baseline", 1000, "default-baseline")],
            made.Select(static policy => (policy.Tier!, policy.Priority!.Value, policy.Name)));
    }

    [Fact]
    public void More_peers_and_ports_than_v1alpha2_takes_are_rules_of_the_same_action_in_a_row()
    {
        var peers = string.Join(", ", Enumerable.Range(0, 60).Select(static i => $"{{namespaces: {{matchLabels: {{n: \"{i}\"}}}}}}"));
        var ports = string.Join(", ", Enumerable.Range(1, 30).Select(static i => $"{{portNumber: {{port: {i}}}}}"));
        var made = Assert.Single(
            Converted(Given.Cluster(Old("p", $"priority: 1\nsubject: {{namespaces: {{}}}}\ningress: [{{action: Deny, from: [{peers}], ports: [{ports}]}}]"))));
        Assert.Equal([(25, 25), (25, 5), (25, 25), (25, 5), (10, 25), (10, 5)], made.Ingress!.Select(static rule => (rule.Peers!.Count, rule.Ports!.Count)));
    }

    [Fact]
    public void More_rules_than_v1alpha2_takes_are_policies_that_follow_each_other()
    {
        var made = Converted(Given.Cluster(Old("p", $"priority: 998\nsubject: {{namespaces: {{}}}}\n{Rules(60)}")));
        Assert.Equal([("p", 998, 25), ("p-2", 999, 25), ("p-3", 1000, 10)],
            made.Select(static policy => (policy.Name, policy.Priority!.Value, policy.Egress!.Count)));
    }

    [Theory]
    [InlineData("priority: 999", "priority: 1", "needs the priorities 999 to 1001, which are not all free")]
    [InlineData("priority: 1", "priority: 3", "needs the priorities 1 to 3, which are not all free")]
    public void Without_free_places_for_its_parts_a_policy_stays_what_it_is(string own, string others, string why)
    {
        var cluster = Given.Cluster(
            Old("long", $"{own}\nsubject: {{namespaces: {{}}}}\n{Rules(60)}"), Old("other", $"{others}\nsubject: {{namespaces: {{}}}}\n{DenyWeb}"));
        AssertRefused(cluster, ("AdminNetworkPolicy long", why), ("AdminNetworkPolicy other", "which cannot be"));
    }

    [Fact]
    public void Equal_priorities_have_no_order_to_be_kept() => AssertRefused(
        Given.Cluster(Old("a", $"priority: 5\nsubject: {{namespaces: {{}}}}\n{DenyWeb}"), Old("b", $"priority: 5\nsubject: {{namespaces: {{}}}}\n{DenyWeb}")),
        ("AdminNetworkPolicy a", "AdminNetworkPolicy b has the priority 5 too"),
        ("AdminNetworkPolicy b", "AdminNetworkPolicy a has the priority 5 too"));

    [Fact]
    public void Beside_ClusterNetworkPolicies_of_the_tier_there_is_no_order_to_be_kept()
    {
        var cluster = Given.Cluster(
            Old("a", $"priority: 5\nsubject: {{namespaces: {{}}}}\n{DenyWeb}"),
            Baseline($"subject: {{namespaces: {{}}}}\n{DenyWeb}"),
            New("c", $"tier: Admin\npriority: 3\nsubject: {{namespaces: {{}}}}\n{DenyWeb}"));
        AssertRefused(cluster, ("AdminNetworkPolicy a", "ClusterNetworkPolicy c stands in the Admin tier too"));
        Assert.Equal("default", Assert.Single(new ClusterPolicyConversion(cluster.Snapshot).Policies).Name);
    }

    [Fact]
    public void A_form_of_a_later_version_is_refused_with_its_place() => AssertRefused(
        Given.Cluster(Old("a", "priority: 5\nsubject: {namespaces: {}}\negress: [{action: Deny, to: [{services: {}}]}]")),
        ("AdminNetworkPolicy a", "spec.egress[0].to[0] is a form that a ClusterNetworkPolicy does not have"));

    [Fact]
    public void A_rule_without_any_port_that_is_one_is_left_out_with_a_warning()
    {
        var cluster = Given.Cluster(
            Old("a", "priority: 5\nsubject: {namespaces: {}}\ningress: [{action: Deny, from: [{namespaces: {}}], ports: [{portNumber: {protocol: tcp, "
            + "port: 80}}, {portRange: {start: 9, end: 1}}]}]"));
        var conversion = new ClusterPolicyConversion(cluster.Snapshot);
        var problem = Assert.Single(conversion.Problems);
        Assert.Equal((DiagnosticId.InertRules, DiagnosticSeverity.Warning, "spec.ingress[0]"), (problem.Id, problem.Severity, problem.FieldPath));
        Assert.Empty(Assert.Single(conversion.Policies).Rules(PolicyDirection.Ingress));
    }

    [Theory]
    [InlineData("egress: [{action: Accept, to: [{namespaces: {}}]}, {action: Deny, to: [{networks: [10.0.0.0/8]}]}]", true)]
    [InlineData("egress: [{action: Accept, to: [{namespaces: {}}]}, {action: Deny, to: [{networks: [10.0.0.0/9]}]}, {action: Deny, to: [{networks: "
        + "[10.0.0.0/8]}]}]", false)]
    [InlineData("egress: [{action: Deny, to: [{networks: [10.0.0.0/8]}]}, {action: Accept, to: [{namespaces: {}}]}]", false)]
    [InlineData("egress: [{action: Accept, to: [{namespaces: {}}]}, {action: Pass, to: [{networks: [10.0.0.0/8]}]}]", false)]
    [InlineData("egress: [{action: Accept, to: [{namespaces: {}}]}, {action: Deny, to: [{networks: [10.0.0.0/8]}], protocols: [{tcp: {destinationPort: "
        + "{number: 80}}}]}]", false)]
    [InlineData("egress: [{action: Accept, to: [{namespaces: {}}]}]", false)]
    [InlineData("ingress: [{action: Accept, from: [{namespaces: {}}]}]", false)]
    public void What_decides_the_same_is_told_from_what_does_not(string rules, bool same)
    {
        var old = Read(Old("a",
            "priority: 5\nsubject: {namespaces: {}}\negress: [{action: Allow, to: [{namespaces: {}}]}, {action: Deny, to: [{networks: [10.0.0.0/8]}]}]"));
        Assert.Equal(same, SameDecisions.Are(old, [Read(New("a", $"tier: Admin\npriority: 5\nsubject: {{namespaces: {{}}}}\n{rules}"))]));
        Assert.False(SameDecisions.Are(old, [Read(New("a", $"tier: Baseline\npriority: 5\nsubject: {{namespaces: {{}}}}\n{rules}"))]));
        Assert.False(SameDecisions.Are(old, [Read(New("a", $"tier: Admin\npriority: 5\nsubject: {{namespaces: {{matchLabels: {{a: b}}}}}}\n{rules}"))]));
    }

    private static AdminPolicy[] Converted(Cluster cluster)
    {
        Assert.Empty(cluster.Errors);
        var conversion = new ClusterPolicyConversion(cluster.Snapshot);
        Assert.Empty(conversion.Problems);
        return [.. conversion.Policies];
    }

    private static void AssertRefused(Cluster cluster, params (string Policy, string Why)[] expected)
    {
        var problems = new ClusterPolicyConversion(cluster.Snapshot).Problems;
        Assert.Equal(expected.Select(static policy => policy.Policy), problems.Select(static problem => problem.Object!.ToString())
            .Order(StringComparer.Ordinal));
        foreach (var (policy, why) in expected)
            Assert.Contains(why, Assert.Single(problems, problem => problem.Object!.ToString() == policy).Message, StringComparison.Ordinal);
        Assert.All(problems, static problem => Assert.Equal((DiagnosticId.NotConverted, DiagnosticSeverity.Error), (problem.Id, problem.Severity)));
    }

    private static AdminPolicy Read(string manifest) => (AdminPolicy)Assert.Single(Given.Cluster(manifest).Snapshot.PolicyObjects);

    private static string Rules(int count) =>
        "egress:\n" + string.Join('\n', Enumerable.Range(1, count)
            .Select(static i => $"- {{action: {(i % 2 == 0 ? "Allow" : "Deny")}, to: [{{namespaces: {{}}}}], ports: [{{portNumber: {{port: {i}}}}}]}}"));

    private static string Yaml(AdminPolicy policy) => YamlManifestWriter.Write(CanonicalManifest.Of(AdminPolicyManifest.Of(policy)));

    private static string Old(string name, string spec) => Manifest("AdminNetworkPolicy", "v1alpha1", name, spec);

    private static string Baseline(string spec) => Manifest("BaselineAdminNetworkPolicy", "v1alpha1", "default", spec);

    private static string New(string name, string spec) => Manifest("ClusterNetworkPolicy", "v1alpha2", name, spec);

    private static string Manifest(string kind, string version, string name, string spec) =>
        $"apiVersion: policy.networking.k8s.io/{version}\nkind: {kind}\nmetadata: {{name: {name}}}\nspec:\n  {spec.ReplaceLineEndings("\n  ")}";
}
