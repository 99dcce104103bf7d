using NetPolTools.Asking;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Difference;
using NetPolTools.Explaining;
using NetPolTools.Isolation;
using NetPolTools.Kubectl;
using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Tests.CommandLine;
using NetPolTools.Tests.Support;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Dialects;

/// <summary>Every answer knows the policies of the admin tiers.</summary>
public sealed class AdminTierAnswersTests
{
    private const string DenyDatabase =
        "egress: [{name: no-db, action: Deny, to: [{pods: {podSelector: {matchLabels: {app: db}}}}], protocols: [{tcp: {destinationPort: {number: 3306}}}]}]";

    private static readonly string[] Pods = [Given.Pod("shop/web", "app: web"), Given.Pod("shop/db", "app: db")];

    [Fact]
    public void An_explanation_names_tier_rule_and_place_and_who_decides_the_rest()
    {
        var cluster = Given.Cluster([.. Pods, Policy("p", DenyDatabase),
            Given.Policy("podSelector: {matchLabels: {app: web}}\npolicyTypes: [Egress]\negress: [{ports: [{port: 3306}, {port: 80}]}]", "shop/web")]);
        var lines = Explain(cluster, "shop/web", "shop/db").Egress.Lines().ToArray();
        Assert.Equal("egress: shop/web is under ClusterNetworkPolicy p and isolated by shop/web", lines[0]);
        Assert.Matches("""^  Admin tier: ClusterNetworkPolicy p spec\.egress\[0\] \(input:\d+:\d+\) "no-db" denies TCP 3306: to\[0\]: pods with app=db of every namespace$""", lines[1]);
        Assert.Equal("  NetworkPolicies decide TCP 1-3305,3307-65535 UDP 1-65535 SCTP 1-65535", lines[2]);
        Assert.Matches("""^    shop/web spec\.egress\[0\] \(input:\d+:\d+\) allows TCP 80: every peer$""", lines[3]);
    }

    [Fact]
    public void What_is_passed_says_to_whom()
    {
        var cluster = Given.Cluster([.. Pods, Policy("p", "egress: [{action: Pass, to: [{namespaces: {}}]}]"),
            Policy("b", "egress: [{action: Deny, to: [{namespaces: {}}]}]", tier: "Baseline")]);
        var lines = Explain(cluster, "shop/web", "shop/db").Egress.Lines().ToArray();
        Assert.Contains(" passes All to Baseline tier", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("  Baseline tier: ClusterNetworkPolicy b spec.egress[0]", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_names_the_policy_and_a_changed_priority_counts()
    {
        var allow = Policy("allow", "egress: [{action: Accept, to: [{namespaces: {}}]}]", 10);
        var (before, after) = (Given.Cluster([.. Pods, allow, Policy("p", DenyDatabase, 20)]), Given.Cluster([.. Pods, allow, Policy("p", DenyDatabase, 5)]));
        var difference = Compared.Of(before, after);
        var change = Assert.Single(difference.Policies);
        Assert.Equal("~ClusterNetworkPolicy p", change.ToString());
        Assert.All(difference.List(), line => Assert.Equal([change], line.Policies));
        Assert.NotEmpty(difference.List());
    }

    [Fact]
    public void A_difference_names_only_policies_that_decide_otherwise_at_a_port_that_changed()
    {
        var (open, quiet, loud) = (
            Policy("open", "egress: [{action: Accept, to: [{namespaces: {}}]}]", 30),
            Policy("other", "egress: [{action: Deny, to: [{namespaces: {}}], protocols: [{tcp: {destinationPort: {number: 22}}}]}]", 10),
            Policy("other", "egress: [{name: renamed, action: Deny, to: [{namespaces: {}}], protocols: [{tcp: {destinationPort: {number: 23}}}, {tcp: "
                + "{destinationPort: {number: 22}}}]}]", 10));
        var (before, after) = (Given.Cluster([.. Pods, open, quiet]), Given.Cluster([.. Pods, open, loud, Policy("p", DenyDatabase, 20)]));
        var query = new ConnectionQuery { From = [EndpointPattern.Parse("shop/web")], To = [EndpointPattern.Parse("shop/db")] };
        var difference = Compared.Of(before, after, query with { Ports = PortSet.Of(Protocol.TCP, 3306) });
        Assert.Equal(["+ClusterNetworkPolicy p", "~ClusterNetworkPolicy other"], difference.Policies.Select(static policy => policy.ToString()).Order());
        Assert.Equal("+ClusterNetworkPolicy p", Assert.Single(Assert.Single(difference.List()).Policies).ToString());
        Assert.Equal(
            ["+ClusterNetworkPolicy p", "~ClusterNetworkPolicy other"],
            Assert.Single(Compared.Of(before, after, query).List()).Policies.Select(static policy => policy.ToString()).Order());
    }

    [Fact]
    public void A_difference_to_an_address_names_the_policy_that_decides_it()
    {
        const string Rules = "egress: [{action: Deny, to: [{networks: [192.0.2.0/24]}]}]";
        var (before, after) = (Given.Cluster([.. Pods, Policy("q", Rules, 20)]),
            Given.Cluster([.. Pods, Policy("q", Rules, 30), Policy("p", Rules.Replace("Deny", "Accept", StringComparison.Ordinal), 25)]));
        var lines = Compared.Of(before, after, new ConnectionQuery { From = [EndpointPattern.Parse("shop/web")] }).List().ToArray();
        var line = Assert.Single(lines);
        Assert.Equal("192.0.2.0-192.0.2.255", line.Destination.ToString());
        Assert.Equal(["+ClusterNetworkPolicy p", "~ClusterNetworkPolicy q"], line.Policies.Select(static policy => policy.ToString()).Order());
    }

    [Fact]
    public void Labels_of_namespaces_that_the_input_lacks_are_a_doubt_where_an_admin_policy_goes_by_them()
    {
        var byLabel = Policy("p", "egress: [{action: Deny, to: [{namespaces: {matchLabels: {team: x}}}]}]");
        var cluster = Given.Cluster([Given.Pod("shop/web", "app: web"), Given.Pod("data/db", "app: db"), byLabel]);
        const string Note = "depends on labels of namespaces data, shop, which the input does not hold";
        Assert.All(cluster.List().Where(static line => line.Destination.Namespace is not null && line.Source.Namespace is not null), static line =>
            Assert.Contains(Note, line.Notes));
        var answer = new TestQuestion([EndpointPattern.Parse("shop/web")], [EndpointPattern.Parse("data/db")])
            .Ask(new ClusterEvaluator(cluster.Snapshot), QuestionWords.Plain);
        Assert.Equal("the answer " + Note, Assert.Single(answer.Value!.Doubts).Text);

        var byName = Policy("p", "egress: [{action: Deny, to: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: data}}}]}]");
        Assert.Null(Given.Cluster([Given.Pod("shop/web", "app: web"), Given.Pod("data/db", "app: db"), byName]).Map.NamespaceDoubts);
        var earlier = Policy("first", "egress: [{action: Accept, to: [{namespaces: {}}]}]", 1);
        Assert.All(
            Given.Cluster([Given.Pod("shop/web", "app: web"), Given.Pod("data/db", "app: db"), byLabel, earlier]).List(),
            static line => Assert.DoesNotContain(Note, line.Notes));
    }

    [Fact]
    public void An_allow_above_a_default_deny_of_a_namespace_is_said()
    {
        var deny = Given.Policy("{podSelector: {}, policyTypes: [Ingress]}", "shop/deny");
        var allow = Policy("monitoring",
            "ingress: [{action: Accept, from: [{namespaces: {matchLabels: {team: x}}}], protocols: [{tcp: {destinationPort: {number: 9100}}}]}]");
        string Summary(params string[] policies)
        {
            var cluster = Given.Cluster([.. Pods, Given.Namespace("x", "team: x"), Given.Pod("x/a", "app: a"), .. policies]);
            return new IsolationReport(cluster.Snapshot, cluster.Map, ["shop"]).Namespaces().Single().Summary;
        }

        Assert.Equal("ingress default deny", Summary(deny));
        Assert.Equal("ingress default deny, but ClusterNetworkPolicy monitoring allows some ingress", Summary(deny, allow));
        Assert.Equal("ingress default deny", Summary(deny, allow, Policy("never", "ingress: [{action: Deny, from: [{namespaces: {}}]}]", 1)));
        Assert.Equal("wide open", Summary(allow));
    }

    [Fact]
    public void A_difference_tells_what_becomes_undetermined()
    {
        var (before, after) = (Given.Cluster([.. Pods, Policy("p", DenyDatabase)]),
            Given.Cluster([.. Pods, Policy("p", DenyDatabase), Policy("q", "egress: [{action: Accept, to: [{namespaces: {}}]}]")]));
        var query = new ConnectionQuery { From = [EndpointPattern.Parse("shop/web")], To = [EndpointPattern.Parse("shop/db")] };
        var change = Assert.Single(Compared.Of(before, after, query).List());
        Assert.Equal((ChangeKind.Changed, "TCP 3306"), (change.Kind, change.UndeterminedAfter.ToString()));
        Assert.Contains(change.Notes, static note => note.StartsWith("after: TCP 3306 undetermined", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DenyDatabase, IsolationState.Restricted)]
    [InlineData("egress: [{action: Deny, to: [{namespaces: {}}, {networks: [0.0.0.0/0, '::/0']}]}]", IsolationState.Denied)]
    [InlineData("egress: [{action: Accept, to: [{pods: {podSelector: {matchLabels: {app: db}}}}]}, {action: Deny, to: [{namespaces: {}}, {networks: "
        + "[0.0.0.0/0, '::/0']}]}]", IsolationState.Isolated)]
    [InlineData("egress: [{action: Accept, to: [{namespaces: {}}]}]", IsolationState.Open)]
    public void Isolation_tells_restricted_from_isolated(string rules, IsolationState state)
    {
        var cluster = Given.Cluster([.. Pods, Policy("p", rules)]);
        var web = new IsolationReport(cluster.Snapshot, cluster.Map, []).Workloads().Single(static workload => workload.End.Name == "web");
        Assert.Equal(state, web.Egress.State);
        Assert.Equal(["ClusterNetworkPolicy p"], web.Egress.PolicyNames);
    }

    [Fact]
    public void A_namespace_whose_pods_to_come_are_denied_by_a_baseline_has_a_default_deny()
    {
        var cluster = Given.Cluster([.. Pods,
            Policy("base", "ingress: [{action: Deny, from: [{namespaces: {}}]}]\negress: [{action: Deny, to: [{namespaces: {}}]}]", tier: "Baseline")]);
        var ns = Assert.Single(new IsolationReport(cluster.Snapshot, cluster.Map, []).Namespaces());
        Assert.Equal("default deny", ns.Summary);
        Assert.Equal(["ClusterNetworkPolicy base"], ns.IngressDefaultNames);
    }

    [Fact]
    public void A_test_that_depends_on_what_is_not_known_is_no_answer_and_says_so()
    {
        using var folder = new ManifestFolder();
        folder.Write("all.yaml", Given.Documents([.. Pods, Policy("p", DenyDatabase), Policy("q", "egress: [{action: Accept, to: [{namespaces: {}}]}]")]));
        var tested = Netpol.Run(null, "test", folder.Path, "--from", "shop/web", "--to", "shop/db", "--port", "3306", "--protocol", "tcp");
        Assert.Equal(ExitCode.NotAnswered, tested.ExitCode);
        Assert.Contains("cannot be told", tested.Errors, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Answered,
            Netpol.Run(null, "test", folder.Path, "--from", "shop/web", "--to", "shop/db", "--port", "80", "--protocol", "tcp").ExitCode);
    }

    [Fact]
    public void JSON_has_a_line_of_its_own_for_what_is_undetermined()
    {
        using var folder = new ManifestFolder();
        folder.Write("all.yaml", Given.Documents([.. Pods, Policy("p", DenyDatabase), Policy("q", "egress: [{action: Accept, to: [{namespaces: {}}]}]")]));
        var listed = Netpol.Run(null, "reach", folder.Path, "--from", "shop/web", "--to", "shop/db", "-o", "json");
        Assert.Contains("\"ports\":\"TCP 3306\",\"verdict\":\"Undetermined\"", listed.Output, StringComparison.Ordinal);
        Assert.Contains("\"verdict\":\"Allowed\"", listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_of_a_policy_reads_back()
    {
        var policies = Given.Cluster(
            Policy("p", DenyDatabase),
            Policy("q", "ingress: [{action: Pass, from: [{pods: {namespaceSelector: {}, podSelector: {matchExpressions: [{key: a, operator: Exists}]}}}], "
                + "protocols: [{destinationNamedPort: web}, {udp: {destinationPort: {range: {start: 1, end: 9}}}}]}]"),
            """
            apiVersion: policy.networking.k8s.io/v1alpha1
            kind: BaselineAdminNetworkPolicy
            metadata: {name: default}
            spec:
              subject: {pods: {namespaceSelector: {}, podSelector: {}}}
              egress: [{action: Allow, to: [{nodes: {}}, {networks: [10.0.0.0/8]}], ports: [{portNumber: {port: 80}}, {portRange: {protocol: UDP, start: 1, end: 2}}]}]
            """).Snapshot.PolicyObjects.Cast<AdminPolicy>().ToArray();
        Assert.Equal(3, policies.Length);
        foreach (var policy in policies)
        {
            var manifest = AdminPolicyManifest.Of(policy);
            var again = Cluster.Of(YamlManifestWriter.Write(CanonicalManifest.Of(manifest)));
            Assert.Empty(again.Errors);
            Assert.Equal(manifest, AdminPolicyManifest.Of((AdminPolicy)Assert.Single(again.Snapshot.PolicyObjects)));
        }
    }

    private static Explanation Explain(Cluster cluster, string from, string to)
    {
        var query = new ConnectionQuery { From = [EndpointPattern.Parse(from)], To = [EndpointPattern.Parse(to)], IncludeDenied = true };
        var (source, destination) = cluster.List(query)[0].Example;
        return new Explainer(cluster.Map).Explain(source, destination, PortSet.All);
    }

    private static string Policy(string name, string rules, int priority = 10, string tier = "Admin") => $$"""
        apiVersion: policy.networking.k8s.io/v1alpha2
        kind: ClusterNetworkPolicy
        metadata: {name: {{name}}}
        spec:
          tier: {{tier}}
          priority: {{priority}}
          subject: {namespaces: {} }
          {{rules.Replace("\n", "\n  ", StringComparison.Ordinal)}}
        """;
}
