using NetPolTools.Asking;
using NetPolTools.Listing;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Listing;

/// <summary>What answers print can be asked about.</summary>
public sealed class PrintedEndsTests
{
    private static readonly Cluster Lab = Given.Cluster(
        "{apiVersion: v1, kind: Node, metadata: {name: n1}, status: {addresses: [{type: InternalIP, address: 192.168.1.10}]}}",
        Given.Namespace("default"),
        Given.Pod("db", "app: db", "nodeName: n1", "podIP: 10.1.0.1"),
        Given.Pod("api", "app: api", "nodeName: n1", "podIP: 10.1.0.2"),
        Given.Policy("""
            podSelector: {matchLabels: {app: db}}
            ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.2.0.0/16]}}], ports: [{port: 5432}]}]
            """));

    [Fact]
    public void Every_end_that_a_listing_prints_names_itself_and_no_other()
    {
        var all = Lab.List();
        Assert.Contains(all, static line => line.Source.Addresses == "10.0.0.0-10.1.255.255");
        Assert.Contains(all, static line => line.Source.Addresses == "192.168.1.10");
        foreach (var line in all)
        {
            var query = new ConnectionQuery
            {
                From = [EndpointPattern.Parse(line.Source.ToString())],
                To = [EndpointPattern.Parse(line.Destination.ToString())]
            };
            var asked = Lab.List(query);
            Assert.Contains(asked, again =>
                (again.Source, again.Destination, again.Ports.ToString()) == (line.Source, line.Destination, line.Ports.ToString()));
            Assert.All(asked, again => Assert.True(again.Source == line.Source || line.Source.Addresses is not null, $"{line.Source}: {again.Source}"));
            Assert.All(asked, static again =>
                Assert.False(again.Source.Addresses is null && again.Destination.Addresses is not null && again.Source.Name == "none"));
            Assert.True(ReachabilityQuestion.Ask(Lab.Map, query.From[0], query.To[0], PortSet.All, out var problems)?.IsAllowed, string.Join(" ", problems));
        }
    }

    [Fact]
    public void Pods_within_a_printed_range_are_not_meant()
    {
        var lines = Lab.List(new ConnectionQuery { From = [EndpointPattern.Parse("10.0.0.0-10.1.255.255")] });
        Assert.NotEmpty(lines);
        Assert.All(lines, static line => Assert.Equal("10.0.0.0-10.1.255.255", line.Source.Addresses));
        Assert.Contains(Lab.List(new ConnectionQuery { From = [EndpointPattern.Parse("10.0.0.0/15")] }), static line => line.Source.Name == "api");
    }

    [Theory]
    [InlineData("any IPv4 address", true)]
    [InlineData("any IPv6 address", false)]
    [InlineData("anywhere outside", true)]
    [InlineData("(outside)", true)]
    public void The_words_for_all_addresses_mean_those_of_nodes_too(string words, bool holdsNode)
    {
        var lines = Lab.List(new ConnectionQuery { From = [EndpointPattern.Parse(words)], To = [EndpointPattern.Parse("db")] });
        Assert.Equal(holdsNode, lines.Any(static line => line.Source.Addresses == "192.168.1.10"));
        Assert.DoesNotContain(lines, static line => line.Source.Addresses is null);
        Assert.DoesNotContain(
            Lab.List(new ConnectionQuery { From = [EndpointPattern.Parse("outside")], To = [EndpointPattern.Parse("db")] }), static line =>
                line.Source.Addresses == "192.168.1.10");
    }

    [Fact]
    public void Several_addresses_with_commas_between_them_are_each_meant()
    {
        var lines = Lab.List(new ConnectionQuery { From = [EndpointPattern.Parse("10.3.0.1,10.3.0.2")], To = [EndpointPattern.Parse("db")] });
        Assert.Equal(["10.3.0.1", "10.3.0.2"], lines.Select(static line => line.Source.Addresses!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("default/db[Pod]", 1)]
    [InlineData("db[Pod]", 1)]
    [InlineData("default/db[Deployment]", 0)]
    public void A_kind_in_brackets_is_that_of_the_end(string written, int expected) =>
        Assert.Equal(expected,
            Lab.List(new ConnectionQuery { From = [EndpointPattern.Parse("api")], To = [EndpointPattern.Parse(written)], IncludeDenied = true }).Count);
}
