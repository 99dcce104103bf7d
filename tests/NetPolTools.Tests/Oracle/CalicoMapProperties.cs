using NetPolTools.Cni;
using NetPolTools.Objects;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

/// <summary>The engine under Calico's policies beside NetworkPolicies, against Calico's rules one by one.</summary>
public sealed class CalicoMapProperties
{
    private static readonly (OracleTraffic Traffic, PortSet Set)[] Asked =
    [
        .. new (Protocol Protocol, int Number)[]
        {
            (Protocol.TCP, 80), (Protocol.TCP, 81), (Protocol.TCP, 8080), (Protocol.TCP, 53), (Protocol.UDP, 53), (Protocol.UDP, 80), (Protocol.SCTP, 80),
        }.Select(static port => (new OracleTraffic(port.Protocol, port.Number), PortSet.Of(port.Protocol, port.Number))),
        (OracleTraffic.OfIcmp(AddressFamilyKind.IPv4, 8), PortSet.OfIcmp(AddressFamilyKind.IPv4, 8)),
        (OracleTraffic.OfIcmp(AddressFamilyKind.IPv4, 0), PortSet.OfIcmp(AddressFamilyKind.IPv4, 0)),
        (OracleTraffic.OfIcmp(AddressFamilyKind.IPv6, 128), PortSet.OfIcmp(AddressFamilyKind.IPv6, 128)),
        (OracleTraffic.OfProtocol(47), PortSet.OfOther(47)),
    ];

    private static readonly NetAddress[] Addresses =
        [.. "10.0.0.250 10.0.1.201 10.0.0.201 203.0.113.1 198.51.100.1 fd00::250 fd00:0:0:1::3 2001:db8::5".Split(' ').Select(NetAddress.Parse)];

    [Fact]
    public void The_map_says_of_every_direction_what_Calico_says() =>
        Always.Holds(RandomCalicoGenerator.Clusters, 60, static cluster => SaysWhatCalicoSays(cluster, Compiled(cluster)));

    [Fact]
    public void It_does_where_what_broad_policies_come_to_is_shared_by_many()
    {
        var shared = Always.Samples(RandomCalicoGenerator.Crowds, 80, nameof(It_does_where_what_broad_policies_come_to_is_shared_by_many))
            .Select(static cluster => (Cluster: cluster, Map: Compiled(cluster)))
            .Where(static made => made.Map.IngressRuleSets.Concat(made.Map.EgressRuleSets).Any(static ruleSet => ruleSet.SharedCount > 0)).Take(12).ToArray();
        Assert.Equal(12, shared.Length);
        Always.HoldsOf(shared, static made =>
        {
            SaysWhatCalicoSays(made.Cluster, made.Map);
            SaysTheSameBySets(made.Map);
        });
    }

    private static ReachabilityMap Compiled(RandomCluster cluster) => ReachabilityMap.Compile(
        cluster.Snapshot, CniEvaluation.Of(cluster.Snapshot, CniChoice.Parse("calico"), ipBlockIgnoresPods: false).Options with { CountsIcmp = true });

    /// <summary>Whoever goes through sets of peers finds what questions about pairs find.</summary>
    private static void SaysTheSameBySets(ReachabilityMap map)
    {
        var classes = map.Classes.Representatives;
        var (sources, destinations) = (new PeerFinder(map, PolicyDirection.Ingress), new PeerFinder(map, PolicyDirection.Egress));
        var scan = map.Destinations(classes);
        foreach (var subject in classes)
        {
            var (from, to) = (sources.PeersOf(subject), destinations.PeersOf(subject));
            var reached = map.DestinationsOf(subject, scan, new PortSetPool()).ToDictionary(static found => found.Destination, static found => found.Ports);
            foreach (var peer in classes)
            {
                Assert.Equal(!map.Between(peer, subject).IsEmpty, from.Contains(peer));
                Assert.Equal(!map.Between(subject, peer).IsEmpty, to.Contains(peer));
                Assert.Equal(map.Between(subject, peer), reached.GetValueOrDefault(peer, PortSet.None));
            }

            foreach (var ruleSet in new[] { map.IngressOf(subject), map.EgressOf(subject) }.OfType<RuleSet>())
                AllowsWhatItSays(ruleSet, classes, map.Endpoints.Count);
        }
    }

    private static void AllowsWhatItSays(RuleSet ruleSet, IndexSet classes, int count)
    {
        var peers = new IndexSetAccumulator(count);
        ruleSet.AddPeers(peers);
        var allowed = ruleSet.Allowed();
        foreach (var peer in classes)
        {
            var ports = ruleSet.PortsFor(peer);
            Assert.Equal(!ports.IsEmpty, peers.Contains(peer));
            Assert.Equal(ports, allowed.Where(grant => grant.Peers.Contains(peer)).Select(static grant => grant.Ports).SingleOrDefault(PortSet.None));
        }

        Assert.Equal(Together(ruleSet, classes), ruleSet.GrantedPorts());
    }

    private static PortSet Together(RuleSet ruleSet, IndexSet classes)
    {
        var all = PortSet.None;
        foreach (var peer in classes)
            all = all.Union(ruleSet.PortsFor(peer));
        return all;
    }

    private static void SaysWhatCalicoSays(RandomCluster cluster, ReachabilityMap map)
    {
        var oracle = new CalicoOracle(cluster.Snapshot);
        var names = OracleEndpoint.InCluster(cluster.Snapshot).ToDictionary(static end => end.Name);
        (OracleEndpoint End, int Index)[] pods =
            [.. Enumerable.Range(0, map.Endpoints.PodCount).Select(i => (names[NameOf(map.Endpoints[i].Reference)], i))];
        (OracleEndpoint End, int Index)[] ends =
            [.. pods, .. Addresses.Select(address => (OracleEndpoint.Outside(address), map.Endpoints.IndexOfAddress(address)))];
        foreach (var (subject, at) in pods.Where(static pod => pod.End.IsSelectable))
        {
            // Between addresses of two families there is no traffic, and nodes may have the address that is asked about.
            foreach (var (peer, other) in ends.Where(end => end.Index != at && end.End.Addresses[0].Family == subject.Addresses[0].Family))
            {
                foreach (var direction in Enum.GetValues<PolicyDirection>())
                {
                    var (sure, possible) = (Ports(map, direction, at, other), Ports(map.AtMost ?? map, direction, at, other));
                    foreach (var (traffic, set) in Asked.Where(asked => asked.Traffic.Icmp is null || asked.Traffic.Icmp == subject.Addresses[0].Family))
                    {
                        var allowed = oracle.Allows(direction, subject, peer, traffic);
                        Assert.True(
                            sure.Covers(set) == allowed && possible.Covers(set) == allowed,
                            $"{direction} of {subject} with {peer} on {set}: Calico says {allowed}, the map {sure.Covers(set)} and {possible.Covers(set)}");
                    }
                }
            }
        }
    }

    private static PortSet Ports(ReachabilityMap map, PolicyDirection direction, int subject, int peer) =>
        (direction == PolicyDirection.Ingress ? map.IngressOf(subject) : map.EgressOf(subject))?.PortsFor(map.Classes.ClassOf(peer))
            ?? PortSet.All.CountingIcmp();

    private static string NameOf(ObjectReference reference) => $"{reference.Namespace}/{reference.Name}[{reference.Kind}]";
}
