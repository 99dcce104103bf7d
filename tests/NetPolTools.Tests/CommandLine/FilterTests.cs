using NetPolTools.Kubectl;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.CommandLine;

/// <summary>Which connections reach lists.</summary>
public class FilterTests
{
    [Theory]
    [InlineData("web api TCP 5000", "--from", "web", "--to", "api")]
    [InlineData("web api TCP 5000", "--from", "shop/web", "--to", "Deployment/api")]
    [InlineData("web api TCP 5000", "--from", "w*", "--to", "deploy/a?i")]
    [InlineData("203.0.113.7 web TCP 80", "--from", "203.0.113.7")]
    [InlineData("203.0.113.0-203.0.113.255 web TCP 80", "--from", "203.0.113.0/24")]
    [InlineData("api db TCP 3306", "--port", "3306", "--to", "shop/*")]
    [InlineData("web api TCP 5000", "--port", "4000-5001", "--protocol", "tcp", "--to", "api")]
    [InlineData("api 192.0.2.1 UDP 1-65535; web 192.0.2.1 UDP 1-65535", "--protocol", "UDP", "--to", "192.0.2.1")]
    [InlineData("shop shop TCP 80,3306,5000", "--by", "namespace", "--from", "shop", "--to", "shop")]
    public void Filters_choose_connections(string expected, params string[] arguments)
    {
        var run = Netpol.Reach([Netpol.ThreeTier, "-o", "json", .. arguments]);
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var connections = run.Json.GetProperty("connections").EnumerateArray().Select(static c =>
            $"{End(c.GetProperty("source"))} {End(c.GetProperty("destination"))} {c.GetProperty("ports").GetString()}");
        Assert.Equal(expected, string.Join("; ", connections));
    }

    [Fact]
    public void Connections_without_the_port_asked_for_are_denied()
    {
        var run = Netpol.Reach(Netpol.ThreeTier, "-o", "csv", "--denied", "--from", "web", "--to", "api", "--port", "80");
        Assert.Equal("shop,web,Deployment,shop,api,Deployment,None,Denied,", run.OutputLines[1]);
    }

    [Fact]
    public void By_pod_lists_each_pod_and_by_workload_its_owner()
    {
        var manifests = Given.Documents(Given.Replica("web-1", "web"), Given.Replica("web-2", "web"), Given.Pod("db"));
        Assert.Equal(
            ["default,web-1,Pod,default,db,Pod,All,Allowed,", "default,web-2,Pod,default,db,Pod,All,Allowed,"],
            Netpol.ReachWithInput(manifests, "-", "-o", "csv", "--by", "pod", "--to", "db", "--from", "web").OutputLines.Skip(1));
        Assert.Equal(
            ["default,web,ReplicaSet,default,db,Pod,All,Allowed,"],
            Netpol.ReachWithInput(manifests, "-", "-o", "csv", "--to", "db", "--from", "web").OutputLines.Skip(1));
    }

    [Fact]
    public void Namespace_is_that_of_objects_that_name_none()
    {
        string[] paths = [Repository.Example("secure-pod", "server.yaml"), Repository.Example("secure-pod", "client.yaml")];
        var run = Netpol.Reach([.. paths, "-n", "lab", "-o", "csv", "--from", "client", "--to", "server"]);
        Assert.Equal("lab,client,Pod,lab,server,Pod,All,Allowed,", run.OutputLines[1]);
    }

    [Theory]
    [InlineData("lab", "lab/client lab/server", "lab/server lab/client", "dev/client lab/server", "lab/server dev/client")]
    [InlineData("dev", "dev/client dev/server", "dev/server dev/client")]
    [InlineData(null, "default/client default/server", "default/server default/client", "dev/client default/server", "default/server dev/client")]
    public void A_question_stands_in_a_namespace(string? ns, params string[] expected)
    {
        var manifests = Given.Documents(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: server}",
            ns == "dev" ? "" : "apiVersion: v1\nkind: Pod\nmetadata: {name: client}",
            Given.Pod("dev/client"));
        string[] namespaces = ns is null ? [] : ["-n", ns];
        var lines = Netpol.ReachWithInput(manifests, ["-", "-o", "csv", "--from", "client", "--to", "server", .. namespaces]).OutputLines.Skip(1)
            .Concat(Netpol.ReachWithInput(manifests, ["-", "-o", "csv", "--from", "server", "--to", "client", .. namespaces]).OutputLines.Skip(1))
            .Select(static line => line.Split(',')).Select(static cells => $"{cells[0]}/{cells[1]} {cells[3]}/{cells[4]}");
        Assert.Equal(expected.Order(), lines.Order());
    }

    [Theory]
    [InlineData("reach", "csv")]
    [InlineData("isolation", "csv")]
    [InlineData("diff", "csv")]
    [InlineData("reach", "json")]
    public void A_namespace_that_nothing_is_in_is_an_error(string question, string format)
    {
        string[] paths = question == "diff" ? [Netpol.ThreeTier, Repository.Manifests("three-tier-next")] : [Netpol.ThreeTier];
        var run = Netpol.Run(null, [question, .. paths, "-n", "shopp", "-o", format]);
        Assert.Equal((ExitCode.NotAnswered, "error: There is no namespace shopp in the input. Did you mean shop?\n"), (run.ExitCode, run.Errors));
        Assert.DoesNotContain("shop,", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Connections_in_other_namespaces_are_not_told_of()
    {
        var manifests = Given.Documents(Given.Pod("a/p"), Given.Pod("b/p"), Given.Pod("c/p"));
        var ends = Netpol.ReachWithInput(manifests, "-", "-n", "a", "-o", "csv").OutputLines.Skip(1).Select(static line => line.Split(',')).ToArray();
        Assert.NotEmpty(ends);
        Assert.All(ends, static cells => Assert.True(cells[0] == "a" || cells[3] == "a"));
        Assert.Equal(["a", "b", "c"], Netpol.Run(manifests, "isolation", "-", "-o", "csv").OutputLines.Skip(1).Select(static line => line.Split(',')[0]));
        Assert.Equal(["a"], Netpol.Run(manifests, "isolation", "-", "-o", "csv", "-n", "a").OutputLines.Skip(1).Select(static line => line.Split(',')[0]));
    }

    [Fact]
    public void A_namespace_that_a_change_adds_is_one_to_ask_about()
    {
        using var folder = new ManifestFolder();
        var before = folder.Write("before.yaml", Given.Pod("a/p"));
        var after = folder.Write("after.yaml", Given.Documents(Given.Pod("a/p"), Given.Pod("b/p")));
        Assert.Equal(ExitCode.Differs, Netpol.Run(null, "diff", before, after, "-n", "b").ExitCode);
    }

    [Fact]
    public void An_ipBlock_can_be_told_to_ignore_pods()
    {
        var manifests = Given.Documents(
            Given.Pod("a", "app: a"),
            Given.Pod("b", status: "podIP: 10.0.0.1"),
            Given.Policy("podSelector: {matchLabels: {app: a}}\ningress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]"));
        string[] question = ["-", "-o", "csv", "--denied", "--from", "b", "--to", "a"];
        Assert.Contains(",All,Allowed,depends on whether", Netpol.ReachWithInput(manifests, question).Output, StringComparison.Ordinal);
        Assert.Contains(",None,Denied,depends on whether", Netpol.ReachWithInput(manifests, [.. question, "--ipblock-ignores-pods"]).Output,
            StringComparison.Ordinal);
    }

    private static string? End(System.Text.Json.JsonElement end) =>
        end.TryGetProperty("addresses", out var addresses) ? addresses.GetString() : end.GetProperty("name").GetString();
}
