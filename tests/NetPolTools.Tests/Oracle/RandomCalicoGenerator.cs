using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Dialects.Calico;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Tests.Oracle;

/// <summary>
/// Calico's policies, tiers, network sets and host endpoints beside NetworkPolicies, of few labels, blocks and ports, so that they often meet by halves. Every
/// pod has one address of the same family, and the labels of every namespace and service account are known: otherwise nobody could tell.
/// </summary>
internal static class RandomCalicoGenerator
{
    private static readonly string[] TierNames = ["default", "first", "second", "missing"];

    private static readonly string[] Selectors =
    [
        "all()", "app == 'a'", "app != 'a'", "has(tier)", "!has(tier)", "tier in {'a', ''}", "app not in {'b'}", "app starts with 'a' && has(tier)",
        "app == 'a' || tier == 'b'", "!(app == 'a' && tier == 'a')", "pcns.team == 'red'", "has(pcns.env)", "pcns.team != 'red'", "pcsa.role == 'a'",
        "projectcalico.org/namespace == 'alpha'", "projectcalico.org/serviceaccount == 'robot'", "projectcalico.org/orchestrator == 'k8s'", "tier contains 'a'",
    ];

    private static readonly string[] OfNamespaces =
    [
        "all()", "team == 'red'", "team != 'red'", "!has(env)", "has(env)", "projectcalico.org/name == 'beta'",
        "kubernetes.io/metadata.name in {'alpha', 'beta'}", "!has(team) || env == ''",
    ];

    private static readonly string[] IPv4Nets = ["10.0.0.0/24", "10.0.0.0/29", "10.0.1.0/24", "0.0.0.0/0", "203.0.113.0/24"];
    private static readonly string[] IPv6Nets = ["fd00::/64", "fd00:0:0:1::/64", "2001:db8::/32", "::/0"];

    public static Gen<RandomCluster> Clusters { get; } = Under(RandomClusterGenerator.Cluster(), 1, 6);

    /// <summary>More pods under more policies, so that some policies are about most pods and others about few.</summary>
    public static Gen<RandomCluster> Crowds { get; } = Under(
        from units in Gen.CollectToArray(Enumerable.Range(0, 14), static number => RandomPodGenerator.Unit(number, RandomClusterGenerator.NamespaceNames))
        select new RandomCluster([.. units.SelectMany(static made => made)]),
        6,
        12);

    private static Gen<RandomCluster> Under(Gen<RandomCluster> clusters, int fewest, int most) =>
        from cluster in clusters
        from family in Gen.Elements(AddressFamilyKind.IPv4, AddressFamilyKind.IPv4, AddressFamilyKind.IPv6)
        let known = Known(cluster.Objects, family)
        from accounts in Gen.CollectToArray(Accounts, Account)
        from tiers in Gen.CollectToArray(["first", "second"], Tier)
        from sets in RandomClusterGenerator.Several(0, 3, Set)
        from count in Gen.Choose(fewest, most)
        from policies in Gen.CollectToArray(Enumerable.Range(0, count), Policy)
        select new RandomCluster([.. known, .. accounts, .. tiers.OfType<CalicoTier>(), .. Named(sets), .. policies]);

    private static (string Namespace, string Name)[] Accounts { get; } =
        [.. from ns in RandomClusterGenerator.NamespaceNames from name in RandomPodGenerator.ServiceAccountNames select (ns, name)];

    private static IEnumerable<KubernetesObject> Known(IReadOnlyList<KubernetesObject> objects, AddressFamilyKind family)
    {
        var given = objects.OfType<Namespace>().Select(static ns => ns.Name).ToHashSet();
        return
        [
            .. RandomClusterGenerator.NamespaceNames.Where(name => !given.Contains(name))
                .Select(static name => new Namespace(new ObjectMetadata { Name = name })),
            .. objects.Where(static found => found is not Workload).Select((found, i) => found switch
            {
                Pod pod => pod with { Addresses = [Address(family, i, 1)], HostAddresses = [OfNode(family, pod.Spec.NodeName, i)] },
                Node node => node with { Addresses = [OfNode(family, node.Name, i)] },
                _ => found,
            }),
        ];
    }

    private static NetAddress Address(AddressFamilyKind family, int number, int first) => NetAddress.Parse(family == AddressFamilyKind.IPv4
        ? $"10.0.{number % 2}.{first + number}"
        : $"fd00:0:0:{number % 2}::{first + number}");

    private static NetAddress OfNode(AddressFamilyKind family, string? name, int number) =>
        name is null ? Address(family, number, 100) : Address(family, Array.IndexOf(RandomPodGenerator.NodeNames, name), 200);

    private static Gen<KubernetesObject> Account((string Namespace, string Name) account) =>
        from labels in RandomClusterGenerator.Labels(["role"], ["a", "b"])
        select (KubernetesObject)new ServiceAccount(new ObjectMetadata { Name = account.Name, Namespace = account.Namespace, Labels = labels });

    private static Gen<CalicoTier?> Tier(string name) =>
        from given in RandomClusterGenerator.AllButOneIn(4)
        from order in Gen.Elements<double?>(null, 1, 50, 2_000_000)
        from action in Gen.Elements<string?>(null, "Pass", "Pass", "Deny")
        select given ? new CalicoTier(new ObjectMetadata { Name = name }) { Order = order, DefaultAction = action } : null;

    private static Gen<CalicoObject> Set =>
        from kind in Gen.Elements(CalicoKind.NetworkSet, CalicoKind.GlobalNetworkSet, CalicoKind.HostEndpoint)
        from ns in Gen.Elements(RandomClusterGenerator.NamespaceNames)
        from labels in RandomPodGenerator.Labels
        from nets in RandomClusterGenerator.Several(1, 2, Gen.Elements(["10.0.0.3", "10.0.1.200/30", "fd00::3", .. IPv4Nets, .. IPv6Nets]))
        let metadata = new ObjectMetadata { Namespace = kind.IsNamespaced ? ns : null, Labels = labels }
        select kind == CalicoKind.HostEndpoint
            ? (CalicoObject)new CalicoHostEndpoint(metadata) { Node = "node-1", ExpectedIPs = ["10.0.0.201", "10.0.1.202", "fd00::205"] }
            : new CalicoNetworkSet(kind, metadata) { Nets = nets };

    private static IEnumerable<CalicoObject> Named(CalicoObject[] sets) =>
        sets.Select(static (set, i) => set with { Metadata = set.Metadata with { Name = $"set-{i}" } });

    private static Gen<CalicoPolicy> Policy(int number) =>
        from kind in Gen.Elements(
            CalicoKind.NetworkPolicy, CalicoKind.GlobalNetworkPolicy, CalicoKind.NetworkPolicy, CalicoKind.GlobalNetworkPolicy, CalicoKind.StagedNetworkPolicy)
        from ns in Gen.Elements(RandomClusterGenerator.NamespaceNames)
        from tier in Gen.Elements(TierNames)
        from order in Gen.Elements<double?>(null, -1, 10, 1000, 1000.5)
        from subjects in Perhaps(Selectors)
        from namespaces in Perhaps(OfNamespaces)
        from accounts in Gen.Frequency((5, Gen.Constant<string?>(null)), (1, Gen.Elements<string?>("role == 'a'", "!has(role)", "all()")))
        from types in Gen.Elements<string[]>([], ["Ingress"], ["Egress"], ["Ingress", "Egress"])
        from ingress in RandomClusterGenerator.Several(0, 3, Rule())
        from egress in RandomClusterGenerator.Several(0, 3, Rule())
        from isStored in RandomClusterGenerator.OneIn(6)
        let isGlobal = !kind.IsNamespaced
        select new CalicoPolicy(kind, new ObjectMetadata { Name = $"{"abz"[number % 3]}-{number}", Namespace = isGlobal ? null : ns })
        {
            Tier = tier,
            Order = order,
            Selector = subjects,
            NamespaceSelector = isGlobal ? namespaces : null,
            ServiceAccountSelector = accounts,
            Types = types,
            Ingress = ingress,
            Egress = egress,
            IsStorageForm = isStored,
        };

    private static Gen<CalicoRule> Rule() =>
        from action in Gen.Elements("Allow", "Allow", "Deny", "Deny", "Pass", "Log")
        from version in Gen.Frequency((8, Gen.Constant<int?>(null)), (1, Gen.Elements<int?>(4, 6)))
        from protocol in Gen.Elements<string?>(null, null, "TCP", "TCP", "UDP", "SCTP", "6", "ICMP", "47")
        from isExcluded in RandomClusterGenerator.OneIn(8)
        from type in Gen.Elements<int?>(null, 8)
        from source in Entity()
        from destination in Entity()
        from ports in Gen.Frequency((1, Gen.Constant<CalicoPort[]>([])), (2, RandomClusterGenerator.Several(1, 2, Port)))
        from without in Gen.Frequency((3, Gen.Constant<CalicoPort[]>([])), (1, RandomClusterGenerator.Several(1, 2, Port)))
        let hasPorts = protocol is "TCP" or "UDP" or "SCTP" or "6" && !isExcluded
        select new CalicoRule
        {
            Action = action,
            IPVersion = version,
            Protocol = protocol is null || isExcluded ? null : new CalicoProtocol(protocol),
            NotProtocol = protocol is not null && isExcluded ? new CalicoProtocol(protocol) : null,
            Icmp = protocol == "ICMP" && !isExcluded && version != 6 && type is not null ? new CalicoIcmp(type, null) : null,
            Source = source,
            Destination = hasPorts ? destination with { Ports = ports, NotPorts = without } : destination,
        };

    private static Gen<CalicoPort> Port => Gen.Elements(
        new CalicoPort(80), new CalicoPort(80, 8080, null), new CalicoPort("web"), new CalicoPort("metrics"), new CalicoPort(53));

    private static Gen<CalicoEntity> Entity() =>
        from selector in Perhaps(Selectors)
        from not in Rarely(Selectors)
        from namespaces in Rarely([.. OfNamespaces, "global()"])
        from nets in Gen.Frequency((4, Gen.Constant<string[]>([])), (1, Nets))
        from notNets in Gen.Frequency((6, Gen.Constant<string[]>([])), (1, Gen.Elements<string[]>(["10.0.0.0/29"], ["10.0.1.0/24"], ["fd00::/64"])))
        from names in RandomClusterGenerator.OneIn(8)
        from ofAccounts in Gen.Frequency((8, Gen.Constant<string?>(null)), (1, Gen.Elements<string?>("role == 'a'", "role != 'a'")))
        select new CalicoEntity
        {
            Selector = namespaces == "global()" ? null : selector,
            NotSelector = not,
            NamespaceSelector = namespaces,
            Nets = nets,
            NotNets = notNets,
            ServiceAccounts = names || ofAccounts is not null ? new CalicoServiceAccounts { Names = names ? ["robot"] : [], Selector = ofAccounts } : null,
        };

    private static Gen<string[]> Nets =>
        from isIPv4 in RandomClusterGenerator.AllButOneIn(3)
        from nets in RandomClusterGenerator.Several(1, 2, Gen.Elements(isIPv4 ? IPv4Nets : IPv6Nets))
        select nets;

    private static Gen<string?> Perhaps(string[] texts) =>
        Gen.Frequency((2, Gen.Constant<string?>(null)), (3, Gen.Elements(texts).Select(static text => (string?)text)));

    private static Gen<string?> Rarely(string[] texts) =>
        Gen.Frequency((5, Gen.Constant<string?>(null)), (1, Gen.Elements(texts).Select(static text => (string?)text)));
}
