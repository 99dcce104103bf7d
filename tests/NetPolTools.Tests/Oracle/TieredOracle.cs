using System.Collections.Immutable;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Snapshot;

namespace NetPolTools.Tests.Oracle;

/// <summary>What becomes of traffic in one direction, as far as anybody can tell.</summary>
internal enum OracleVerdict
{
    Denied,
    Allowed,
    Undetermined,
}

/// <summary>
/// A slow and obvious evaluator of policies of every kind, one pair of endpoints and one kind of traffic at a time: walks the tiers from the top. What is not
/// known is tried both ways, and policies without an order in every order. It shares nothing with the engine but the policies as translated, so it is
/// also fit to test translators.
/// </summary>
/// <param name="snapshot">The cluster.</param>
/// <param name="policies">All policies of it, NetworkPolicies among them.</param>
/// <param name="ipBlockMatchesPods">What the API leaves open.</param>
internal sealed class TieredOracle(ClusterSnapshot snapshot, IEnumerable<TieredPolicy> policies, bool ipBlockMatchesPods)
{
    private readonly ImmutableArray<TieredPolicy> _policies = [.. policies];
    private readonly TermMatcher _terms = new(snapshot, ipBlockMatchesPods);

    /// <summary>The last question of each direction: what traffic does not change is worked out once for all traffic between two ends.</summary>
    private readonly Dictionary<PolicyDirection, Question> _last = [];

    /// <summary>What policies say of two different endpoints; an endpoint and itself stand for two replicas of it.</summary>
    public OracleVerdict Ask(OracleEndpoint source, OracleEndpoint destination, OracleTraffic traffic)
    {
        var sent = Outcomes(PolicyDirection.Egress, source, destination, traffic);
        var received = Outcomes(PolicyDirection.Ingress, destination, source, traffic);
        return Verdict([.. from s in sent from r in received select s && r]);
    }

    public OracleVerdict Ask(PolicyDirection direction, OracleEndpoint subject, OracleEndpoint peer, OracleTraffic traffic) =>
        Verdict(Outcomes(direction, subject, peer, traffic));

    private static OracleVerdict Verdict(HashSet<bool> outcomes) =>
        outcomes.Count == 2 ? OracleVerdict.Undetermined : outcomes.Single() ? OracleVerdict.Allowed : OracleVerdict.Denied;

    /// <summary>True among them where the direction may be allowed, false where it may be denied.</summary>
    private HashSet<bool> Outcomes(PolicyDirection direction, OracleEndpoint subject, OracleEndpoint peer, OracleTraffic traffic)
    {
        if (!_last.TryGetValue(direction, out var question) || !ReferenceEquals(question.Subject, subject) || !ReferenceEquals(question.Peer, peer))
            _last[direction] = question = new Question(subject, peer, [.. WorldsOf(direction, subject, peer)]);
        var outcomes = new HashSet<bool>();
        foreach (var tiers in question.Worlds)
            outcomes.UnionWith(Walk(tiers, 0, order => Look(order, traffic, direction == PolicyDirection.Ingress ? subject : peer), direction));
        return outcomes;
    }

    /// <summary>The tiers from the top, for every way in which policies may select the subject.</summary>
    private IEnumerable<List<Tier>> WorldsOf(PolicyDirection direction, OracleEndpoint subject, OracleEndpoint peer)
    {
        var asked = _policies.Where(policy => policy.Rules(direction) is not null)
            .Select(policy => (Policy: policy, Selects: Known(policy, _terms.IsIn(policy.Subjects, subject, subject))))
            .Where(static entry => entry.Selects != Match.No)
            .ToList();
        var rules = new Dictionary<object, List<AskedRule>>(ReferenceEqualityComparer.Instance);
        foreach (var (policy, _) in asked)
            rules[policy] = RulesOf(policy, direction, subject, peer);
        foreach (var selecting in Worlds(asked))
        {
            yield return
            [
                .. selecting.GroupBy(static policy => policy.Rank.Tier).OrderBy(static tier => tier.Key).Select(tier => new Tier(
                    [.. tier], [.. Orders([.. tier]).Select(order => order.SelectMany(policy => rules[policy]).ToList())])),
            ];
        }
    }

    private List<AskedRule> RulesOf(TieredPolicy policy, PolicyDirection direction, OracleEndpoint subject, OracleEndpoint peer) =>
    [
        .. policy.Rules(direction)!.Rules.Select(rule => new AskedRule(policy, rule, MatchLogic.All(
        [
            rule.Only is null ? Match.Yes : _terms.IsIn(rule.Only, subject, subject),
            MatchLogic.Any(rule.Peers.Select(given => _terms.IsIn(given.Term, peer, subject))),
        ]))),
    ];

    /// <summary>Every way in which the policies that may select the subject do or do not.</summary>
    private static IEnumerable<List<TieredPolicy>> Worlds(List<(TieredPolicy Policy, Match Selects)> asked)
    {
        var open = asked.Where(static entry => entry.Selects == Match.Maybe).ToList();
        for (var chosen = 0; chosen < 1 << open.Count; chosen++)
        {
            yield return
            [
                .. asked.Where(entry => entry.Selects == Match.Yes || (chosen & (1 << open.IndexOf(entry))) != 0).Select(static entry => entry.Policy),
            ];
        }
    }

    private static HashSet<bool> Walk(
        List<Tier> tiers, int tier, Func<List<AskedRule>, HashSet<RuleAction?>> look, PolicyDirection direction)
    {
        // Behind the last tier everything is allowed.
        if (tier == tiers.Count)
            return [true];
        var outcomes = new HashSet<bool>();
        foreach (var action in tiers[tier].Orders.SelectMany(look))
        {
            var denies = action == RuleAction.Deny
                || (action is null && tiers[tier].Policies.Exists(policy => policy.Rules(direction)!.Unmatched == Unmatched.Deny));
            if (action == RuleAction.Allow)
                outcomes.Add(true);
            else if (denies)
                outcomes.Add(false);
            else
                outcomes.UnionWith(Walk(tiers, tier + 1, look, direction));
        }

        return outcomes;
    }

    /// <summary>Every order of the policies of a tier that their ranks allow.</summary>
    private static IEnumerable<List<TieredPolicy>> Orders(List<TieredPolicy> policies)
    {
        if (policies.Count == 0)
            yield return [];
        foreach (var first in policies.Where(policy => !policies.Exists(other => other.Rank.CompareTo(policy.Rank) < 0)))
        {
            foreach (var rest in Orders([.. policies.Where(policy => !ReferenceEquals(policy, first))]))
                yield return [first, .. rest];
        }
    }

    /// <summary>The actions of the rules that may be the first to match; null where it may be that none matches.</summary>
    private static HashSet<RuleAction?> Look(List<AskedRule> order, OracleTraffic traffic, OracleEndpoint destination)
    {
        var actions = new HashSet<RuleAction?>();
        foreach (var (policy, rule, ends) in order)
        {
            var matches = Known(policy, MatchLogic.All([ends, Covers(rule.Ports, traffic, destination)]));
            if (matches != Match.No)
                actions.Add(rule.Action);
            if (matches == Match.Yes)
                return actions;
        }

        actions.Add(null);
        return actions;
    }

    /// <summary>A NetworkPolicy is taken to mean no pod that is not in the input, unless it means every pod.</summary>
    private static Match Known(TieredPolicy policy, Match match) =>
        match == Match.Maybe && policy.Origin.Dialect == NetworkPolicyTranslator.DialectName ? Match.No : match;

    private static Match Covers(PortTerm term, OracleTraffic traffic, OracleEndpoint destination) => term switch
    {
        PortTerm.Range range => MatchLogic.Of(traffic.Protocol == range.Protocol && traffic.Port >= range.First && traffic.Port <= range.Last),
        PortTerm.Named named when traffic.Protocol is null || (named.Protocol ?? traffic.Protocol) != traffic.Protocol => Match.No,
        PortTerm.Named when destination.IsUnknown => Match.Maybe,
        PortTerm.Named named => MatchLogic.Of(destination.Ports.Any(declared =>
            declared.Name == named.Name && declared.Protocol == traffic.Protocol && declared.Number == traffic.Port)),
        PortTerm.Icmp icmp when traffic.Icmp != icmp.Family || (icmp.Type ?? traffic.IcmpType) != traffic.IcmpType => Match.No,
        PortTerm.Icmp icmp when icmp.Code is not null && traffic.IcmpCode is null => Match.Maybe,
        PortTerm.Icmp icmp => MatchLogic.Of((icmp.Code ?? traffic.IcmpCode) == traffic.IcmpCode),
        PortTerm.ProtocolNumber protocol => MatchLogic.Of(traffic.Number == protocol.Number),
        PortTerm.AllOf all => MatchLogic.All(all.Parts.Select(part => Covers(part, traffic, destination))),
        PortTerm.AnyOf any => MatchLogic.Any(any.Parts.Select(part => Covers(part, traffic, destination))),
        PortTerm.Not not => Covers(not.Part, traffic, destination).Not(),
        _ => throw new ArgumentException(term.ToString()),
    };

    private sealed record Question(OracleEndpoint Subject, OracleEndpoint Peer, List<List<Tier>> Worlds);

    /// <param name="Policies">Of the tier.</param>
    /// <param name="Orders">Their rules in every order that they may have.</param>
    private sealed record Tier(List<TieredPolicy> Policies, List<List<AskedRule>> Orders);

    /// <param name="Policy">The policy of the rule.</param>
    /// <param name="Rule">The rule.</param>
    /// <param name="Ends">Whether it is about the two ends, whatever the traffic.</param>
    private sealed record AskedRule(TieredPolicy Policy, TrafficRule Rule, Match Ends);
}
