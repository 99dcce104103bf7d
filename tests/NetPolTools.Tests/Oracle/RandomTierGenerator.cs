using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Policies;
using NetPolTools.Sets;

namespace NetPolTools.Tests.Oracle;

/// <summary>Policies of every shape that the model knows, above, beside and below NetworkPolicies, with orders that often collide.</summary>
internal static class RandomTierGenerator
{
    private static readonly PolicyTier Second = new("second", 2000);
    private static readonly PolicyTier Last = new("last", double.PositiveInfinity);
    private static readonly PolicyTier Missing = new("a missing one", double.PositiveInfinity) { IsMissing = true };

    private static readonly AddressRange[] Blocks = [.. new[]
    {
        "0.0.0.0/0", "10.0.0.0/23", "10.0.0.0/25", "10.0.0.1/32", "10.0.0.200/32", "172.16.0.0/12", "192.0.2.0/24", "fd00::/64", "::/0",
    }.Select(static cidr => AddressRange.TryParseCidr(cidr, out var range, out _, out _) ? range : throw new ArgumentException(cidr))];

    // In this order: each uses those above it.
    private static readonly Gen<LabelPredicate> Test = Gen.Frequency(
        (5, from key in Gen.Elements("app", "tier")
            from test in Gen.Elements(Enum.GetValues<LabelTest>())
            from value in Gen.Elements("a", "b", "")
            select (LabelPredicate)new LabelPredicate.Label(LabelOwner.Pod, key, test, test == LabelTest.Exists ? [] : [value])),
        (3, from key in Gen.Elements("team", "env")
            from value in Gen.Elements("red", "blue")
            select (LabelPredicate)new LabelPredicate.Label(LabelOwner.Namespace, key, LabelTest.In, [value])),
        (3, Gen.Elements(RandomClusterGenerator.NamespaceNames).Select(static ns => (LabelPredicate)new LabelPredicate.InNamespace(ns))),
        (1, from test in Gen.Elements(LabelTest.In, LabelTest.StartsWith, LabelTest.EndsWith, LabelTest.Contains)
            from name in Gen.Elements(RandomPodGenerator.ServiceAccountNames)
            select (LabelPredicate)new LabelPredicate.HasServiceAccount([test == LabelTest.In ? name : name[..1]]) { Test = test }),
        (1, from value in Gen.Elements("a", "b")
            select (LabelPredicate)new LabelPredicate.Label(LabelOwner.ServiceAccount, "role", LabelTest.In, [value])));

    private static readonly Gen<LabelPredicate>[] Conditions = Nested(3, Test, static inner => Gen.Frequency(
        (1, Gen.Constant(LabelPredicate.Always)),
        (5, Test),
        (1, inner.Select(static part => (LabelPredicate)new LabelPredicate.Not(part))),
        (1, Parts(inner).Select(static parts => (LabelPredicate)new LabelPredicate.AllOf(parts))),
        (1, Parts(inner).Select(static parts => (LabelPredicate)new LabelPredicate.AnyOf(parts)))));

    private static readonly Gen<EndpointTerm> Nodes = Gen.Elements(
        (EndpointTerm)new EndpointTerm.Nodes(LabelPredicate.Always),
        new EndpointTerm.Nodes(new LabelPredicate.Label(LabelOwner.Node, "zone", LabelTest.Exists, [])));

    private static readonly Gen<EndpointTerm> Addresses =
        from blocks in RandomClusterGenerator.Several(1, 2, Gen.Elements(Blocks))
        from except in RandomClusterGenerator.Several(0, 1, Gen.Elements(Blocks))
        from pods in Gen.Elements(PodMatch.Yes, PodMatch.Yes, PodMatch.No, PodMatch.AsOption)
        from nodes in RandomClusterGenerator.AllButOneIn(3)
        select (EndpointTerm)new EndpointTerm.Addresses([.. blocks], [.. except], pods) { OfNodes = nodes };

    private static readonly Gen<EndpointTerm> Leaf = Gen.Frequency(
        (6, Conditions[2].Select(static which => (EndpointTerm)new EndpointTerm.Pods(which))),
        (3, Addresses),
        (1, Nodes),
        (1, Gen.Elements(AddressFamilyKind.IPv4, AddressFamilyKind.IPv6).Select(static family => (EndpointTerm)new EndpointTerm.OfFamily(family))));

    private static readonly Gen<EndpointTerm>[] Terms = Nested(2, Leaf, static inner => Gen.Frequency(
        (6, Leaf),
        (1, inner.Select(static part => (EndpointTerm)new EndpointTerm.Not(part))),
        (1, inner.Select(static part => (EndpointTerm)new EndpointTerm.SomeOf(part, "something"))),
        (1, Parts(inner).Select(static parts => (EndpointTerm)new EndpointTerm.AllOf(parts))),
        (1, Parts(inner).Select(static parts => (EndpointTerm)new EndpointTerm.AnyOf(parts)))));

    private static readonly Gen<PortTerm> Port = Gen.Frequency(
        (4, from protocol in Gen.Elements(Protocol.TCP, Protocol.UDP)
            from first in Gen.Elements(1, 80, 81)
            from last in Gen.Elements(80, 8080, 65535)
            select (PortTerm)new PortTerm.Range(protocol, first, last)),
        (3, from name in Gen.Elements("web", "metrics")
            from protocol in Gen.Elements<Protocol?>(Protocol.TCP, null)
            select (PortTerm)new PortTerm.Named(name, protocol)),
        (1, Gen.Elements(1, 17, 47, 58).Select(static number => (PortTerm)new PortTerm.ProtocolNumber(number))),
        (1, from family in Gen.Elements(AddressFamilyKind.IPv4, AddressFamilyKind.IPv6)
            from type in Gen.Elements<int?>(null, 8, 128)
            from code in Gen.Frequency((3, Gen.Constant<int?>(null)), (1, Gen.Constant<int?>(0)))
            select (PortTerm)new PortTerm.Icmp(family, type, type is null ? null : code)));

    private static readonly Gen<PortTerm>[] Ports = Nested(2, Port, static inner => Gen.Frequency(
        (6, Port),
        (1, inner.Select(static part => (PortTerm)new PortTerm.Not(part))),
        (1, Parts(inner).Select(static parts => (PortTerm)new PortTerm.AllOf(parts))),
        (1, Parts(inner).Select(static parts => (PortTerm)new PortTerm.AnyOf(parts)))));

    public static Gen<RandomCluster> Clusters { get; } = On(EngineLayout.Kubernetes);

    /// <summary>The same for an engine: policies in its tiers, before, among and behind its NetworkPolicies.</summary>
    public static Gen<RandomCluster> On(EngineLayout layout) =>
        from cluster in RandomClusterGenerator.Cluster()
        from count in Gen.Choose(1, 5)
        from policies in Gen.CollectToArray(Enumerable.Range(0, count), number => Policy($"made-{number}", layout))
        from accounts in Gen.CollectToArray(RandomClusterGenerator.NamespaceNames, RandomPodGenerator.ServiceAccounts)
        select new RandomCluster([.. cluster.Objects, .. accounts.SelectMany(x => x), .. policies]);

    private static Gen<MadePolicy> Policy(string name, EngineLayout layout) =>
        from rank in Rank(name, layout)
        from subjects in Gen.Frequency((8, Conditions[3].Select(static which => (EndpointTerm)new EndpointTerm.Pods(which))), (1, Nodes))
        from ingress in Rules("ingress", "from")
        from egress in Rules("egress", "to")
        let isDefaultDeny = rank.Tier == layout.DefaultDeny
        select new MadePolicy(new TieredPolicy(
            MadeObject.Origin(name), rank, subjects, isDefaultDeny ? Denying(ingress) : ingress, isDefaultDeny ? Denying(egress) : egress));

    /// <summary>In the last tier nothing stands but what isolates.</summary>
    private static RuleList? Denying(RuleList? list) => list is null ? null : new RuleList([], Unmatched.Deny);

    private static Gen<PolicyRank> Rank(string name, EngineLayout layout) =>
        from order in Gen.Choose(-1, 1)
        from strand in Gen.Frequency((4, Gen.Constant("")), (1, Gen.Constant("other")))
        let tie = layout.BreaksTiesByName ? name : null
        from rank in Gen.Elements(
        [
            new PolicyRank(layout.Admin, order, tie) { Strand = layout.BreaksTiesByName ? "" : strand },
            new PolicyRank(Second, order, name),

            // Behind the tier in which what policies isolate from is denied, nothing ever stands.
            .. layout.DefaultDeny is null ? [new PolicyRank(Last, order, name), new PolicyRank(Missing, order, name)] : Array.Empty<PolicyRank>(),
            layout.NetworkPolicies with { Order = double.PositiveInfinity, TieBreaker = tie },
            layout.NetworkPolicies with { Order = layout.NetworkPolicies.Order + order, TieBreaker = tie },
            new PolicyRank(layout.Baseline, order, tie),
            .. layout.DefaultDeny is { } last ? [new PolicyRank(last, order)] : Array.Empty<PolicyRank>(),
        ])
        select rank;

    private static Gen<RuleList?> Rules(string direction, string peersField) =>
        from given in RandomClusterGenerator.AllButOneIn(4)
        from count in Gen.Choose(0, 3)
        from rules in Gen.CollectToArray(Enumerable.Range(0, count), number => Rule($"spec.{direction}[{number}]", peersField))
        from unmatched in Gen.Frequency((3, Gen.Constant(Unmatched.NextTier)), (1, Gen.Constant(Unmatched.Deny)))
        select given ? new RuleList([.. rules], unmatched) : null;

    private static Gen<TrafficRule> Rule(string path, string peersField) =>
        from action in Gen.Elements(RuleAction.Allow, RuleAction.Deny, RuleAction.Pass)
        from peers in RandomClusterGenerator.Several(1, 2, Terms[2])
        from ports in Gen.Frequency((2, Gen.Constant(PortTerm.Everything)), (5, Ports[2]))
        from only in Gen.Frequency((6, Gen.Constant<EndpointTerm?>(null)), (1, Terms[1].Select(static term => (EndpointTerm?)term)))
        select new TrafficRule(action, [.. peers.Select((term, i) => new RulePeer(term, $"{peersField}[{i}]"))], ports, new RuleOrigin(path, default))
        {
            Only = only,
        };

    private static Gen<ImmutableArray<T>> Parts<T>(Gen<T> one) => RandomClusterGenerator.Several(1, 2, one).Select(static parts => parts.ToImmutableArray());

    /// <summary>By depth, what is made of that of one level less. Each is put together once, as every rule asks for one and they hold hundreds.</summary>
    private static Gen<T>[] Nested<T>(int depth, Gen<T> leaf, Func<Gen<T>, Gen<T>> around)
    {
        var levels = new Gen<T>[depth + 1];
        levels[0] = leaf;
        for (var level = 1; level <= depth; level++)
            levels[level] = around(levels[level - 1]);
        return levels;
    }
}
