using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Dialects.AdminTiers;
using NetPolTools.Objects;

namespace NetPolTools.Tests.Oracle;

/// <summary>Policies of the admin tiers that the API server would accept, in every shape their kind knows.</summary>
internal static class RandomAdminPolicyGenerator
{
    /// <summary>Host bits are taken; a block of one family never matches the other.</summary>
    private static readonly string[] Networks =
        ["0.0.0.0/0", "10.0.0.0/23", "10.0.0.77/25", "10.0.0.1/32", "172.16.0.0/12", "192.0.2.0/24", "::/0", "fd00::/64", "2001:db8::1/32"];

    /// <summary>None is empty: servers of Kubernetes 1.20 take an empty text in a custom resource for null.</summary>
    private static readonly string[] Values = ["a", "b"];

    /// <summary>Often met priorities are the ones at the edges and the ones that follow each other.</summary>
    public static Gen<int> Priority { get; } = Gen.Frequency((3, Gen.Choose(0, 1000)), (1, Gen.Elements(0, 1, 2, 998, 999, 1000)));

    /// <param name="kind">The kind.</param>
    /// <param name="name">Not for a BaselineAdminNetworkPolicy, which has one of its own.</param>
    public static Gen<AdminPolicy> Policy(AdminPolicyKind kind, string name) =>
        from tier in kind.Tier is null ? Gen.Elements<string?>(AdminPolicyKind.AdminTier, AdminPolicyKind.BaselineTier) : Gen.Constant<string?>(null)
        from priority in kind.HasPriority ? Priority.Select(static number => (int?)number) : Gen.Constant<int?>(null)
        from subject in Gen.OneOf(
            NamespaceSelector.Select(static namespaces => new AdminSubject { Namespaces = namespaces }),
            Pods(kind).Select(static pods => new AdminSubject { Pods = pods }))
        from ingress in RandomClusterGenerator.AbsentEmptyOrSome(Rule(kind, Peer(kind)))
        from egress in RandomClusterGenerator.AbsentEmptyOrSome(Gen.Frequency(
            (2, Rule(kind, Peer(kind))),
            (1, Rule(kind, Gen.OneOf(Peer(kind), AddressPeer(kind)), hasNames: false))))
        select new AdminPolicy(kind, new ObjectMetadata { Name = kind == AdminPolicyKind.BaselineAdminNetworkPolicy ? AdminPolicyKind.BaselineName : name })
        {
            Tier = tier,
            Priority = priority,
            Subject = subject,
            Ingress = ingress,
            Egress = egress,
        };

    private static Gen<AdminRule> Rule(AdminPolicyKind kind, Gen<AdminPeer> peer, bool hasNames = true) =>
        from name in Gen.Elements(null, "rule", "no web, please")
        from action in Gen.Elements(kind.ActionWords.ToArray())
        from peers in RandomClusterGenerator.Several(1, 3, peer)
        from ports in kind.HasProtocols
            ? Gen.Frequency((1, Gen.Constant<AdminPort[]?>(null)),
                (3, RandomClusterGenerator.Several(1, 3, Protocol(hasNames)).Select(static some => (AdminPort[]?)some)))
            : RandomClusterGenerator.AbsentEmptyOrSome(Port(hasNames))
        select new AdminRule { Name = name, Action = action, Peers = peers, Ports = ports };

    private static Gen<AdminPeer> Peer(AdminPolicyKind kind) => Gen.OneOf(
        NamespaceSelector.Select(static namespaces => new AdminPeer { Namespaces = namespaces }),
        Pods(kind).Select(static pods => new AdminPeer { Pods = pods }));

    private static Gen<AdminPeer> AddressPeer(AdminPolicyKind kind) => Gen.Frequency(
        (4, from networks in RandomClusterGenerator.Several(1, 3, Gen.Elements(Networks))
            select new AdminPeer { Networks = [.. networks.Distinct()] }),
        (2, RandomPolicyGenerator.Selector(["zone"], Values).Select(static nodes => new AdminPeer { Nodes = nodes })),
        (kind.HasDomainNames ? 1 : 0, Gen.Elements("example.com", "*.example.com").Select(static name => new AdminPeer { DomainNames = [name] })));

    private static Gen<AdminPods> Pods(AdminPolicyKind kind) =>
        from pods in RandomPolicyGenerator.Selector(["app", "tier"], Values)
        from namespaces in NamespaceSelector
        from isEveryNamespace in RandomClusterGenerator.OneIn(3)
        select new AdminPods(kind.HasProtocols && isEveryNamespace ? null : namespaces, pods);

    private static Gen<LabelSelector> NamespaceSelector => Gen.Frequency(
        (1, Gen.Constant(LabelSelector.Everything)),
        (2, RandomPolicyGenerator.Selector(["team", "env"], ["red", "blue"])),
        (2, RandomPolicyGenerator.Selector([Namespace.NameLabel], ["alpha", "beta", "gamma"])));

    /// <summary>v1alpha1 checks neither protocols nor that a range goes upwards.</summary>
    private static Gen<AdminPort> Port(bool hasNames) =>
        from protocol in Gen.Elements(null, "TCP", "UDP", "SCTP", "tcp")
        from port in Gen.Frequency(
            (3, Number.Select(number => new AdminPort { PortNumber = new AdminPortNumber(protocol, number) })),
            (3, from first in Number from last in Number select new AdminPort { PortRange = new AdminPortRange(protocol, first, last) }),
            (hasNames ? 2 : 0, Name.Select(static name => new AdminPort { PortName = name })))
        select port;

    private static Gen<AdminPort> Protocol(bool hasNames) =>
        from protocol in Gen.Elements("tcp", "udp", "sctp")
        from port in Gen.Frequency(
            (3, Number.Select(number => Destination(protocol, new AdminDestinationPort(number, null)))),
            (3, from first in Number
                from last in Number
                select Destination(protocol, first == last
                    ? new AdminDestinationPort(first, null)
                    : new AdminDestinationPort(null, new AdminPortRange(null, Math.Min(first, last), Math.Max(first, last))))),
            (hasNames ? 2 : 0, Name.Select(static name => new AdminPort { PortName = name })))
        select port;

    private static Gen<int> Number => Gen.Elements(1, 79, 80, 81, 8080, 65535);

    private static Gen<string> Name => Gen.Elements("web", "metrics", "ghost");

    private static AdminPort Destination(string protocol, AdminDestinationPort port) => new() { Protocols = [new AdminProtocol(protocol, port)] };
}
