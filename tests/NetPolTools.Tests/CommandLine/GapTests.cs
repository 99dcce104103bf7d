using NetPolTools.Kubectl;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>What an input lacks, or holds and is not evaluated, shows in every command and in the exit code of <c>test</c>.</summary>
public class GapTests
{
    private const string OfGke = "{apiVersion: networking.gke.io/v1alpha3, kind: FQDNNetworkPolicy, metadata: {name: p, namespace: lab}, spec: {}}";

    private static readonly string Foreign = Given.Documents(Given.Pod("lab/cli"), Given.Pod("lab/srv"), OfGke);

    private static readonly string WithoutNamespaces = Given.Documents(
        Given.Pod("stage/cli"),
        Given.Pod("prod/srv"),
        Given.Policy("podSelector: {}\ningress: [{from: [{namespaceSelector: {matchLabels: {env: stage}}}]}]", "prod/p"));

    private static readonly string PoliciesOnly = Given.Documents(Given.Policy("podSelector: {}", "lab/p"));

    [Fact]
    public void Policies_of_other_systems_make_test_exit_with_1()
    {
        var tested = Netpol.Run(Foreign, "test", "-", "--from", "cli", "--to", "srv");
        Assert.Equal(ExitCode.AnsweredWithBadInput, tested.ExitCode);
        Assert.Contains("note: the answer is about NetworkPolicies alone; FQDNNetworkPolicy may decide it too", tested.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void They_are_in_the_JSON_of_a_listing()
    {
        var listed = Netpol.ReachWithInput(Foreign, "-", "-o", "json");
        var told = Assert.Single(listed.Json.GetProperty("notEvaluated").EnumerateArray());
        Assert.Equal(
            """{"apiVersion":"networking.gke.io/v1alpha3","kind":"FQDNNetworkPolicy","role":"Policy","count":1,"names":["lab/p"]}""", told.GetRawText());
        Assert.Equal("NotEvaluated", Assert.Single(listed.Json.GetProperty("diagnostics").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(ExitCode.Answered, listed.ExitCode);
    }

    [Theory]
    [InlineData("isolation", "-")]
    [InlineData("deny", "lab", "-f", "-", "--simulate")]
    public void Other_commands_warn_of_them_too(params string[] arguments) => Assert.Contains(
        ": warning: 1 FQDNNetworkPolicy (networking.gke.io/v1alpha3): lab/p.", Netpol.Run(Foreign, arguments).Errors, StringComparison.Ordinal);

    [Fact]
    public void So_does_a_comparison()
    {
        var compared = Netpol.Run(Foreign, "diff", "-", Netpol.ThreeTier, "-o", "json");
        Assert.Single(compared.Json.GetProperty("notEvaluated").EnumerateArray());
    }

    [Fact]
    public void An_answer_that_depends_on_labels_of_missing_namespaces_exits_with_1()
    {
        var tested = Netpol.Run(WithoutNamespaces, "test", "-", "--from", "stage/cli", "--to", "prod/srv");
        Assert.Equal(ExitCode.AnsweredWithBadInput, tested.ExitCode);
        Assert.Contains("depends on labels of namespaces prod, stage", tested.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Answered, Netpol.Run(WithoutNamespaces, "test", "-", "--from", "prod/srv", "--to", "stage/cli").ExitCode);
    }

    [Theory]
    [InlineData("reach", "-")]
    [InlineData("reach", "-", "--from", "web")]
    [InlineData("isolation", "-", "--open")]
    [InlineData("test", "-", "--from", "a", "--to", "b")]
    public void Policies_without_any_workload_are_an_error_and_no_answer(params string[] arguments)
    {
        var asked = Netpol.Run(PoliciesOnly, arguments);
        Assert.Equal((ExitCode.NotAnswered, ""), (asked.ExitCode, asked.Output));
        Assert.Contains("error: The input holds no pod and no workload, only a NetworkPolicy", Assert.Single(asked.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_and_the_outside_are_ends_by_name()
    {
        var input = Given.Documents(
            "{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.168.0.1}]}}",
            Given.Pod("db", "app: db", "nodeName: n1", "podIP: 10.1.0.1"),
            Given.Policy("policyTypes: [Ingress, Egress]"));
        Assert.Equal(ExitCode.Answered, Netpol.Run(input, "test", "-", "--from", "node/n1", "--to", "db").ExitCode);
        Assert.Equal(ExitCode.NotReachable, Netpol.Run(input, "test", "-", "--from", "db", "--to", "node/n1").ExitCode);
        Assert.Equal(ExitCode.NotReachable, Netpol.Run(input, "test", "-", "--from", "outside", "--to", "db").ExitCode);
        Assert.True(Assert.Single(Netpol.ReachWithInput(input, "-", "-o", "json").Json.GetProperty("connections").EnumerateArray()).GetProperty("nodeTraffic")
            .GetBoolean());
        Assert.Empty(Netpol.ReachWithInput(input, "-", "-o", "json", "--exclude-node-traffic").Json.GetProperty("connections").EnumerateArray());
    }

    [Fact]
    public void Verbose_tells_what_was_read_from_where_and_what_was_passed_over()
    {
        var input = Given.Documents(Given.Pod("cli"), Given.Pod("srv"), "{apiVersion: v1, kind: Secret, metadata: {name: s}}");
        var run = Netpol.ReachWithInput(input, "-", "--verbose");
        Assert.Contains(run.ErrorLines, static line => line.StartsWith("Read 2 pods from <stdin> in ", StringComparison.Ordinal));
        Assert.Contains("Passed over, since they say nothing about traffic: 1 Secret.", run.ErrorLines);
        Assert.Empty(Netpol.ReachWithInput(input, "-").Errors);
    }
}
