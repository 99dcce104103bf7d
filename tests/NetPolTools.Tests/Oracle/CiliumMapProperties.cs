using NetPolTools.Dialects.Cilium;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Reachability;
using NetPolTools.Sets;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Oracle;

/// <summary>The engine under Cilium's policies beside NetworkPolicies, against Cilium's rules one by one.</summary>
public sealed class CiliumMapProperties
{
    private static readonly (OracleTraffic Traffic, PortSet Set)[] Asked =
    [
        .. new (Protocol Protocol, int Number)[]
        {
            (Protocol.TCP, 80), (Protocol.TCP, 81), (Protocol.TCP, 8080), (Protocol.TCP, 53), (Protocol.UDP, 53), (Protocol.UDP, 80), (Protocol.SCTP, 80),
        }.Select(static port => (new OracleTraffic(port.Protocol, port.Number), PortSet.Of(port.Protocol, port.Number))),
        (OracleTraffic.OfIcmp(AddressFamilyKind.IPv4, 8), PortSet.OfIcmp(AddressFamilyKind.IPv4, 8)),
        (OracleTraffic.OfIcmp(AddressFamilyKind.IPv6, 128), PortSet.OfIcmp(AddressFamilyKind.IPv6, 128)),
    ];

    private static readonly NetAddress[] Addresses =
        [.. "10.0.0.9 10.0.0.140 10.0.0.200 192.0.2.2 192.0.2.9 203.0.113.1 fd00::2 fd00::9 2001:db8::5".Split(' ').Select(NetAddress.Parse)];

    private static readonly ReachabilityOptions Options = new()
    {
        Layout = EngineLayout.Cilium with { Own = CiliumDialect.Instance },
        IPBlockMatchesPods = false,
        IPBlockMatchesNodes = false,
        RulesDecideIcmp = true,
        CountsIcmp = true,
    };

    [Fact]
    public void The_map_says_of_every_direction_what_Cilium_says() =>
        Always.Holds(RandomCiliumGenerator.Clusters, 60, static cluster =>
        {
            var map = ReachabilityMap.Compile(cluster.Snapshot, Options);
            var oracle = new CiliumOracle(cluster.Snapshot);
            var names = OracleEndpoint.InCluster(cluster.Snapshot).ToDictionary(static end => end.Name);
            // Where no rule denies ingress, nodes reach their pods whatever rules say, and the engine may read rules for other nodes as for all.
            var denies = cluster.Objects.OfType<CiliumPolicy>()
                .SelectMany(static policy => policy.Rules())
                .Any(static rule => rule.Rule.IngressDeny is { Count: > 0 });
            (OracleEndpoint End, int Index)[] pods =
            [
                .. Enumerable.Range(0, map.Endpoints.PodCount).Select(i => (names[NameOf(map.Endpoints[i].Reference)], i)),
            ];
            (OracleEndpoint End, int Index)[] ends =
                [.. pods, .. Addresses.Select(address => (OracleEndpoint.Outside(address), map.Endpoints.IndexOfAddress(address)))];
            foreach (var (subject, at) in pods.Where(static pod => pod.End.IsSelectable))
            {
                foreach (var (peer, other) in ends.Where(end => end.Index != at))
                {
                    foreach (var direction in new[] { PolicyDirection.Ingress, PolicyDirection.Egress })
                    {
                        if (direction == PolicyDirection.Ingress && !denies && oracle.IsOwnNode(subject, peer))
                        {
                            Assert.True(map.NodeReaches(at, other), $"{peer} is the node of {subject} and does not reach it");
                            continue;
                        }

                        var (sure, possible) = (Ports(map, direction, at, other), Ports(map.AtMost ?? map, direction, at, other));
                        foreach (var (traffic, set) in Asked)
                        {
                            if (oracle.Allows(direction, subject, peer, traffic) is not { } allowed)
                                continue;
                            if (MayBeApiServer(cluster, peer) && sure.Covers(set) != possible.Covers(set))
                                continue;
                            Assert.True(
                                sure.Covers(set) == allowed && possible.Covers(set) == allowed,
                                $"{direction} of {subject} with {peer} on {set}: Cilium says {allowed}, the map {sure.Covers(set)} and {possible.Covers(set)}");
                        }
                    }
                }
            }
        });

    /// <summary>Which node or address outside is the API server's, nobody knows; rules that name it are undetermined with all of them.</summary>
    private static bool MayBeApiServer(RandomCluster cluster, OracleEndpoint peer) => !peer.IsSelectable && cluster.Objects.OfType<CiliumPolicy>()
        .SelectMany(static policy => policy.Rules()).SelectMany(static rule => CiliumRule.Sections.SelectMany(section =>
            rule.Rule.Entries(section.Direction, section.Denies))).Any(static entry => entry.Entities?.Contains("kube-apiserver") == true
                || entry.Endpoints?.Any(static selector => selector.Keys.Any(static key => key.StartsWith("reserved:", StringComparison.Ordinal)
                    || key == "io.cilium.k8s.policy.cluster")) == true);

    private static PortSet Ports(ReachabilityMap map, PolicyDirection direction, int subject, int peer) =>
        (direction == PolicyDirection.Ingress ? map.IngressOf(subject) : map.EgressOf(subject))?.PortsFor(map.Classes.ClassOf(peer))
            ?? PortSet.All.CountingIcmp();

    private static string NameOf(ObjectReference reference) => $"{reference.Namespace}/{reference.Name}[{reference.Kind}]";
}
