using FsCheck;
using FsCheck.Fluent;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Objects;

namespace NetPolTools.Tests.Oracle;

/// <summary>CiliumNetworkPolicies and CiliumClusterwideNetworkPolicies of few labels, entities, blocks and ports, so that they often meet by halves.</summary>
internal static class RandomCiliumGenerator
{
    private static readonly string[] Namespaces = ["alpha", "beta", "gamma"];

    public static Gen<RandomCluster> Clusters { get; } =
        from cluster in RandomClusterGenerator.Cluster()
        from count in Gen.Choose(1, 5)
        from policies in Gen.CollectToArray(Enumerable.Range(0, count), Policy)
        select new RandomCluster([.. cluster.Objects, .. policies]);

    private static Gen<CiliumPolicy> Policy(int number) =>
        from isClusterwide in RandomClusterGenerator.OneIn(3)
        from ns in Gen.Elements(Namespaces)
        from rules in RandomClusterGenerator.Several(1, 2, Rule)
        let metadata = new ObjectMetadata { Name = $"cilium-{number}", Namespace = isClusterwide ? null : ns }
        select new CiliumPolicy(metadata, isClusterwide) { Spec = rules[0], Specs = rules.Length > 1 ? rules[1..] : null };

    private static Gen<CiliumRule> Rule =>
        from subjects in Selector
        from ingress in Entries(isEgress: false)
        from ingressDeny in Gen.Frequency((3, Gen.Constant<CiliumEntry[]?>(null)), (1, Entries(isEgress: false)))
        from egress in Entries(isEgress: true)
        from egressDeny in Gen.Frequency((3, Gen.Constant<CiliumEntry[]?>(null)), (1, Entries(isEgress: true)))
        from denies in Gen.Elements<bool?>(null, null, null, true, false)
        select new CiliumRule
        {
            EndpointSelector = subjects,
            Ingress = ingress,
            IngressDeny = ingressDeny,
            Egress = egress,
            EgressDeny = egressDeny,
            DefaultDenyIngress = denies,
        };

    private static Gen<CiliumEntry[]?> Entries(bool isEgress) => RandomClusterGenerator.AbsentEmptyOrSome(Entry(isEgress));

    private static Gen<CiliumEntry> Entry(bool isEgress) =>
        from peers in Gen.Frequency(
            (1, Gen.Constant(new CiliumEntry())),
            (4, RandomClusterGenerator.Several(0, 2, Selector).Select(static some => new CiliumEntry { Endpoints = some })),
            (3, RandomClusterGenerator.Several(0, 2, Gen.Elements("world", "host", "remote-node", "cluster", "all", "none", "kube-apiserver", "health"))
                .Select(static some => new CiliumEntry { Entities = some })),
            (2, RandomClusterGenerator.Several(0, 2, Cidr).Select(static some => new CiliumEntry { CidrSet = some })),
            (1, Gen.Elements("10.0.0.0/24", "0.0.0.0/0", "::/0").Select(static cidr => new CiliumEntry { Cidrs = [cidr] })))
        from ports in Gen.Frequency(
            (3, Gen.Constant<CiliumPortRule[]?>(null)),
            (4, RandomClusterGenerator.Several(0, 2, Ports).Select(static some => (CiliumPortRule[]?)some)))
        from icmps in RandomClusterGenerator.OneIn(8)
        select icmps && ports is not { Length: > 0 }
            ? peers with { Icmps = [new CiliumIcmpRule([new CiliumIcmpField(isEgress ? "IPv6" : null, new PortNumberOrName(isEgress ? 128 : 8, null))])] }
            : peers with { Ports = ports };

    private static Gen<CiliumCidrRule> Cidr =>
        from cidr in Gen.Elements("10.0.0.0/23", "192.0.2.0/24", "0.0.0.0/0", "fd00::/64")
        from hasHole in RandomClusterGenerator.OneIn(3)
        select new CiliumCidrRule(cidr, null, null, hasHole && cidr is "10.0.0.0/23" ? ["10.0.0.128/25"] : null);

    private static Gen<CiliumPortRule> Ports =>
        from ports in RandomClusterGenerator.Several(0, 2, Gen.Elements(
            new CiliumPort("80", null, "TCP"),
            new CiliumPort("80", 81, "TCP"),
            new CiliumPort("53", null, null),
            new CiliumPort("0", null, "UDP"),
            new CiliumPort("web", null, "TCP"),
            new CiliumPort("WEB", null, "ANY"),
            new CiliumPort("8080", 80, "ANY")))
        select new CiliumPortRule { Ports = ports };

    private static Gen<LabelSelector> Selector =>
        from labels in RandomClusterGenerator.Labels(["app", "tier"], ["a", "b"])
        from dropped in Gen.Elements(true, false)
        from expression in Gen.Frequency<LabelSelectorRequirement?>(
            (6, Gen.Constant<LabelSelectorRequirement?>(null)),
            (6, Gen.Elements<LabelSelectorRequirement?>(
                new("io.kubernetes.pod.namespace", "Exists", []),
                new("k8s:io.kubernetes.pod.namespace", "In", ["alpha", "beta"]),
                new("io.kubernetes.pod.namespace", "NotIn", ["alpha"]),
                new("k8s:io.cilium.k8s.namespace.labels.team", "In", ["red"]),
                new("io.cilium.k8s.namespace.labels.env", "DoesNotExist", []),
                new("io.cilium.k8s.policy.serviceaccount", "In", ["robot"]),
                new("io.cilium.k8s.policy.cluster", "Exists", []),
                new("io.cilium.k8s.policy.cluster", "NotIn", ["default"]),
                new("k8s:app", "NotIn", ["a"]),
                new("any:tier", "Exists", []),
                new("container:app", "Exists", []),
                new("pod-template-hash", "DoesNotExist", []),
                new("reserved:host", "DoesNotExist", []),
                new("reserved:world", "Exists", []))))
        select new LabelSelector
        {
            MatchLabels = dropped ? [] : [.. labels.Pairs.Select(static pair => KeyValuePair.Create("k8s:" + pair.Key, pair.Value))],
            MatchExpressions = expression is null ? [] : [expression],
        };
}
