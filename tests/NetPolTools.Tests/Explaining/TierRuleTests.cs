using System.Collections.Immutable;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Policies;
using NetPolTools.Sets;
using NetPolTools.Tests.Oracle;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Explaining;

/// <summary>What is said of rules in tiers that deny what no rule matches, and of rules that the model expresses in part.</summary>
public sealed class TierRuleTests
{
    private static readonly PolicyTier Security = new("tier security", 100);

    private static readonly EndpointTerm Databases = Labelled("app", "db");

    private static readonly string[] Pods = [Given.Pod("shop/web", "app: web"), Given.Pod("shop/db", "app: db"), Given.Pod("shop/api", "app: api")];

    [Fact]
    public void Where_the_end_of_a_tier_denies_its_rules_that_come_closest_say_what_they_lack()
    {
        var lines = Lines("shop/web", "shop/api", Policy(
            Rule(0, PortTerm.Everything, Databases),
            Rule(1, new PortTerm.Range(Protocol.TCP, 80, 80), EndpointTerm.Everyone),
            Rule(2, PortTerm.Everything, new EndpointTerm.Pods(
                LabelPredicate.Both(new LabelPredicate.InNamespace("data"), new LabelPredicate.Label(LabelOwner.Pod, "app", LabelTest.In, ["api"]))))));
        Assert.Equal(
        [
            "egress: shop/web is under MadePolicy p",
            "  tier security: MadePolicy p spec.egress[1] allows TCP 80: to[0]: every peer",
            "  tier security: MadePolicy p, by its end, denies TCP 443",
            "    MadePolicy p spec.egress[0] would match if the pod had app=db",
            "    MadePolicy p spec.egress[1] would match if the port were in TCP 80",
            "    MadePolicy p spec.egress[2] would match if the pod were in namespace data",
        ], lines);
    }

    /// <summary>Peers that match the same pods are looked up once, and each is still named by its own place.</summary>
    [Theory]
    [InlineData("shop/api", 1, "to[0]: pods with app=api of every namespace,to[2]: pods with app=api of every namespace")]
    [InlineData("shop/db", 1, "to[1]: pods with app=db of every namespace,to[3]: pods with app=db of every namespace")]
    [InlineData("shop/db", 30, "to[1]: pods with app=db of every namespace,to[32]: pods with app=db of every namespace")]
    public void The_peers_that_let_an_end_in_are_named_beside_others_that_match_the_same(string to, int others, string peers)
    {
        EndpointTerm[] terms = [Labelled("app", "api"), Databases, .. Enumerable.Repeat(Labelled("app", "api"), others), Databases];
        var rule = Rule(0, PortTerm.Everything, Databases) with { Peers = [.. terms.Select(static (term, i) => new RulePeer(term, $"to[{i}]"))] };
        var cluster = Cluster(Policy(rule));
        var (source, destination) = Line(cluster, "shop/web", to).Example;
        var step = Assert.Single(new Explainer(cluster.Map).Explain(source, destination, PortSet.All).Egress.Tiers);
        Assert.Equal(peers.Split(','), step.Peers);
    }

    [Fact]
    public void Where_several_policies_make_the_end_of_a_tier_deny_all_are_named()
    {
        var others = new[] { Policy([]), Policy("q", Labelled("app", "web"), []), Policy("r", Labelled("app", "db"), []) };
        var cluster = Given.Cluster(Pods).With(others);
        var egress = new Explainer(cluster.Map).Explain(2, 0, PortSet.All).Egress;
        Assert.Equal("tier security: MadePolicy p, MadePolicy q, by their end, deny All", Assert.Single(egress.Tiers).ToString());
        Assert.Equal(["MadePolicy q"], Assert.Single(egress.Tiers).Others.Select(static other => other.Name));
    }

    [Fact]
    public void A_policy_that_may_select_the_end_is_not_named_where_another_does()
    {
        var perhaps = new EndpointTerm.SomeOf(EndpointTerm.Everyone, "the phase of the moon");
        var certain = Given.Cluster(Pods).With([Policy("q", perhaps, []), Policy([])]);
        Assert.Empty(Assert.Single(new Explainer(certain.Map).Explain(2, 0, PortSet.All).Egress.Tiers).Others);
        var open = Given.Cluster(Pods).With([Policy("q", perhaps, []), Policy("r", perhaps, [])]);
        var step = Assert.Single(new Explainer(open.Map).Explain(2, 0, PortSet.All).Egress.Tiers);
        Assert.StartsWith("tier security: MadePolicy q, MadePolicy r, by their end, deny All, if it matches", step.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_is_expressed_in_part_has_a_note_where_it_decides()
    {
        var rule = Rule(0, PortTerm.Everything, Databases) with { Caveats = ["only GET / over HTTP"] };
        var cluster = Cluster(Policy(rule, Rule(1, PortTerm.Everything, EndpointTerm.Everyone)));
        const string Note = "MadePolicy p spec.egress[0]: only GET / over HTTP";
        Assert.Contains(Note, Line(cluster, "shop/web", "shop/db").Notes);
        Assert.Empty(Line(cluster, "shop/web", "shop/api").Notes);
        Assert.Empty(Line(cluster, "shop/api", "shop/db").Notes);
        Assert.Contains("  note: " + Note, new Explainer(cluster.Map).Explain(2, 1, PortSet.All).Egress.Lines());

        // Another rule decides before it.
        Assert.Empty(Line(Cluster(Policy(Rule(0, PortTerm.Everything, EndpointTerm.Everyone), rule)), "shop/web", "shop/db").Notes);
    }

    private static Connection Line(Cluster cluster, string from, string to) =>
        Assert.Single(cluster.List(new ConnectionQuery { From = [EndpointPattern.Parse(from)], To = [EndpointPattern.Parse(to)] }));

    private static string[] Lines(string from, string to, MadePolicy policy)
    {
        var cluster = Cluster(policy);
        var asked = PortSet.Of(Protocol.TCP, 443);
        var query = new ConnectionQuery { From = [EndpointPattern.Parse(from)], To = [EndpointPattern.Parse(to)], IncludeDenied = true };
        var (source, destination) = cluster.List(query)[0].Example;
        var egress = new Explainer(cluster.Map).Explain(source, destination, asked).Egress;
        return [.. egress.Lines().Select(static line => line.Replace("TCP 1-79,81-65535 UDP 1-65535 SCTP 1-65535", "TCP 443", StringComparison.Ordinal))];
    }

    private static Cluster Cluster(MadePolicy policy) => Given.Cluster(Pods).With([policy]);

    private static MadePolicy Policy(params ImmutableArray<TrafficRule> rules) => Policy("p", Labelled("app", "web"), rules);

    private static MadePolicy Policy(string name, EndpointTerm subjects, ImmutableArray<TrafficRule> rules) => new(new TieredPolicy(
        MadeObject.Origin(name), new PolicyRank(Security, 0, name), subjects, null, new RuleList(rules, Unmatched.Deny)));

    private static TrafficRule Rule(int number, PortTerm ports, EndpointTerm peer) =>
        new(RuleAction.Allow, [new RulePeer(peer, "to[0]")], ports, new RuleOrigin($"spec.egress[{number}]", default));

    private static EndpointTerm.Pods Labelled(string key, string value) => new(new LabelPredicate.Label(LabelOwner.Pod, key, LabelTest.In, [value]));
}
