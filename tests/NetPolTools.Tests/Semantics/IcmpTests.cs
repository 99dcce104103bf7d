using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.CommandLine;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>ICMP and other protocols without ports: NetworkPolicy says nothing of them, other policies do.</summary>
public sealed class IcmpTests
{
    private const int Db = 0;
    private const int Web = 1;

    private static readonly string[] Pods = [Given.Pod("shop/web", "app: web"), Given.Pod("shop/db", "app: db")];

    private static readonly string FromWeb =
        Given.Policy("{podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}", "shop/db");

    private static readonly string OnAPort = Given.Policy("{podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: 80}]}]}", "shop/db");

    [Fact]
    public void A_pod_that_no_policy_isolates_may_be_pinged() => Assert.Equal(("Other ICMP", "None"), Asked(false));

    [Fact]
    public void Whether_a_pod_that_a_network_policy_isolates_may_be_pinged_is_not_told_by_the_API()
    {
        Assert.Equal(("None", "Other ICMP"), Asked(false, FromWeb));
        Assert.Equal(("None", "Other ICMP"), Asked(false, OnAPort));
        Assert.Equal(("Other ICMP", "None"), Asked(false, [FromWeb], Db, Web));
    }

    [Fact]
    public void Where_the_plugin_lets_rules_decide_a_rule_without_ports_allows_ICMP_and_one_with_ports_does_not()
    {
        Assert.Equal(("Other ICMP", "None"), Asked(true, FromWeb));
        Assert.Equal(("None", "None"), Asked(true, OnAPort));
        Assert.Equal(("None", "None"), Asked(true, Given.Policy("{podSelector: {}, ingress: [{ports: [{}, {protocol: UDP}, {protocol: SCTP}]}]}", "shop/all")));
    }

    [Fact]
    public void All_ports_of_all_protocols_that_have_ports_are_not_all_where_ICMP_is_asked_about()
    {
        var policy = Given.Policy("{podSelector: {}, ingress: [{ports: [{}, {protocol: UDP}, {protocol: SCTP}]}]}", "shop/all");
        Assert.Equal("All", Given.Cluster([.. Pods, policy]).Ports("shop/web", "shop/db"));
        Assert.Equal("TCP 1-65535 UDP 1-65535 SCTP 1-65535", Map(true, [policy]).Between(Web, Db).ToString());
    }

    [Fact]
    public void An_explanation_says_that_the_API_leaves_it_open()
    {
        var lines = new Explainer(Map(false, [FromWeb])).Explain(Web, Db, PortSet.Of(Protocol.ICMP)).Ingress.Lines().ToArray();
        Assert.Contains(lines, static line =>
            line == "  undetermined: Other ICMP: NetworkPolicy says nothing of ICMP and other protocols without ports, and network plugins differ");
        Assert.Contains(lines, static line => line.Contains("allows TCP 1-65535 UDP 1-65535 SCTP 1-65535: from[0]", StringComparison.Ordinal));
    }

    [Fact]
    public void JSON_of_an_explanation_has_what_is_undetermined()
    {
        using var folder = new ManifestFolder();
        folder.Write("all.yaml", Given.Documents([.. Pods, FromWeb]));
        var listed = Netpol.Run(null, "reach", folder.Path, "--from", "shop/web", "--to", "shop/db", "--protocol", "icmp", "--explain", "-o", "json");
        Assert.Contains("\"ports\":\"ICMP\",\"verdict\":\"Undetermined\"", listed.Output, StringComparison.Ordinal);
        Assert.Contains("\"undetermined\":\"Other ICMP\"", listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_about_ICMP_that_the_API_leaves_open_has_no_answer_and_says_why()
    {
        var answer = Test(CniChoice.Enforcing, FromWeb);
        Assert.Equal(AnswerStatus.NotAnswered, answer.Status);
        Assert.Contains(answer.Diagnostics, static told => told.Diagnostic.Message
            == "Whether shop/web may reach shop/db on ICMP cannot be told: NetworkPolicy shop/db: NetworkPolicy says nothing of ICMP and other protocols "
                + "without ports, and network plugins differ.");
    }

    [Fact]
    public void A_plugin_that_is_known_to_go_by_the_rules_decides()
    {
        Assert.True(Test(CniChoice.Parse("calico"), FromWeb).Value!.IsAllowed);
        Assert.False(Test(CniChoice.Parse("calico"), OnAPort).Value!.IsAllowed);
        Assert.False(Test(CniChoice.Parse("cilium"), OnAPort).Value!.IsAllowed);
    }

    /// <summary>As the sources of each plugin say; where they let some ICMP pass whatever policies say, or nobody read them, it stays open.</summary>
    [Theory]
    [InlineData("calico", false)]
    [InlineData("canal", false)]
    [InlineData("gke-dataplane-v2", false)]
    [InlineData("kube-network-policies", false)]
    [InlineData("kindnet@0.24", false)]
    [InlineData("weave", false)]
    [InlineData("kube-router", true)]
    [InlineData("ovn-kubernetes", true)]
    [InlineData("antrea", true)]
    [InlineData("azure-npm", true)]
    public void What_becomes_of_ICMP_on_a_plugin_is_told_where_its_sources_tell(string plugin, bool isOpen)
    {
        var answer = Test(CniChoice.Parse(plugin), OnAPort);
        Assert.Equal(isOpen ? AnswerStatus.NotAnswered : AnswerStatus.Answered, answer.Status);
        Assert.NotEqual(true, answer.Value?.IsAllowed);
    }

    private static (string Allowed, string Undetermined) Asked(bool rulesDecide, params string[] policies) => Asked(rulesDecide, policies, Web, Db);

    private static (string Allowed, string Undetermined) Asked(bool rulesDecide, string[] policies, int source, int destination)
    {
        var map = Map(rulesDecide, policies);
        return (map.Between(source, destination).Intersect(PortSet.IcmpAndOthers).ToString(), map.Undetermined(source, destination).ToString());
    }

    private static Answer<TestedReachability> Test(CniChoice plugin, string policy) =>
        new TestQuestion([EndpointPattern.Parse("shop/web")], [EndpointPattern.Parse("shop/db")])
        {
            Ports = PortSet.Of(Protocol.ICMP),
            Assumptions = new Assumptions { Cni = plugin },
        }.Ask(new ClusterEvaluator(Given.Cluster([.. Pods, policy]).Snapshot), QuestionWords.Plain);

    private static ReachabilityMap Map(bool rulesDecide, string[] policies) => ReachabilityMap.Compile(
        Given.Cluster([.. Pods, .. policies]).Snapshot, new ReachabilityOptions { CountsIcmp = true, RulesDecideIcmp = rulesDecide });
}
