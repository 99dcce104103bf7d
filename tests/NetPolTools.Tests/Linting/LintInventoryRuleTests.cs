using NetPolTools.Linting;
using static NetPolTools.Tests.Linting.Lint;

namespace NetPolTools.Tests.Linting;

/// <summary>What rules about labels and ports find, and what they must not find.</summary>
public sealed class LintInventoryRuleTests
{
    private const string Ingress = "policyTypes: [Ingress]";

    [Fact]
    public void A_policy_for_pods_on_the_host_network_alone_is_a_warning()
    {
        var finding = Assert.Single(Find("NP006", All(Workload("web", spec: "hostNetwork: true"), Policy("web", Ingress))));
        Assert.Equal(LintSeverity.Warning, finding.Severity);
        Assert.Equal("spec.podSelector", finding.FieldPath);
    }

    [Fact]
    public void A_policy_for_all_pods_of_a_namespace_in_which_some_are_on_the_host_network_is_fine() =>
        Assert.Empty(Find("NP006", All(Workload("agent", spec: "hostNetwork: true"), Workload("web"), Policy("", Ingress))));

    [Fact]
    public void A_policy_for_labels_that_other_pods_have_too_is_a_note()
    {
        const string SameLabels = """
            {apiVersion: v1, kind: Pod, metadata: {name: other, namespace: a, labels: {app: agent}}, spec: {containers: [{name: c, image: x}]}}

            """;
        var finding = Assert.Single(Find("NP006", All(Workload("agent", spec: "hostNetwork: true"), SameLabels, Policy("agent", Ingress))));
        Assert.Equal(LintSeverity.Note, finding.Severity);
    }

    [Fact]
    public void A_policy_that_selects_nothing_is_told_what_it_may_mean()
    {
        var finding = Assert.Single(Find("NP008", All(Workload("web"), Policy("wbe", Ingress))));
        Assert.Contains("app=web", finding.Message, StringComparison.Ordinal);
        Assert.Equal("app: web", finding.Corrections[0].Text);
    }

    [Fact]
    public void A_policy_for_all_pods_of_an_empty_namespace_is_meant_for_pods_to_come() =>
        Assert.Empty(Find("NP008", All(Namespace("a"), Policy("", Ingress)), LintCompleteness.All));

    [Theory]
    [InlineData("{apiVersion: batch/v1, kind: CronJob, metadata: {name: job, namespace: a}, spec: {schedule: '* * * * *', jobTemplate: {spec: {template: "
        + "{metadata: {labels: {app: job}}, spec: {containers: [{name: c, image: x}]}}}}}}")]
    [InlineData("{apiVersion: batch/v1, kind: Job, metadata: {name: job, namespace: a}, spec: {template: {metadata: {labels: {app: job}}, spec: "
        + "{containers: [{name: c, image: x}]}}}, status: {conditions: [{type: Complete, status: 'True'}]}}")]
    public void Templates_of_jobs_count_as_pods(string job) =>
        Assert.Empty(Find("NP008", All(Workload("web"), job + "\n", Policy("job", Ingress)), LintCompleteness.All));

    [Fact]
    public void Pods_that_only_an_operator_makes_are_not_missed() => Assert.Empty(Find("NP008", All(
        Workload("web"), Policy("", Ingress).Replace("podSelector: {}", "podSelector: {matchLabels: {cnpg.io/cluster: db}}", StringComparison.Ordinal))));

    [Fact]
    public void A_namespace_of_which_nothing_is_in_the_input_is_left_alone() => Assert.Empty(Find("NP008", All(Workload("web", "b"), Policy("wbe", Ingress))));

    [Fact]
    public void Where_the_input_is_all_there_is_any_peer_without_pods_is_dead()
    {
        var manifests = All(Workload("web"), Workload("db"), Policy("db", "ingress: [{from: [{podSelector: {matchLabels: {role: client}}}]}]"));
        Assert.Empty(Find("NP009", manifests));
        Assert.Equal("spec.ingress[0].from[0]", Assert.Single(Find("NP009", manifests, LintCompleteness.All)).FieldPath);
    }

    [Fact]
    public void Words_of_a_series_are_no_misspellings() => Assert.Empty(Find("NP009", All(
        Workload("shard-1"), Policy("shard-1", "ingress: [{from: [{podSelector: {matchLabels: {app: shard-2}}}]}]"))));

    [Fact]
    public void A_peer_on_the_host_network_is_dead_in_any_input() => Assert.Contains("host network", Assert.Single(Find("NP009", All(
        Workload("agent", spec: "hostNetwork: true"), Workload("web"),
        Policy("web", "ingress: [{from: [{podSelector: {matchLabels: {app: agent}}}]}]")))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_namespace_that_is_not_there_has_no_pods_where_all_namespaces_are()
    {
        const string Peer = "ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]}]";
        Assert.Empty(Find("NP009", All(Workload("web"), Policy("web", Peer)), LintCompleteness.All));
        Assert.Single(Find("NP009", All(Namespace("a"), Workload("web"), Policy("web", Peer)), LintCompleteness.All));
    }

    [Fact]
    public void A_namespace_whose_labels_are_not_known_may_have_the_label() => Assert.Empty(Find("NP010", All(
        Workload("web"), Workload("dns", "kube-system"), Policy("web", "ingress: [{from: [{namespaceSelector: {matchLabels: {name: kube-system}}}]}]"))));

    [Theory]
    [InlineData("matchExpressions: [{key: name, operator: In, values: [kube-system]}]")]
    [InlineData("matchLabels: {namespace: kube-system}")]
    public void A_name_is_known_by_whatever_label(string selector) => Assert.Single(Find("NP010", All(
        Namespace("kube-system"), Policy("web", $"egress: [{{to: [{{namespaceSelector: {{{selector}}}}}]}}]"))));

    [Fact]
    public void A_name_in_a_sidecar_is_a_name()
    {
        var policy = Policy("web", "ingress: [{ports: [{port: metrics}]}]");
        Assert.Single(Find("NP012", All(Workload("web"), policy)));
        Assert.Empty(Find("NP012", All(
            Workload("web", spec: "initContainers: [{name: s, image: x, restartPolicy: Always, ports: [{containerPort: 9090, name: metrics}]}]"), policy)));
    }

    [Theory]
    [InlineData("{containerPort: 53, name: dns, protocol: UDP}", "protocol: UDP")]
    [InlineData("{containerPort: 8053, name: dnss}", "port: dnss")]
    [InlineData("{containerPort: 8053}", "port: 8053")]
    public void A_name_that_is_missing_is_told_what_it_may_mean(string declared, string correction)
    {
        var finding = Assert.Single(Find("NP012", All(Workload("web", ports: declared), Policy("web", "ingress: [{ports: [{port: dns}]}]"))));
        Assert.Equal(correction, finding.Corrections[0].Text);
    }

    [Fact]
    public void Names_of_ports_are_looked_up_where_traffic_goes()
    {
        const string Rule = "policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: sql}]}]";
        Assert.Empty(Find("NP012", All(Workload("web"), Workload("db", ports: "{containerPort: 5432, name: sql}"), Policy("web", Rule))));
        Assert.Single(Find("NP012", All(Workload("web", ports: "{containerPort: 5432, name: sql}"), Workload("db"), Policy("web", Rule))));
    }

    [Fact]
    public void A_port_that_a_Service_leads_to_needs_no_declaration()
    {
        var manifests = All(Workload("web", ports: "{containerPort: 9090}"), Policy("web", "ingress: [{ports: [{port: 8080}]}]"));
        Assert.Single(Find("NP013", manifests));
        Assert.Empty(Find("NP013", All(manifests, Service("web", "ports: [{port: 80, targetPort: 8080}]"))));
    }

    [Theory]
    [InlineData("{containerPort: 8080}", "ports: [{port: 80}]", 1)]
    [InlineData("{containerPort: 8080}", "ports: [{port: 80}, {port: 8080}]", 0)]
    [InlineData("{containerPort: 8080}, {containerPort: 80}", "ports: [{port: 80}]", 0)]
    [InlineData("{containerPort: 8080}", "ports: [{port: 80, protocol: UDP}]", 0)]
    [InlineData("", "ports: [{port: 80}]", 1)]
    public void A_port_of_a_Service_is_no_port_of_its_pods(string declared, string ports, int count)
    {
        var cluster = All(Workload("web", ports: declared), Service("web", "ports: [{port: 80, targetPort: 8080}]"));
        Assert.Equal(count, Find("NP014", All(cluster, Policy("web", $"ingress: [{{{ports}}}]"))).Count);
        Assert.Equal(
            count, Find("NP014", All(cluster, Policy("client", $"egress: [{{to: [{{podSelector: {{matchLabels: {{app: web}}}}}}], {ports}}}]"))).Count);
    }

    [Fact]
    public void A_Service_of_a_namespace_without_anything_else_leads_nowhere() => Assert.Empty(Find("NP01?", All(
        Workload("web"), Service("db", "clusterIP: 10.96.0.10, ports: [{port: 80, targetPort: 8080}]", "far"),
        Policy("web", "ingress: [{ports: [{port: 8080}]}], egress: [{to: [{podSelector: {}}]}]"))));

    [Fact]
    public void Who_dials_a_headless_Service_dials_its_pods() => Assert.Empty(Find("NP014", All(
        Workload("web", ports: "{containerPort: 8080}"), Service("web", "clusterIP: None, ports: [{port: 80, targetPort: 8080}]"),
        Policy("web", "ingress: [{ports: [{port: 80}]}]"))));

    [Theory]
    [InlineData("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: b}}}, {podSelector: {matchLabels: {app: client}}}", LintSeverity.Error)]
    [InlineData("{podSelector: {matchLabels: {app: client}}}, {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: b}}}", LintSeverity.Error)]
    [InlineData("{namespaceSelector: {}}, {podSelector: {matchLabels: {k8s-app: kube-dns}}}", LintSeverity.Error)]
    [InlineData("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: c}}}, {podSelector: {matchLabels: {app: far}}}", LintSeverity.Warning)]
    public void Two_items_that_are_meant_as_one_are_joined(string peers, LintSeverity severity)
    {
        var finding = Assert.Single(Find("NP028", All(Workload("web"), Workload("client", "b"), Policy("web", $"ingress: [{{from: [{peers}]}}]"))));
        Assert.Equal((severity, "spec.ingress[0].from[1]"), (finding.Severity, finding.FieldPath));
        Assert.StartsWith("- namespaceSelector: {", finding.Corrections[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: b}}}, {podSelector: {matchLabels: {app: web}}}")]
    [InlineData("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: b}}, podSelector: {matchLabels: {app: client}}}")]
    [InlineData("{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: b}}}, {podSelector: {}}")]
    public void Two_items_that_make_sense_stay_two(string peers) =>
        Assert.Empty(Find("NP028", All(Workload("web"), Workload("client", "b"), Policy("web", $"ingress: [{{from: [{peers}]}}]"))));
}
