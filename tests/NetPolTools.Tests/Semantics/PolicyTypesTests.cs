using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Which directions a policy isolates its pods in.</summary>
public class PolicyTypesTests
{
    [Fact]
    public void PolicyTypes_absent_isolates_ingress() =>
        Assert.Equal(("None", "All"), Of("podSelector: {}"));

    [Fact]
    public void PolicyTypes_absent_isolates_ingress_even_beside_egress_rules_alone() =>
        Assert.Equal(("None", "TCP 53"), Of("egress: [{ports: [{port: 53}]}]"));

    [Fact]
    public void PolicyTypes_absent_isolates_egress_only_when_there_is_an_egress_rule()
    {
        Assert.Equal(("All", "TCP 53"), Of("""
            ingress: [{}]
            egress: [{ports: [{port: 53}]}]
            """));
        Assert.Equal(("All", "All"), Of("ingress: [{}]"));
    }

    [Theory]
    [InlineData("egress: []")]
    [InlineData("egress: null")]
    [InlineData("egress:")]
    public void Egress_empty_list_without_policyTypes_does_not_isolate_egress(string egress) =>
        Assert.Equal(("None", "All"), Of(egress));

    [Theory]
    [InlineData("policyTypes: []")]
    [InlineData("policyTypes: null")]
    [InlineData("policyTypes:")]
    public void PolicyTypes_empty_means_the_same_as_absent(string policyTypes)
    {
        Assert.Equal(("None", "All"), Of(policyTypes));
        Assert.Equal(("None", "TCP 53"), Of(policyTypes + "\negress: [{ports: [{port: 53}]}]"));
    }

    [Fact]
    public void PolicyTypes_Ingress_isolates_ingress_alone() =>
        Assert.Equal(("None", "All"), Of("policyTypes: [Ingress]"));

    [Fact]
    public void PolicyTypes_Egress_isolates_egress_alone() =>
        Assert.Equal(("All", "None"), Of("policyTypes: [Egress]"));

    [Fact]
    public void PolicyTypes_both_isolates_both() =>
        Assert.Equal(("None", "None"), Of("policyTypes: [Ingress, Egress]"));

    [Fact]
    public void PolicyTypes_may_name_one_direction_twice() =>
        Assert.Equal(("All", "None"), Of("policyTypes: [Egress, Egress]"));

    [Fact]
    public void Ingress_rules_of_an_Egress_policy_are_inert()
    {
        const string Spec = """
            policyTypes: [Egress]
            ingress: [{ports: [{port: 80}]}]
            """;
        Assert.Equal(("All", "None"), Of(Spec));
    }

    [Fact]
    public void Ingress_rules_of_an_Egress_policy_get_a_warning() => Marked.Gives(
        DiagnosticSeverity.Warning,
        DiagnosticId.InertRules,
        "spec.ingress",
        Given.Policy("""
            policyTypes: [Egress]
            ▸ingress: [{ports: [{port: 80}]}]
            """),
        "policyTypes does not name Ingress",
        "add Ingress to policyTypes");

    [Fact]
    public void Egress_rules_of_an_Ingress_policy_get_a_warning() => Marked.Gives(
        DiagnosticSeverity.Warning,
        DiagnosticId.InertRules,
        "spec.egress",
        Given.Policy("""
            policyTypes: [Ingress]
            ▸egress: [{}]
            """),
        "policyTypes does not name Egress");

    [Fact]
    public void An_empty_list_of_rules_against_policyTypes_is_no_mistake() => Marked.IsAccepted("""
        policyTypes: [Ingress]
        egress: []
        """);

    /// <summary>What the policy allows its pod to receive from an address outside, and to send there.</summary>
    private static (string Ingress, string Egress) Of(string spec)
    {
        var cluster = Given.Cluster(Given.Pod("subject"), Given.Policy(spec));
        return (cluster.Ports("192.0.2.1", "subject"), cluster.Ports("subject", "192.0.2.1"));
    }
}
