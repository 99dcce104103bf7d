using FsCheck.Fluent;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

/// <summary>The engine under policies of every shape that the model knows, against the walk through the tiers.</summary>
public sealed class TieredMapProperties
{
    private static readonly (Protocol Protocol, int Number)[] Ports =
    [
        (Protocol.TCP, 1), (Protocol.TCP, 80), (Protocol.TCP, 81), (Protocol.TCP, 8080), (Protocol.TCP, 65535), (Protocol.UDP, 80), (Protocol.UDP, 53),
            (Protocol.SCTP, 80),
    ];

    /// <summary>What has no ports is only looked at where policies or questions name it.</summary>
    private static readonly (OracleTraffic Traffic, PortSet Set)[] WithoutPorts =
    [
        .. from family in Enum.GetValues<AddressFamilyKind>() from type in new[] { 0, 8, 128 } select (
            OracleTraffic.OfIcmp(family, type), PortSet.OfIcmp(family, type)),
        .. from number in new[] { 2, 47 } select (OracleTraffic.OfProtocol(number), PortSet.OfOther(number)),
    ];

    private static readonly (OracleTraffic Traffic, PortSet Set)[] WithPorts =
        [.. Ports.Select(static port => (new OracleTraffic(port.Protocol, port.Number), PortSet.Of(port.Protocol, port.Number)))];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_map_says_of_every_direction_what_the_walk_through_the_tiers_says(bool ipBlockMatchesPods) =>
        Always.Holds(RandomTierGenerator.Clusters, 40, cluster => SaysWhatTheWalkSays(cluster, ipBlockMatchesPods));

    [Fact]
    public void A_connection_is_allowed_denied_or_undetermined_as_its_two_directions_come_to() =>
        Always.Holds(RandomTierGenerator.Clusters, 30, static cluster =>
        {
            var (map, oracle) = Compile(cluster, ipBlockMatchesPods: true);
            foreach (var (source, destination) in OracleEnds.Pairs(map, cluster))
            {
                var (allowed, undetermined) = (map.Between(source.Index, destination.Index), map.Undetermined(source.Index, destination.Index));
                foreach (var (traffic, set) in TrafficOf(map))
                    Assert.Equal(oracle.Ask(source.Endpoint, destination.Endpoint, traffic), Verdict(allowed.Covers(set), undetermined.Covers(set)));
            }
        });

    /// <summary>
    /// A policy that denies nothing and stands behind the NetworkPolicies in their tier makes the engine walk through every rule; one above them that passes
    /// nothing makes it mask what they grant.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void The_general_way_finds_what_the_fast_way_finds(int order) =>
        Always.Holds(RandomClusterGenerator.Clusters, 60, cluster =>
        {
            var without = new RuleList([], Unmatched.NextTier);
            var none = new MadePolicy(new TieredPolicy(
                MadeObject.Origin("none"),
                EngineLayout.Kubernetes.NetworkPolicies with { Order = order },
                new EndpointTerm.Pods(LabelPredicate.Always),
                without,
                without));
            var fast = ReachabilityMap.Compile(cluster.Snapshot);
            var general = ReachabilityMap.Compile(new RandomCluster([.. cluster.Objects, none]).Snapshot);
            Assert.Null(general.AtMost);
            for (var source = 0; source < fast.Endpoints.Count; source++)
            {
                for (var destination = 0; destination < fast.Endpoints.Count; destination++)
                    Assert.Equal(fast.Between(source, destination), general.Between(source, destination));
            }
        });

    [Fact]
    public void The_destinations_of_a_source_are_those_it_reaches_under_tiers_too() =>
        Always.Holds(RandomTierGenerator.Clusters, 60, static cluster =>
        {
            var map = ReachabilityMap.Compile(cluster.Snapshot);
            foreach (var asked in new[] { map, map.AtMost }.OfType<ReachabilityMap>())
            {
                var everyClass = asked.Destinations(asked.Classes.Representatives);
                for (var source = 0; source < asked.Endpoints.Count; source++)
                {
                    var found = asked.DestinationsOf(source, everyClass, new PortSetPool())
                        .ToDictionary(static entry => entry.Destination, static entry => entry.Ports);
                    foreach (var destination in asked.Classes.Representatives)
                        Assert.Equal(asked.Between(source, destination), found.GetValueOrDefault(destination, PortSet.None));
                }
            }
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NetworkPolicies_decide_ICMP_by_their_rules_or_leave_it_open(bool rulesDecideIcmp) =>
        Always.Holds(Gen.OneOf(RandomTierGenerator.Clusters, RandomClusterGenerator.Cluster()), 30, cluster =>
        {
            var (map, oracle) = Compile(cluster, ipBlockMatchesPods: true, countsIcmp: true, rulesDecideIcmp);
            foreach (var (subject, peer) in OracleEnds.Pairs(map, cluster))
            {
                foreach (var direction in Enum.GetValues<PolicyDirection>())
                    AssertSame(map, oracle, direction, subject, peer);
            }
        });

    /// <summary>Calico has NetworkPolicies among its own policies, by name; on Cilium the Baseline tier is asked before what they isolate from is
    /// denied.</summary>
    [Theory]
    [InlineData("Calico")]
    [InlineData("Cilium")]
    public void Engines_have_NetworkPolicies_where_their_layout_says(string engine)
    {
        var layout = engine == "Calico" ? EngineLayout.Calico : EngineLayout.Cilium;
        Always.Holds(RandomTierGenerator.On(layout), 40, cluster =>
        {
            var (map, oracle) = Compile(cluster, ipBlockMatchesPods: true, engine: layout);
            foreach (var (subject, peer) in OracleEnds.Pairs(map, cluster))
            {
                foreach (var direction in Enum.GetValues<PolicyDirection>())
                    AssertSame(map, oracle, direction, subject, peer);
            }
        });
    }

    private static IEnumerable<TieredPolicy> DefaultDenyApart(TieredPolicy policy, EngineLayout layout)
    {
        if (layout.DefaultDeny is not { } last)
            return [policy];
        return
        [
            policy with { Ingress = Open(policy.Ingress), Egress = Open(policy.Egress) },
            policy with { Rank = new PolicyRank(last, 0, policy.Origin.Reference.ToString()), Ingress = Closed(policy.Ingress),
                Egress = Closed(policy.Egress) },
        ];

        static RuleList? Open(RuleList? list) => list is null ? null : list with { Unmatched = Unmatched.NextTier };

        static RuleList? Closed(RuleList? list) => list is null ? null : list with { Rules = [] };
    }

    /// <summary>What a NetworkPolicy does with ICMP where nobody says: it may allow it or leave it unmatched.</summary>
    private static TieredPolicy Open(TieredPolicy policy)
    {
        return policy with
        {
            Origin = policy.Origin with { Dialect = "NetworkPolicy, as far as anybody knows" },
            Ingress = OpenList(policy.Ingress),
            Egress = OpenList(policy.Egress),
        };

        static RuleList? OpenList(RuleList? list)
        {
            if (list is null)
                return null;
            var onPorts = new PortTerm.AnyOf([.. Protocols.WithPorts.Select(PortTerm.Every)]);
            var some = new EndpointTerm.SomeOf(EndpointTerm.Everyone, "what plugins do");
            var open = new TrafficRule(RuleAction.Allow, [new RulePeer(some, "")], new PortTerm.Not(onPorts), new RuleOrigin("spec", default));
            return list with { Rules = [open, .. list.Rules.Select(rule => rule with { Ports = new PortTerm.AllOf([rule.Ports, onPorts]) })] };
        }
    }

    private static void SaysWhatTheWalkSays(RandomCluster cluster, bool ipBlockMatchesPods)
    {
        var (map, oracle) = Compile(cluster, ipBlockMatchesPods);
        var unknown = new OracleEnd(map.Endpoints.UnknownPod, OracleEndpoint.UnknownPod);
        var pairs = OracleEnds.Pairs(map, cluster).ToList();
        var withUnknown = pairs.Select(static pair => pair.Source).Distinct().SelectMany(end => new[] { (end, unknown), (unknown, end) });
        foreach (var (subject, peer) in pairs.Concat(withUnknown))
        {
            foreach (var direction in Enum.GetValues<PolicyDirection>())
                AssertSame(map, oracle, direction, subject, peer);
        }
    }

    private static void AssertSame(ReachabilityMap map, TieredOracle oracle, PolicyDirection direction, OracleEnd subject, OracleEnd peer)
    {
        var (allowed, possible) = (PortsOf(map, direction, subject, peer), PortsOf(map.AtMost ?? map, direction, subject, peer));
        foreach (var (traffic, set) in TrafficOf(map))
        {
            var found = Verdict(allowed.Covers(set), possible.Covers(set) && !allowed.Covers(set));
            var expected = oracle.Ask(direction, subject.Endpoint, peer.Endpoint, traffic);
            if (expected != found)
                Assert.Fail($"{direction} of {subject} with {peer} on {set}: found {found}, expected {expected}\n{Text(map)}");
        }
    }

    private static (OracleTraffic Traffic, PortSet Set)[] TrafficOf(ReachabilityMap map) =>
        map.Traffic.CountsIcmp ? [.. WithPorts, .. WithoutPorts] : WithPorts;

    private static string Text(ReachabilityMap map) => string.Join("\n", map.Snapshot.PolicyObjects);

    private static OracleVerdict Verdict(bool isAllowed, bool isUndetermined) =>
        isAllowed ? OracleVerdict.Allowed : isUndetermined ? OracleVerdict.Undetermined : OracleVerdict.Denied;

    private static PortSet PortsOf(ReachabilityMap map, PolicyDirection direction, OracleEnd subject, OracleEnd peer)
    {
        var ruleSet = direction == PolicyDirection.Ingress ? map.IngressOf(subject.Index) : map.EgressOf(subject.Index);
        return ruleSet?.PortsFor(map.Classes.ClassOf(peer.Index)) ?? PortSet.All;
    }

    private static (ReachabilityMap Map, TieredOracle Oracle) Compile(
        RandomCluster cluster, bool ipBlockMatchesPods, bool countsIcmp = false, bool rulesDecideIcmp = true, EngineLayout? engine = null)
    {
        var layout = engine ?? EngineLayout.Kubernetes;

        // NetworkPolicies only allow, so their order means nothing; a fixed one saves trying all of them.
        var all = cluster.Snapshot.NetworkPolicies
            .Select(policy => NetworkPolicyTranslator.Translate(policy, layout))
            .Select(policy => layout.BreaksTiesByName ? policy : policy with { Rank = policy.Rank with { TieBreaker = policy.Origin.Reference.ToString() } })
            .SelectMany(policy => DefaultDenyApart(policy, layout))
            .Select(policy => rulesDecideIcmp ? policy : Open(policy))
            .Concat(cluster.Snapshot.PolicyObjects.Cast<MadePolicy>().Select(static made => made.Translation));
        return (
            ReachabilityMap.Compile(cluster.Snapshot, new ReachabilityOptions
            {
                Layout = layout,
                IPBlockMatchesPods = ipBlockMatchesPods,
                CountsIcmp = countsIcmp,
                RulesDecideIcmp = rulesDecideIcmp,
            }),
            new TieredOracle(cluster.Snapshot, all, ipBlockMatchesPods));
    }
}
