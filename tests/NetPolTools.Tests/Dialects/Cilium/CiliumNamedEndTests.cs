using NetPolTools.Asking;
using NetPolTools.Cni;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;
using NetPolTools.Text;

namespace NetPolTools.Tests.Dialects.Cilium;

/// <summary>Entities, and names in DNS, as ends of connections.</summary>
public sealed class CiliumNamedEndTests
{
    [Theory]
    [InlineData("toEntities: [kube-apiserver]", "kube-apiserver", true)]
    [InlineData("toEntities: [kube-apiserver]", "entity:kube-apiserver", true)]
    [InlineData("toEntities: [kube-apiserver]", "host", false)]
    [InlineData("toEntities: [remote-node]", "kube-apiserver", true)]
    [InlineData("toEntities: [host]", "host", true)]
    [InlineData("toEntities: [host]", "remote-node", false)]
    [InlineData("toEntities: [cluster]", "health", true)]
    [InlineData("toEntities: [cluster]", "world", false)]
    [InlineData("toEntities: [world]", "world", true)]
    [InlineData("toEndpoints: [{}]", "ingress", false)]
    [InlineData("toFQDNs: [{matchPattern: '*.one.io'}]", "fqdn:x.one.io", true)]
    [InlineData("toFQDNs: [{matchPattern: '*.one.io'}]", "fqdn:X.ONE.io", true)]
    [InlineData("toFQDNs: [{matchPattern: '*.one.io'}]", "fqdn:one.io", false)]
    [InlineData("toFQDNs: [{matchPattern: '*.one.io'}]", "fqdn:x.y.one.io", false)]
    [InlineData("toEntities: [world]", "fqdn:anything.io", null)]
    public void A_question_may_name_them(string peers, string to, bool? allowed)
    {
        var map = Map(peers);
        var answer = ReachabilityQuestion.Ask(map, EndpointPattern.Parse("web"), EndpointPattern.Parse(to), PortSet.Of(Protocol.TCP, 443), out var problems);
        if (allowed is null)
        {
            // No rule names any name, so there is no such end.
            Assert.Single(problems);
            return;
        }

        Assert.Equal(allowed, answer!.IsAllowed);
        Assert.True(answer.Undetermined.IsEmpty);
    }

    [Fact]
    public void An_address_behind_a_name_is_undetermined()
    {
        var answer = ReachabilityQuestion.Ask(
            Map("toFQDNs: [{matchName: one.io}]"), EndpointPattern.Parse("web"), EndpointPattern.Parse("192.0.2.1"), PortSet.Of(Protocol.TCP, 443), out _);
        Assert.True(answer!.IsUndetermined);
    }

    [Fact]
    public void A_listing_has_the_ends_that_rules_name() => Assert.Contains(
        "default/web[Pod] fqdn:one.io All",
        new ConnectionLister(Map("toFQDNs: [{matchName: one.io}]"), new ConnectionQuery()).List()
            .Select(static line => $"{line.Source} {line.Destination} {line.Ports}"));

    [Theory]
    [InlineData("*", "a.b.c", true)]
    [InlineData("*.two.io", "x.two.io", true)]
    [InlineData("*.two.io", "two.io", false)]
    [InlineData("**.two.io", "x.y.two.io", true)]
    [InlineData("**.two.io", "two.io", false)]
    [InlineData("a*b.io", "axxb.io", true)]
    [InlineData("a*b.io", "abc.io", false)]
    [InlineData("Three.IO", "three.io.", true)]
    public void Patterns_of_names_match_as_Cilium_matches_them(string pattern, string name, bool matches) =>
        Assert.Equal(matches, DomainPatterns.Match(pattern, name));

    private static ReachabilityMap Map(string peers)
    {
        var snapshot = Given.Cluster(
            Given.Pod("web", "app: web"),
            $"{{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {{name: p}}, "
                + $"spec: {{endpointSelector: {{}}, egress: [{{{peers}}}]}}}}").Snapshot;
        return ReachabilityMap.Compile(snapshot, CniEvaluation.Of(snapshot, CniChoice.Parse("cilium"), ipBlockIgnoresPods: false).Options);
    }
}
