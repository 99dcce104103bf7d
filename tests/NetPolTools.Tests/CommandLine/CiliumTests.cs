using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>What the plugin lists where Cilium enforces the policies.</summary>
public sealed class CiliumTests
{
    private const string Node = "{apiVersion: v1, kind: Node, metadata: {name: n1, labels: {role: edge}}, "
        + "status: {addresses: [{type: InternalIP, address: 10.9.0.1}]}}";

    [Fact]
    public void A_setting_that_is_given_changes_the_answer()
    {
        var input = Given.Documents(Given.Pod("web"), Given.Pod("db"));
        Assert.Contains("default,web,Pod,default,db,Pod,All,Allowed,", Reach(input).OutputLines);
        Assert.DoesNotContain("default,web,Pod,default,db,Pod,All,Allowed,", Reach(input, "--cilium-setting", "enable-policy=always").OutputLines);
    }

    [Fact]
    public void Policies_have_no_effect_where_they_are_switched_off() => Assert.Contains(
        "default,web,Pod,default,db,Pod,All,Allowed,",
        Reach(Given.Documents(Given.Pod("web"), Given.Pod("db"), Policy("ingressDeny: [{fromEntities: [all]}]")), "--cilium-setting", "enable-policy=never")
            .OutputLines);

    [Fact]
    public void A_setting_that_there_is_not_is_refused()
    {
        var run = Reach(Given.Pod("web"), "--cilium-setting", "enable-polcy=always");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Did you mean enable-policy?", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reach")]
    [InlineData("isolation")]
    public void Verbose_tells_the_settings_and_where_each_is_from(string command)
    {
        var run = Netpol.Run(
            Given.Documents(Given.Pod("web"), Policy("ingress: [{}]")), command, "-", "--verbose", "--cilium-setting", "allow-localhost=policy");
        Assert.Contains("Cilium: allow-localhost=policy (given)", run.ErrorLines);
        Assert.Contains("Cilium: enable-policy=default (default)", run.ErrorLines);
    }

    [Fact]
    public void Policies_for_nodes_are_listed_with_what_they_mean_outside_and_between_nodes()
    {
        const string Other = "{apiVersion: v1, kind: Node, metadata: {name: n2}, status: {addresses: [{type: InternalIP, address: 10.9.0.2}]}}";
        var run = Reach(Given.Documents(Given.Pod("web"), Node, Other, HostPolicy("{fromEntities: [remote-node], toPorts: [{ports: [{port: '22'}]}]}")));
        Assert.Contains(",10.9.0.2,,,10.9.0.1,,TCP 22 UDP 22 SCTP 22", Ends(run));
        Assert.Contains(",10.9.0.1,,,10.9.0.3-255.255.255.255,,All", Ends(run));
        Assert.DoesNotContain(Ends(run), static line => line.Contains("0.0.0.0-10.9.0.0,,,10.9.0.1", StringComparison.Ordinal));
        Assert.DoesNotContain(Ends(run), static line => line.StartsWith("default,web,Pod,,10.9.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_policies_for_nodes_there_are_no_lines_between_nodes_and_the_outside() => Assert.DoesNotContain(
        Ends(Reach(Given.Documents(Given.Pod("web"), Node, Policy("egress: [{toEntities: [host]}]")))),
        static line => line.StartsWith(",10.9.0.1,,,", StringComparison.Ordinal));

    [Fact]
    public void Pods_in_a_block_are_cut_out_of_it_where_the_block_does_not_mean_them() => Assert.Contains(
        "default,web,Pod,,10.0.0.0-10.0.0.6,,All",
        Ends(Reach(Given.Documents(
            Given.Pod("web"), Given.Pod("db", "app: db", status: "podIP: 10.0.0.7"), Policy("egress: [{toCIDR: [10.0.0.0/24]}]")))));

    [Fact]
    public void Of_many_pods_in_a_block_a_note_tells_that_they_are_not_meant()
    {
        string[] pods = [.. Enumerable.Range(1, 20).Select(static i => Given.Pod($"db-{i}", "app: db", status: $"podIP: 10.0.0.{i * 2}"))];
        var run = Reach(Given.Documents([Given.Pod("web"), .. pods, Policy("egress: [{toCIDR: [10.0.0.0/24]}]")]));
        Assert.Contains(run.OutputLines, static line => line.StartsWith("default,web,Pod,,10.0.0.0-10.0.0.255,,All,Allowed,", StringComparison.Ordinal)
            && line.Contains("not the pods that have addresses in it", StringComparison.Ordinal));
    }

    [Fact]
    public void A_NetworkPolicy_that_goes_by_labels_of_Cilium_is_answered_for_Cilium()
    {
        var run = Reach(Given.Documents(Given.Pod("web", "app: web"), Given.Pod("db", "app: db"), Given.Policy("""
            podSelector: {matchLabels: {app: db}}
            ingress: [{from: [{podSelector: {matchExpressions: [{key: io.cilium.k8s.policy.cluster, operator: Exists}]}}]}]
            """)));
        Assert.Contains("default,web,Pod,default,db,Pod,All,Allowed,", run.OutputLines);
        Assert.Contains("this policy selects by labels that pods have with Cilium alone", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_NetworkPolicy_that_Cilium_reads_otherwise_is_compared_as_it_is_written()
    {
        using var folder = new ManifestFolder();
        var pods = Given.Documents(
            Given.Pod("web", "app: web"), Given.Pod("db", "app: db, pod-template-hash: x"), Policy("egress: [{toEntities: [all]}]"));
        var hashed = Given.Policy("podSelector: {matchLabels: {app: db}}\ningress: [{from: [{podSelector: {matchLabels: {pod-template-hash: x}}}]}]");
        var before = folder.Write("before.yaml", pods);
        var after = folder.Write("after.yaml", $"{pods}\n---\n{hashed}");
        var run = Netpol.Run(null, "diff", before, after, "-o", "csv");
        Assert.Equal(4, run.ExitCode);
        Assert.Contains(run.OutputLines, static line => line.StartsWith("Closed,default,web,Pod,default,db,Pod,All,None,", StringComparison.Ordinal)
            && line.Contains("policy", StringComparison.Ordinal));
    }

    private static Netpol Reach(string input, params string[] options) => Netpol.ReachWithInput(input, ["-", "--by", "pod", "-o", "csv", .. options]);

    /// <summary>The lines without verdict and notes.</summary>
    private static IEnumerable<string> Ends(Netpol run) => run.OutputLines.Select(static line => line.Split(",Allowed")[0]);

    private static string Policy(string sections) =>
        $"{{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {{name: p, namespace: default}}, "
            + $"spec: {{endpointSelector: {{matchExpressions: [{{key: app, operator: DoesNotExist}}]}}, {sections}}}}}";

    private static string HostPolicy(string ingress) =>
        "{apiVersion: cilium.io/v2, kind: CiliumClusterwideNetworkPolicy, metadata: {name: p}, "
            + $"spec: {{nodeSelector: {{matchLabels: {{role: edge}}}}, ingress: [{ingress}]}}}}";
}
