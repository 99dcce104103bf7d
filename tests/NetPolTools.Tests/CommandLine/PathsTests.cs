using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary><c>kubectl netpol paths</c>.</summary>
public sealed class PathsTests
{
    [Fact]
    public void Tells_what_comes_into_reach_hop_by_hop()
    {
        var (code, output, _) = Netpol.Run(null, "paths", Netpol.ThreeTier, "--from", "web");
        Assert.Equal(0, code);
        Assert.Equal(
            """
            HOPS  WORKLOAD              PORTS     THROUGH
            1     shop/api[Deployment]  TCP 5000  shop/web[Deployment]
            2     shop/db[Deployment]   TCP 3306  shop/web[Deployment] -> shop/api[Deployment]

            """,
            output);
    }

    [Fact]
    public void Tells_what_comes_into_reach_of_somebody_outside()
    {
        var (code, output, _) = Netpol.Run(null, "paths", Netpol.ThreeTier, "--from", "outside");
        Assert.Equal(0, code);
        Assert.Equal(
            """
            HOPS  WORKLOAD              PORTS     THROUGH
            1     shop/web[Deployment]  TCP 80    outside
            2     shop/api[Deployment]  TCP 5000  outside -> shop/web[Deployment]
            3     shop/db[Deployment]   TCP 3306  outside -> shop/web[Deployment] -> shop/api[Deployment]

            """,
            output);
        Assert.Contains(
            "3         outside               shop/web[Deployment]  TCP 80\n",
            Netpol.Run(null, "paths", Netpol.ThreeTier, "--from", "outside", "--summary").Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_which_addresses_are_allowed_what_where_they_differ()
    {
        var manifests = Given.Documents(
            Given.Pod("web", "app: web"),
            Given.Policy(
                """
                podSelector: {}
                ingress:
                - {from: [{ipBlock: {cidr: 203.0.113.0/24}}], ports: [{port: 80}]}
                - {from: [{ipBlock: {cidr: 198.51.100.0/24}}], ports: [{port: 443}]}
                """));
        var (code, output, _) = Netpol.Run(manifests, "paths", "-", "--from", "outside");
        Assert.Equal(0, code);
        Assert.Equal(
            """
            HOPS  WORKLOAD          PORTS           THROUGH
            1     default/web[Pod]  TCP 80,443 [1]  outside

            [1] from 198.51.100.0-198.51.100.255 on TCP 443, 203.0.113.0-203.0.113.255 on TCP 80

            """,
            output);
        Assert.Contains("out of reach", Netpol.Run(manifests, "paths", "-", "--from", "192.0.2.7", "--to", "web").Output, StringComparison.Ordinal);
        Assert.Contains("1     default/web[Pod]  TCP 80 ", Netpol.Run(manifests, "paths", "-", "--from", "203.0.113.7").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_may_create_a_pod_begins_with_that()
    {
        var (code, output, _) = Netpol.Run(null, "paths", Netpol.ThreeTier, "--from", "new pod tier=frontend in namespace shop", "--to", "db");
        Assert.Equal(0, code);
        Assert.Contains("THROUGH\n2     shop/db[Deployment]  TCP 3306  shop/{new pod tier=frontend}[Pod] -> shop/api[Deployment]\n", output, StringComparison.Ordinal);
        var (missing, _, errors) = Netpol.Run(null, "paths", Netpol.ThreeTier, "--from", "new pod tier=frontend in namespace nowhere");
        Assert.Equal(2, missing);
        Assert.Contains("no Namespace nowhere", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Service_that_is_taken_over_is_the_workloads_behind_it()
    {
        var manifests = Given.Documents(
            Given.Pod("web", "app: web"), Given.Pod("db", "app: db"), Given.Service("front", "selector: {app: web}, ports: [{port: 80}]"));
        var (code, output, _) = Netpol.Run(manifests, "paths", "-", "--from", "svc/front");
        Assert.Equal(0, code);
        Assert.Contains("default/db[Pod]", output, StringComparison.Ordinal);
        Assert.DoesNotContain("default/web[Pod]  All", output, StringComparison.Ordinal);
        Assert.Equal(2, Netpol.Run(manifests, "paths", "-", "--from", "svc/none").ExitCode);
    }

    [Fact]
    public void Tells_the_connections_of_a_path_to_a_target_and_the_targets_out_of_reach()
    {
        var (code, output, _) = Netpol.Run(null, "paths", Netpol.ThreeTier, "--from", "api", "--to", "db");
        Assert.Equal(0, code);
        Assert.Equal(
            """
            HOPS  WORKLOAD             PORTS     THROUGH
            1     shop/db[Deployment]  TCP 3306  shop/api[Deployment]
                shop/api[Deployment] -> shop/db[Deployment]: TCP 3306

            """,
            output);
        Assert.Equal(
            """
            HOPS          WORKLOAD              PORTS  THROUGH
            out of reach  shop/web[Deployment]

            """,
            Netpol.Run(null, "paths", Netpol.ThreeTier, "--from", "db", "--to", "web").Output);
    }

    [Fact]
    public void Counts_by_hops_and_names_the_connections_that_cut_most_with_their_rules()
    {
        var (code, output, _) = Netpol.Run(null, "paths", Netpol.ThreeTier, "--from", "web", "--summary", "--choke-points", "1");
        Assert.Equal(0, code);
        Assert.StartsWith(
            """
            From shop/web[Deployment]: 2 of 2 other workloads are in reach.

            HOPS  WORKLOADS
            1     1
            2     1

            Single connections that cut off most, where nothing else is changed:
            CUTS OFF  SOURCE                DESTINATION           PORTS
            2         shop/web[Deployment]  shop/api[Deployment]  TCP 5000
            """,
            output,
            StringComparison.Ordinal);
        Assert.Contains("policies.yaml:32:7) allows TCP 5000", output, StringComparison.Ordinal);
        Assert.DoesNotContain("TCP 3306", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_only_the_targets_where_some_are_named()
    {
        var json = Netpol.Run(null, "paths", Netpol.ThreeTier, "--from", "web", "--to", "db", "--summary", "-o", "json").Json;
        Assert.Equal([1, 1], json.GetProperty("chokePoints").EnumerateArray().Select(static choke => choke.GetProperty("cuts").GetInt32()));
        Assert.Equal([0, 1], json.GetProperty("workloads").EnumerateArray().Select(static hops => hops.GetProperty("workloads").GetInt32()));
    }

    [Fact]
    public void Has_the_same_paths_in_JSON_and_in_CSV()
    {
        var json = Netpol.Run(null, "paths", Netpol.ThreeTier, "--from", "web", "-o", "json").Json;
        Assert.Equal("web", Assert.Single(json.GetProperty("from").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(["TCP 5000", "TCP 3306"], json.GetProperty("paths")[1].GetProperty("steps").EnumerateArray()
            .Select(static step => step.GetProperty("ports").GetString()));
        Assert.EndsWith(
            "2,2,Allowed,shop,db,Deployment,TCP 3306,shop/web[Deployment] -> shop/api[Deployment] -> shop/db[Deployment]\n",
            Netpol.Run(null, "paths", Netpol.ThreeTier, "--from", "web", "-o", "csv").Output,
            StringComparison.Ordinal);
    }

    /// <summary>Whoever holds a node's agent holds what the node reaches: all pods that it runs.</summary>
    [Fact]
    public void A_pod_on_the_host_network_reaches_what_its_node_runs()
    {
        const string Input = """
            {apiVersion: v1, kind: Pod, metadata: {name: agent, namespace: sys}, spec: {hostNetwork: true, nodeName: n1, containers: [{name: c}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: near, namespace: shop}, spec: {nodeName: n1, containers: [{name: c}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: far, namespace: shop}, spec: {nodeName: n2, containers: [{name: c}]}}
            ---
            {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p, namespace: shop}, spec: {podSelector: {}, policyTypes: [Ingress]}}
            """;
        var output = Netpol.Run(Input, "paths", "-", "--from", "sys/agent", "--to", "shop/*", "--cni", "enforcing").Output;
        Assert.Contains("1             shop/near[Pod]  All", output, StringComparison.Ordinal);
        Assert.Contains("out of reach  shop/far[Pod]", output, StringComparison.Ordinal);
        Assert.Contains("only from a node to the pods it runs", output, StringComparison.Ordinal);
    }

    /// <summary>A path that takes a connection of which nothing in the input tells is kept apart from those that are there for sure.</summary>
    [Fact]
    public void What_cannot_be_told_is_said_and_comes_last()
    {
        const string Input = """
            {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web}}, spec: {containers: [{name: c}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: api, namespace: shop, labels: {app: api}}, spec: {containers: [{name: c}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: db, namespace: shop, labels: {app: db}}, spec: {containers: [{name: c}]}}
            ---
            apiVersion: projectcalico.org/v3
            kind: NetworkPolicy
            metadata: {name: db, namespace: shop}
            spec:
              selector: app == 'db'
              types: [Ingress]
              ingress: [{action: Allow, protocol: TCP, source: {selector: app == 'api', ports: [1000]}}]
            """;
        var (code, output, errors) = Netpol.Run(Input, "paths", "-", "--from", "shop/web", "--cni", "calico");
        Assert.True(code == 0, errors);
        Assert.Contains("1          shop/api[Pod]  All", output, StringComparison.Ordinal);
        Assert.Contains("perhaps 2  shop/db[Pod]   TCP 1-65535 undetermined", output, StringComparison.Ordinal);
        var summary = Netpol.Run(Input, "paths", "-", "--from", "shop/web", "--cni", "calico", "--summary").Output;
        Assert.StartsWith("From shop/web[Pod]: 1 of 2 other workloads is in reach, and 1 more may be.\n", summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_to_a_service_leads_to_the_workloads_behind_it()
    {
        const string Service =
            "---\n{apiVersion: v1, kind: Service, metadata: {name: sql, namespace: shop}, spec: {selector: {app: db}, ports: [{port: 3306}]}}\n";
        var input = string.Join("---\n", Directory.GetFiles(Netpol.ThreeTier, "*.yaml").Order().Select(File.ReadAllText)) + Service;
        var (code, output, _) = Netpol.Run(input, "paths", "-", "--from", "web", "--to", "svc/sql");
        Assert.Equal(0, code);
        Assert.Equal(Netpol.Run(input, "paths", "-", "--from", "web", "--to", "db").Output, output);
        Assert.Contains("2     shop/db[Deployment]", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--from", "nobody")]
    [InlineData("--from", "web", "--to", "nobody")]
    [InlineData("--from", "web", "--to", "svc/db")]
    [InlineData("--from", "web", "-n", "nowhere")]
    [InlineData("--from", "web", "--explain", "-o", "csv")]
    [InlineData("--from", "web", "--summary", "-o", "csv")]
    [InlineData("--from", "web", "--choke-points", "3")]
    [InlineData("--from", "web", "--summary", "--choke-points", "-3")]
    [InlineData]
    public void What_has_no_answer_is_refused(params string[] arguments)
    {
        var (code, output, errors) = Netpol.Run(null, ["paths", Netpol.ThreeTier, .. arguments]);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.NotEmpty(errors);
    }
}
