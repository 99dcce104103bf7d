using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

/// <summary>The oracle of tiers, where everybody can see what is right.</summary>
public sealed class TieredOracleTests
{
    private static readonly PolicyTier First = new("first", 1);
    private static readonly PolicyTier Second = new("second", 2);
    private static readonly OracleTraffic Tcp80 = new(Protocol.TCP, 80);

    [Fact]
    public void Without_policies_everything_is_allowed() => Assert.Equal(OracleVerdict.Allowed, Ask());

    [Fact]
    public void The_first_rule_that_matches_acts() =>
        Assert.Equal(OracleVerdict.Denied, Ask(Policy(First, 1, Unmatched.NextTier, Rule(RuleAction.Deny), Rule(RuleAction.Allow))));

    [Fact]
    public void A_lower_order_acts_first() => Assert.Equal(
        OracleVerdict.Allowed,
        Ask(Policy(First, 2, Unmatched.NextTier, Rule(RuleAction.Deny)), Policy(First, 1, Unmatched.NextTier, Rule(RuleAction.Allow))));

    [Fact]
    public void Pass_skips_the_rest_of_its_tier_and_what_the_tier_does_with_unmatched_traffic() => Assert.Equal(
        OracleVerdict.Allowed,
        Ask(Policy(First, 1, Unmatched.Deny, Rule(RuleAction.Pass), Rule(RuleAction.Deny)), Policy(Second, 1, Unmatched.Deny, Rule(RuleAction.Allow))));

    [Fact]
    public void Unmatched_traffic_is_denied_where_one_policy_of_the_tier_says_so() => Assert.Equal(
        OracleVerdict.Denied,
        Ask(Policy(First, 1, Unmatched.NextTier), Policy(First, 2, Unmatched.Deny), Policy(Second, 1, Unmatched.NextTier, Rule(RuleAction.Allow))));

    [Fact]
    public void Equal_orders_that_disagree_leave_it_undetermined() => Assert.Equal(
        OracleVerdict.Undetermined,
        Ask(Policy(First, 1, Unmatched.NextTier, Rule(RuleAction.Deny)), Policy(First, 1, Unmatched.NextTier, Rule(RuleAction.Allow))));

    [Fact]
    public void Equal_orders_that_agree_are_decided() => Assert.Equal(
        OracleVerdict.Denied,
        Ask(Policy(First, 1, Unmatched.NextTier, Rule(RuleAction.Deny)), Policy(First, 1, Unmatched.NextTier, Rule(RuleAction.Deny))));

    [Fact]
    public void A_rule_that_may_match_leaves_it_undetermined_where_the_rest_says_otherwise()
    {
        var some = new EndpointTerm.SomeOf(EndpointTerm.Everyone, "the addresses of example.com");
        Assert.Equal(OracleVerdict.Undetermined, Ask(Policy(First, 1, Unmatched.Deny, Rule(RuleAction.Allow, some))));
        Assert.Equal(OracleVerdict.Allowed, Ask(Policy(First, 1, Unmatched.NextTier, Rule(RuleAction.Allow, some))));
    }

    private static OracleVerdict Ask(params TieredPolicy[] policies)
    {
        var (from, to) = (new OracleEndpoint { Name = "from", Namespace = "shop" }, new OracleEndpoint { Name = "to", Namespace = "shop" });
        return new TieredOracle(Cluster.Of("").Snapshot, policies, ipBlockMatchesPods: true).Ask(PolicyDirection.Egress, from, to, Tcp80);
    }

    private static TieredPolicy Policy(PolicyTier tier, double order, Unmatched unmatched, params ImmutableArray<TrafficRule> rules) => new(
        MadeObject.Origin("test"),
        new PolicyRank(tier, order),
        new EndpointTerm.Pods(LabelPredicate.Always),
        null,
        new RuleList(rules, unmatched));

    private static TrafficRule Rule(RuleAction action, EndpointTerm? peer = null) =>
        new(action, [new RulePeer(peer ?? EndpointTerm.Everyone, "to[0]")], PortTerm.Everything, new RuleOrigin("spec.egress[0]", default));
}
