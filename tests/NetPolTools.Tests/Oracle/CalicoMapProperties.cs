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
    public void The_map_says_of_every_direction_what_Calico_says() => Always.Holds(RandomCalicoGenerator.Clusters, 60, static cluster =>
    {
        var options = CniEvaluation.Of(cluster.Snapshot, CniChoice.Parse("calico"), ipBlockIgnoresPods: false).Options with { CountsIcmp = true };
        var map = ReachabilityMap.Compile(cluster.Snapshot, options);
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
    });

    private static PortSet Ports(ReachabilityMap map, PolicyDirection direction, int subject, int peer) =>
        (direction == PolicyDirection.Ingress ? map.IngressOf(subject) : map.EgressOf(subject))?.PortsFor(map.Classes.ClassOf(peer))
            ?? PortSet.All.CountingIcmp();

    private static string NameOf(ObjectReference reference) => $"{reference.Namespace}/{reference.Name}[{reference.Kind}]";
}
