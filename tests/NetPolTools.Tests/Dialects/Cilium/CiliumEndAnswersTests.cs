using NetPolTools.Asking;
using NetPolTools.Authoring.Inference;
using NetPolTools.Kubectl;
using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Snapshot;
using NetPolTools.Tests.CommandLine;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Dialects.Cilium;

/// <summary>Ends that are known by a name alone, in every answer, and the API server where its address is known.</summary>
public sealed class CiliumEndAnswersTests
{
    private const string Egress =
        "egress: [{toEntities: [kube-apiserver], toPorts: [{ports: [{port: '6443', protocol: TCP}]}]}, {toFQDNs: [{matchPattern: '*.one.io'}]}]";

    private const string ApiServer = """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {name: kubernetes, namespace: default, labels: {kubernetes.io/service-name: kubernetes}}
        addressType: IPv4
        endpoints: [{addresses: [192.0.2.10]}]
        ports: [{name: https, port: 6443, protocol: TCP}]
        """;

    private static readonly string[] Pods =
        [Given.Pod("web", "app: web", "nodeName: n1", "podIP: 10.0.0.1"), Given.Pod("db", "app: db", "nodeName: n2", "podIP: 10.0.0.2")];

    [Fact]
    public void A_comparison_has_the_ends_that_policies_name()
    {
        var changes = Changes([], [Policy(Egress)]);
        Assert.Contains("web[Pod] -> kube-apiserver: All, TCP 6443", changes);
        Assert.DoesNotContain(changes, static line => line.Contains("-> fqdn:*.one.io", StringComparison.Ordinal));

        // Nothing comes from a name.
        Assert.DoesNotContain(changes, static line => line.StartsWith("fqdn:", StringComparison.Ordinal));
        Assert.Contains("web[Pod] -> fqdn:*.one.io: All, None", Changes([Policy(Egress)], [Policy("egress: [{}]"), Other("toFQDNs: [{matchName: x.io}]")]));
    }

    [Theory]
    [InlineData("kube-apiserver", "web[Pod] -> kube-apiserver: All, TCP 6443")]
    [InlineData("entity:kube-apiserver", "web[Pod] -> kube-apiserver: All, TCP 6443")]
    [InlineData("remote-node", "web[Pod] -> remote-node: All, None")]
    [InlineData("world", "web[Pod] -> 0.0.0.0-255.255.255.255: All, None", "web[Pod] -> ::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff: All, None")]
    public void A_comparison_may_be_asked_about_one(string to, params string[] lines) =>
        Assert.Equal(lines, Changes([], [Policy(Egress)], new ConnectionQuery { To = [EndpointPattern.Parse(to)] }));

    [Fact]
    public void The_cluster_is_all_that_is_in_it()
    {
        var changes = Changes([], [Policy(Egress)], new ConnectionQuery { From = [EndpointPattern.Parse("web")], To = [EndpointPattern.Parse("cluster")] });
        Assert.Contains("web[Pod] -> db[Pod]: All, None", changes);
        Assert.Contains("web[Pod] -> remote-node: All, None", changes);
        Assert.DoesNotContain(changes, static line => line.Contains("outside", StringComparison.Ordinal));
        var run = Netpol.Run(Documents(Policy("egress: [{toEntities: [health]}]")), "test", "-", "--from", "web", "--to", "cluster", "--port", "80");
        Assert.Equal(ExitCode.Answered, run.ExitCode);
    }

    [Fact]
    public void A_name_that_a_pattern_of_the_other_side_takes_in_is_compared_with_it() => Assert.DoesNotContain(
        Changes([Policy("egress: [{toFQDNs: [{matchPattern: '*.one.io'}]}]")], [Policy("egress: [{toFQDNs: [{matchName: a.one.io}]}]")]),
        static line => line.Contains("-> fqdn:a.one.io", StringComparison.Ordinal));

    [Fact]
    public void A_pattern_takes_in_names_that_other_rules_name() => Assert.Contains(
        "default,web,Pod,,fqdn:a.one.io,DomainName,All,Allowed,",
        Netpol.ReachWithInput(Documents(Policy(Egress), Other("toFQDNs: [{matchName: a.one.io}]")), "-", "--by", "pod", "-o", "csv").OutputLines);

    /// <summary>Policies do not change the plugin of a cluster: what an ipBlock means stays the same.</summary>
    [Fact]
    public void Policies_of_Cilium_on_one_side_tell_the_plugin_of_both()
    {
        var block = Given.Policy("podSelector: {matchLabels: {app: db}}\ningress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]");
        var query = new ConnectionQuery { To = [EndpointPattern.Parse("db")] };
        Assert.Empty(Changes([block], [block, Policy("ingress: [{fromEntities: [all]}]")], query));
        Assert.Empty(Changes([block, Policy("ingress: [{fromEntities: [all]}]")], [block], query));
    }

    [Fact]
    public void Isolation_tells_them()
    {
        var run = Netpol.Run(Documents(Policy(Egress + ", ingress: [{fromEntities: [kube-apiserver]}]")), "isolation", "-", "-o", "csv");
        Assert.Contains(run.OutputLines, static line => line.StartsWith("default,web,Pod,Isolated,CiliumNetworkPolicy/default/p,kube-apiserver,All,Isolated,",
            StringComparison.Ordinal) && line.Contains("\"fqdn:*.one.io, kube-apiserver\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_simulated_policy_tells_what_it_does_to_them()
    {
        var run = Netpol.Run(
            Documents(Policy("egressDeny: [{toFQDNs: [], toEntities: [health]}]\n, enableDefaultDeny: {egress: false}")),
            "deny", "default", "-f", "-", "--simulate");
        Assert.Contains(run.OutputLines, static line => line.StartsWith("Closed", StringComparison.Ordinal));
    }

    [Fact]
    public void What_only_the_simulation_depends_on_is_refused_without_it()
    {
        var run = Netpol.Run(null, "deny", "default", "--cilium-setting", "enable-policy=never");
        Assert.Equal(ExitCode.NotAnswered, run.ExitCode);
        Assert.Contains("--simulate", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_simulation_goes_by_the_settings_that_are_given()
    {
        var run = Netpol.Run(Documents(), "deny", "default", "-f", "-", "--simulate", "--cilium-setting", "enable-policy=always");
        Assert.Equal(ExitCode.Answered, run.ExitCode);
    }

    [Fact]
    public void Support_of_the_plugin_goes_by_the_settings_that_are_given()
    {
        var input = Documents(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: cilium-config, namespace: kube-system}, data: {enable-policy: default}}",
            "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: cilium, namespace: kube-system}, spec: {template: {metadata: {labels: {k8s-app: cilium}}, "
                + "spec: {containers: [{name: cilium-agent, image: 'quay.io/cilium/cilium:v1.16.5'}]}}}}");
        var run = Netpol.Run(input, "cni", "-", "--cilium-setting", "enable-policy=never");
        Assert.Equal(ExitCode.NotReachable, run.ExitCode);
        Assert.Equal(ExitCode.Answered, Netpol.Run(input, "cni", "-").ExitCode);
    }

    [Theory]
    [InlineData("192.0.2.10", "6443", ExitCode.Answered)]
    [InlineData("192.0.2.11", "6443", ExitCode.NotReachable)]
    [InlineData("kube-apiserver", "6443", ExitCode.Answered)]
    [InlineData("kube-apiserver", "443", ExitCode.NotReachable)]
    public void The_API_server_is_its_addresses_where_the_input_tells_them(string to, string port, int code) => Assert.Equal(
        code,
        Netpol.Run(
            Documents(ApiServer, Policy("egress: [{toEntities: [kube-apiserver], toPorts: [{ports: [{port: '6443', protocol: TCP}]}]}]")),
            "test", "-", "--from", "web", "--to", to, "--port", port).ExitCode);

    [Fact]
    public void An_API_server_outside_is_of_the_world_too() => Assert.Equal(
        ExitCode.Answered,
        Netpol.Run(Documents(ApiServer, Policy("egress: [{toEntities: [world]}]")), "test", "-", "--from", "web", "--to", "kube-apiserver").ExitCode);

    [Fact]
    public void Inferred_policies_name_the_API_server_by_its_address_and_say_what_they_cannot_name()
    {
        var snapshot = Given.Cluster([.. Pods, ApiServer]).Snapshot;
        var known = new EndDirectory(snapshot).Find(ConnectionEnd.Named(new("kube-apiserver")))!;
        Assert.Equal("192.0.2.10", Assert.Single(known.Addresses).ToString());
        var directory = new EndDirectory(Given.Cluster(Pods).Snapshot);
        var web = directory.Find(ConnectionEnd.InCluster("default", "web", "Pod"))!;
        var domain = directory.Find(ConnectionEnd.Named(new("fqdn:*.one.io")))!;
        var made = PolicyInference.Infer(directory, [new Traffic(web, domain, PortSet.All)]);
        Assert.Contains(made.Diagnostics, static told => told.Message.Contains("fqdn:*.one.io cannot be selected", StringComparison.Ordinal));
        var host = directory.Find(ConnectionEnd.Named(new("host")))!;
        Assert.DoesNotContain(
            PolicyInference.Infer(directory, [new Traffic(host, web, PortSet.All)]).Diagnostics,
            static told => told.Message.Contains("host", StringComparison.Ordinal));
    }

    private static string Documents(params string[] more) => Given.Documents([.. Pods, .. more]);

    private static string Policy(string sections) => Made("p", sections);

    private static string Other(string peers) =>
        $"{{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {{name: q, namespace: default}}, "
            + $"spec: {{endpointSelector: {{matchLabels: {{app: db}}}}, egress: [{{{peers}}}]}}}}";

    private static string Made(string name, string sections) =>
        $"{{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {{name: {name}, namespace: default}}, "
            + $"spec: {{endpointSelector: {{matchLabels: {{app: web}}}}, {sections}}}}}";

    private static string[] Changes(string[] before, string[] after, ConnectionQuery? query = null)
    {
        var answer = new DifferenceQuestion(query ?? new ConnectionQuery()).Ask(
            new ClusterEvaluator(Snapshot(before)), new ClusterEvaluator(Snapshot(after)), QuestionWords.Plain);
        return [.. answer.Value!.List().Select(static change => $"{Short(change.Source)} -> {Short(change.Destination)}: {change.Before}, {change.After}")];

        static ClusterSnapshot Snapshot(string[] policies) => Given.Cluster([.. Pods, .. policies]).Snapshot;

        static string Short(ConnectionEnd end) => end.ToString().Replace("default/", "", StringComparison.Ordinal);
    }
}
