using static NetPolTools.Tests.Linting.Lint;

namespace NetPolTools.Tests.Linting;

/// <summary>What rules about rules that meet others find, and what they must not find.</summary>
public sealed class LintReachabilityRuleTests
{
    private const string FromB = "ingress: [{action: ACTION, from: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: b}}}]}]";

    private static string Two => All(Namespace("a"), Namespace("b"), Workload("web"));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "ingress: []", 1)]
    [InlineData("", "ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 3306}]}]", 2)]
    [InlineData("", "ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]", 0)]
    [InlineData("", "ingress: [{}]", 0)]
    public void A_rule_that_the_other_end_denies_is_half_open(string ns, string ingress, int count) => Assert.Equal(count, Find("NP018", All(
        Workload("web"), Workload("db"),
        Policy("web", "policyTypes: [Egress], egress: [{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 5432}]}]"),
        ingress.Length == 0 ? Namespace("c" + ns) : Policy("db", "policyTypes: [Ingress], " + ingress, "q"))).Count);

    [Fact]
    public void The_same_the_other_way_round() => Assert.Equal("spec.ingress[0].from[0]", Assert.Single(Find("NP018", All(
        Workload("web"), Workload("db"), Policy("db", "ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]"),
        Policy("web", "policyTypes: [Egress]", "q")))).FieldPath);

    [Fact]
    public void An_end_that_is_not_in_the_input_denies_nothing() => Assert.Empty(Find("NP018", All(
        Workload("web"), Policy("web", "egress: [{to: [{podSelector: {matchLabels: {app: db}}}]}]"), Policy("db", "policyTypes: [Ingress]", "q"))));

    [Fact]
    public void What_gets_through_for_some_pods_is_no_half_open_rule() => Assert.Empty(Find("NP018", All(
        Workload("web"), Workload("api"), Workload("db"),
        Policy("db", "ingress: [{from: [{podSelector: {}}]}]"), Policy("api", "policyTypes: [Egress]", "q"))));

    [Theory]
    [InlineData("podSelector: {}", "podSelector: {matchLabels: {app: x}}", 1)]
    [InlineData("namespaceSelector: {}", "podSelector: {}", 1)]
    [InlineData("namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: a}}", "podSelector: {matchLabels: {app: x}}", 1)]
    [InlineData("podSelector: {matchExpressions: [{key: app, operator: In, values: [x, z]}]}", "podSelector: {matchLabels: {app: z}}", 1)]
    [InlineData("podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [w]}]}", "podSelector: {matchLabels: {app: z}}", 1)]
    [InlineData(
        "podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [z]}]}", "podSelector: {matchExpressions: [{key: app, operator: Exists}]}", 0)]
    [InlineData("ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}", "ipBlock: {cidr: 10.2.0.0/16}", 1)]
    [InlineData("ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}", "ipBlock: {cidr: 10.0.0.0/9, except: [10.1.0.0/16]}", 1)]
    [InlineData("ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}", "ipBlock: {cidr: 10.0.0.0/9}", 0)]
    public void A_rule_is_redundant_by_what_selectors_can_match(string wide, string narrow, int count)
    {
        var found = Find("NP020", All(Workload("web"), Policy("web", $"ingress: [{{from: [{{{wide}}}]}}, {{from: [{{{narrow}}}]}}]")));
        Assert.Equal(count, found.Count);
        Assert.All(found, static finding => Assert.Equal("spec.ingress[1]", finding.FieldPath));
    }

    [Fact]
    public void Of_two_rules_the_narrower_is_redundant_wherever_it_stands() => Assert.Equal("spec.ingress[0]", Assert.Single(Find("NP020",
        Policy("web", "ingress: [{from: [{podSelector: {matchLabels: {app: x}}}]}, {from: [{podSelector: {}}]}]"))).FieldPath);

    [Theory]
    [InlineData("", "[{port: 80}]", 1)]
    [InlineData("[{protocol: TCP}]", "[{port: 80}, {port: http}]", 1)]
    [InlineData("[{port: 80, endPort: 90}]", "[{port: 81}, {port: 82, endPort: 90}]", 1)]
    [InlineData("[{port: http}]", "[{port: http}]", 1)]
    [InlineData("[{port: 80}]", "[{port: http}]", 0)]
    [InlineData("[{port: 80}]", "[{protocol: UDP, port: 80}]", 0)]
    [InlineData("[{protocol: TCP}, {protocol: UDP}, {protocol: SCTP}]", "", 0)]
    public void Ports_count_too(string wide, string narrow, int count)
    {
        const string Peer = "from: [{podSelector: {}}]";
        Assert.Equal(count, Find("NP020", Policy("web", $"ingress: [{{{Peer}{Ports(wide)}}}, {{{Peer}{Ports(narrow)}}}]"))
            .Count(static finding => finding.FieldPath == "spec.ingress[1]"));

        static string Ports(string ports) => ports.Length == 0 ? "" : $", ports: {ports}";
    }

    [Fact]
    public void What_is_the_same_only_for_the_pods_of_today_stays() => Assert.Empty(Find("NP020", All(
        Workload("web"), Policy("web", "ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}, {from: [{podSelector: {}}], ports: [{port: 80}]}]"))));

    [Theory]
    [InlineData("web", "policyTypes: [Ingress]", "", "policyTypes: [Ingress]", "p")]
    [InlineData("web", "policyTypes: [Ingress]", "web", "policyTypes: [Ingress, Egress]", "p")]
    [InlineData("web", "policyTypes: [Ingress, Egress]", "web", "policyTypes: [Ingress]", "q")]
    [InlineData("web", "policyTypes: [Ingress]", "web", "policyTypes: [Ingress]", "q")]
    [InlineData("web", "policyTypes: [Ingress]", "db", "policyTypes: [Ingress]", null)]
    [InlineData("", "policyTypes: [Ingress]", "web", "ingress: [{from: [{podSelector: {}}]}]", null)]
    [InlineData("web", "ingress: [{}]", "web", "policyTypes: [Ingress]", "q")]
    [InlineData("web", "egress: [{}]", "web", "policyTypes: [Egress]", "q")]
    public void A_policy_is_vacuous_only_where_others_isolate_its_pods(string app, string spec, string otherApp, string otherSpec, string? vacuous) =>
        Assert.Equal(
            vacuous, Find("NP021", All(Policy(app, spec), Policy(otherApp, otherSpec, "q"))).Select(static finding => finding.Object!.Name).SingleOrDefault());

    [Fact]
    public void An_egress_rule_that_makes_its_policy_isolate_stays() => Assert.Empty(Find("NP020", All(
        Policy("web", "ingress: [{}], egress: [{to: [{podSelector: {matchLabels: {app: x}}}]}]"),
        Policy("web", "policyTypes: [Egress], egress: [{}]", "q"))));

    [Theory]
    [InlineData("web", "ipBlock: {cidr: 10.0.0.0/8}", "", 1)]
    [InlineData("web", "ipBlock: {cidr: 0.0.0.0/0}", "", 1)]
    [InlineData("web", "ipBlock: {cidr: 10.1.2.3/32}", "", 0)]
    [InlineData("db", "ipBlock: {cidr: 10.0.0.0/8}", "", 0)]
    [InlineData("web", "ipBlock: {cidr: 10.0.0.0/8}", ", ports: [{protocol: UDP, port: 53}]", 0)]
    [InlineData("web", "ipBlock: {cidr: 10.0.0.0/8}", ", ports: [{port: 80}]", 0)]
    public void An_except_is_reopened_by_a_rule_for_the_same_pods_and_ports(string app, string block, string ports, int count) => Assert.Equal(
        count, Find("NP022", All(
            Workload("web"), Policy("web", "egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}], ports: [{port: 443}]}]"),
            Policy(app, $"policyTypes: [Egress], egress: [{{to: [{{{block}}}]{ports}}}]", "q"))).Count);

    [Fact]
    public void What_an_administrator_denies_is_not_reopened() => Assert.Empty(Find("NP022", All(
        Namespace("a"), Workload("web"), Policy("web", "egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}, {}]"),
        AdminPolicy("egress: [{action: Deny, to: [{networks: [10.0.0.0/8]}]}]"))));

    [Theory]
    [InlineData("Accept", "Deny", 5, "ingress", "a", 1)]
    [InlineData("Accept", "Accept", 5, "ingress", "a", 0)]
    [InlineData("Accept", "Deny", 6, "ingress", "a", 0)]
    [InlineData("Accept", "Deny", 5, "ingress", "b", 0)]
    public void Two_policies_of_one_priority_must_not_disagree(string first, string second, int priority, string direction, string subject, int count)
    {
        var rules = FromB.Replace("ingress", direction, StringComparison.Ordinal);
        var other = AdminPolicy(rules.Replace("ACTION", second, StringComparison.Ordinal), "z", priority: priority)
            .Replace("subject: {namespaces: {matchLabels: {kubernetes.io/metadata.name: a} } }",
                $"subject: {{namespaces: {{matchLabels: {{kubernetes.io/metadata.name: {subject} }} }} }}", StringComparison.Ordinal);
        Assert.Equal(count, Find("NP023", All(Two, AdminPolicy(rules.Replace("ACTION", first, StringComparison.Ordinal)), other)).Count);
    }

    [Fact]
    public void Other_ports_are_no_disagreement() => Assert.Empty(Find("NP023", All(
        Two,
        AdminPolicy("ingress: [{action: Accept, from: [{namespaces: {}}], protocols: [{tcp: {destinationPort: {number: 80}}}]}]"),
        AdminPolicy("ingress: [{action: Deny, from: [{namespaces: {}}], protocols: [{tcp: {destinationPort: {number: 81}}}]}]", "z"))));

    [Theory]
    [InlineData("{action: Deny, from: [{namespaces: {}}]}", "{action: Accept, from: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: b}}}]}", 1)]
    [InlineData("{action: Pass, from: [{namespaces: {}}]}", "{action: Deny, from: [{namespaces: {}}]}", 1)]
    [InlineData("{action: Accept, from: [{namespaces: {matchLabels: {kubernetes.io/metadata.name: b}}}]}", "{action: Deny, from: [{namespaces: {}}]}", 0)]
    [InlineData(
        "{action: Deny, from: [{namespaces: {}}], protocols: [{tcp: {destinationPort: {number: 80}}}]}", "{action: Accept, from: [{namespaces: {}}]}", 0)]
    public void A_rule_behind_one_that_covers_it_is_never_asked(string first, string second, int count)
    {
        var found = Find("NP024", All(Two, AdminPolicy($"ingress: [{first}, {second}]")));
        Assert.Equal(count, found.Count);
        Assert.All(found, static finding => Assert.Equal("spec.ingress[1]", finding.FieldPath));
    }

    [Fact]
    public void A_rule_of_a_later_tier_that_an_earlier_one_covers_is_never_asked() => Assert.Equal("z", Assert.Single(Find("NP024", All(
        Two, AdminPolicy("ingress: [{action: Deny, from: [{namespaces: {}}]}]"),
        AdminPolicy(FromB.Replace("ACTION", "Accept", StringComparison.Ordinal), "z", "Baseline")))).Object!.Name);

    [Theory]
    [InlineData("Accept", "policyTypes: [Ingress]", 1)]
    [InlineData("Pass", "policyTypes: [Ingress]", 0)]
    [InlineData("Deny", "policyTypes: [Ingress]", 0)]
    [InlineData("Deny", "ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: b}}}]}]", 1)]
    [InlineData("Deny", "ingress: [{from: [{namespaceSelector: {}}]}]", 0)]
    [InlineData("Pass", "ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: b}}}]}]", 0)]
    public void A_verdict_of_an_administrator_makes_a_policy_moot(string action, string spec, int count) => Assert.Equal(
        count, Find("NP025", All(Two, AdminPolicy(FromB.Replace("ACTION", action, StringComparison.Ordinal)), Policy("", spec))).Count);
}
