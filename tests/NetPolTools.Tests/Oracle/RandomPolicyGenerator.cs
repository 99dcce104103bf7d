using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Objects;

namespace NetPolTools.Tests.Oracle;

/// <summary>NetworkPolicies that the API server would accept, in every shape it knows.</summary>
internal static class RandomPolicyGenerator
{
    /// <summary>Blocks, each with what may be excepted from it. The last has host bits, as objects stored long ago may.</summary>
    private static readonly (string Cidr, string[] Excepts)[] Blocks =
    [
        ("0.0.0.0/0", ["10.0.0.0/8", "10.0.0.0/24", "128.0.0.0/1", "255.255.255.255/32"]),
        ("10.0.0.0/23", ["10.0.0.0/25", "10.0.0.128/25", "10.0.1.4/30"]),
        ("10.0.0.0/24", ["10.0.0.0/32", "10.0.0.128/25", "10.0.0.192/26"]),
        ("10.0.0.1/32", []),
        ("172.16.0.0/12", ["172.16.0.8/29"]),
        ("255.255.255.0/24", []),
        ("::/0", ["fd00::/8", "2001:db8::/32"]),
        ("fd00::/64", ["fd00::80/121", "fd00::/128"]),
        ("fd00::/120", []),
        ("ffff::/16", []),
        ("10.0.0.77/25", ["10.0.0.99/26"]),
    ];

    public static Gen<NetworkPolicy> Policy(string name, string[] namespaces) =>
        from ns in Gen.Elements(namespaces)
        from podSelector in Selector(["app", "tier"])
        from types in Gen.Elements<string[]?>(null, [], ["Ingress"], ["Egress"], ["Ingress", "Egress"], ["Egress", "Egress"])
        from ingress in RandomClusterGenerator.AbsentEmptyOrSome(Rule)
        from egress in RandomClusterGenerator.AbsentEmptyOrSome(Rule)
        select new NetworkPolicy(new ObjectMetadata { Name = name, Namespace = ns })
        {
            PodSelector = podSelector,
            PolicyTypes = types,
            Ingress = ingress,
            Egress = egress,
        };

    public static Gen<LabelSelector> Selector(string[] keys, string[]? values = null) =>
        from labels in RandomClusterGenerator.Several(0, 1, Label(keys, values ?? ["a", "b", ""]))
        from expressions in RandomClusterGenerator.Several(0, 2, Requirement([.. keys, "ghost"], values ?? ["a", "b", ""]))
        select new LabelSelector { MatchLabels = labels, MatchExpressions = expressions };

    private static Gen<NetworkPolicyRule> Rule =>
        from peers in RandomClusterGenerator.AbsentEmptyOrSome(Peer)
        from ports in RandomClusterGenerator.AbsentEmptyOrSome(Port)
        select new NetworkPolicyRule { Peers = peers, Ports = ports };

    private static Gen<NetworkPolicyPeer> Peer => Gen.OneOf(
        Selector(["app", "tier"]).Select(static pods => new NetworkPolicyPeer { PodSelector = pods }),
        NamespaceSelector.Select(static namespaces => new NetworkPolicyPeer { NamespaceSelector = namespaces }),
        from pods in Selector(["app", "tier"])
        from namespaces in NamespaceSelector
        select new NetworkPolicyPeer { PodSelector = pods, NamespaceSelector = namespaces },
        Block.Select(static block => new NetworkPolicyPeer { IPBlock = block }));

    private static Gen<LabelSelector> NamespaceSelector => Gen.OneOf(
        Selector(["team", "env"], ["red", "blue", ""]),
        Selector([Namespace.NameLabel], ["alpha", "beta", "gamma"]));

    private static Gen<IPBlock> Block =>
        from block in Gen.Elements(Blocks)
        from excepts in Gen.SubListOf(block.Excepts)
        select new IPBlock(block.Cidr, [.. excepts]);

    private static Gen<NetworkPolicyPort> Port =>
        from protocol in Gen.Elements(null, "TCP", "UDP", "SCTP")
        from port in Gen.OneOf(
            Gen.Constant(new NetworkPolicyPort()),
            Gen.Elements(1, 80, 81, 8080, 65535).Select(static number => new NetworkPolicyPort { Port = new PortNumberOrName(number, null) }),
            Gen.Elements("web", "metrics", "ghost").Select(static name => new NetworkPolicyPort { Port = new PortNumberOrName(0, name) }),
            from first in Gen.Elements(1, 79, 80, 8000)
            from last in Gen.Elements(80, 81, 8080, 65535)
            select new NetworkPolicyPort { Port = new PortNumberOrName(first, null), EndPort = Math.Max(first, last) })
        select port with { Protocol = protocol };

    private static Gen<KeyValuePair<string, string>> Label(string[] keys, string[] values) =>
        from key in Gen.Elements(keys)
        from value in Gen.Elements(values)
        select KeyValuePair.Create(key, value);

    private static Gen<LabelSelectorRequirement> Requirement(string[] keys, string[] values) =>
        from key in Gen.Elements(keys)
        from wanted in Gen.Elements("In", "NotIn", "Exists", "DoesNotExist")
        from chosen in RandomClusterGenerator.Several(1, 2, Gen.Elements(values))
        select new LabelSelectorRequirement(key, wanted, wanted is "In" or "NotIn" ? chosen : []);
}
