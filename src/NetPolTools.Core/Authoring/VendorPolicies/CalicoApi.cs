using NetPolTools.Dialects.Calico;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Authoring.VendorPolicies;

/// <summary>
/// NetworkPolicies as Calico takes them over itself (libcalico-go/lib/backend/k8s/conversion/conversion.go): in the tier default at order 1000, with a rule
/// that allows for each peer and protocol.
/// </summary>
internal sealed class CalicoApi : IVendorApi
{
    private const double Order = 1000;

    /// <summary>Of all that has labels, only pods have this one: network sets are no peers of a NetworkPolicy.</summary>
    private static readonly CalicoSelector.Label IsPod = new(CalicoLabels.Orchestrator, CalicoLabelTest.Equal, [CalicoLabels.Kubernetes]);

    public string Engine => "calico";

    public PolicyObject Write(NetworkPolicy policy) => new CalicoPolicy(CalicoKind.NetworkPolicy, new ObjectMetadata
    {
        // A dot would stand behind the name of a tier.
        Name = policy.Name.Replace('.', '-'),
        Namespace = policy.Namespace,
        Labels = policy.Metadata.Labels,
        Annotations = policy.Metadata.Annotations,
    })
    {
        Order = Order,
        Selector = TextOf(ConditionsOf(policy.PodSelector)),
        Types = [.. Enum.GetValues<PolicyDirection>().Where(policy.Isolates).Select(static direction => direction.ToString())],
        Ingress = RulesOf(policy, PolicyDirection.Ingress),
        Egress = RulesOf(policy, PolicyDirection.Egress),
    };

    public IEnumerable<PolicyObject> LooksLike(string ns, LabelSet labels) =>
    [
        new CalicoNetworkSet(CalicoKind.NetworkSet, new ObjectMetadata { Name = $"set with {labels}", Namespace = ns, Labels = labels })
        {
            Nets = ["192.0.2.1/32"],
        },
    ];

    private static CalicoRule[] RulesOf(NetworkPolicy policy, PolicyDirection direction) => policy.Isolates(direction)
        ? [.. policy.Rules(direction).SelectMany(rule => RulesOf(rule, direction))]
        : [];

    private static IEnumerable<CalicoRule> RulesOf(NetworkPolicyRule rule, PolicyDirection direction) =>
        from peer in rule.Peers is { Count: > 0 } peers ? peers.Select(EntityOf) : [CalicoEntity.Any]
        from ports in PortsOf(rule.Ports)
        select new CalicoRule
        {
            Action = CalicoRule.Allow,
            Protocol = ports.Protocol,
            Source = direction == PolicyDirection.Ingress ? peer : CalicoEntity.Any,
            Destination = direction == PolicyDirection.Ingress ? CalicoEntity.Any with { Ports = ports.Ports } : peer with { Ports = ports.Ports },
        };

    /// <summary>By protocol. A protocol without ports stands for all of its ports.</summary>
    private static IEnumerable<(CalicoProtocol? Protocol, CalicoPort[] Ports)> PortsOf(IReadOnlyList<NetworkPolicyPort>? ports) => ports is { Count: > 0 }
        ? ports.GroupBy(static port => port.Protocol ?? "TCP", static port => port).Select(static group => (
            (CalicoProtocol?)new CalicoProtocol(group.Key),
            group.Any(static port => port.Port is null) ? [] : group.Select(PortOf).Distinct().ToArray()))
        : [(null, [])];

    private static CalicoPort PortOf(NetworkPolicyPort port) => port.Port!.Value is { Name: { } name }
        ? new CalicoPort(name)
        : new CalicoPort(port.Port.Value.Number, port.EndPort ?? port.Port.Value.Number, null);

    private static CalicoEntity EntityOf(NetworkPolicyPeer peer)
    {
        if (peer.IPBlock is { } block)
            return new CalicoEntity { Nets = [Masked(block.Cidr)], NotNets = [.. block.Except.Select(Masked)] };
        return new CalicoEntity
        {
            Selector = TextOf([IsPod, .. peer.PodSelector is null ? [] : ConditionsOf(peer.PodSelector)]),
            NamespaceSelector = peer.NamespaceSelector is null ? null
                : TextOf(ConditionsOf(peer.NamespaceSelector)) ?? CalicoSelector.Everything.ToString(),
        };
    }

    /// <summary>Calico takes no block with bits behind its prefix.</summary>
    private static string Masked(string cidr) => AddressRange.TryParseCidr(cidr, out var range, out _, out var hostBits) && hostBits
        ? range.ToCidrOrRange()
        : cidr;

    private static CalicoSelector[] ConditionsOf(LabelSelector selector) =>
    [
        .. selector.MatchLabels.Select(static label => new CalicoSelector.Label(label.Key, CalicoLabelTest.Equal, [label.Value])),
        .. selector.MatchExpressions.Select(ConditionOf),
    ];

    private static CalicoSelector ConditionOf(LabelSelectorRequirement requirement)
    {
        var isOne = requirement.Values.Count == 1;
        return requirement.Operator switch
        {
            LabelSelectorRequirement.In => Label(isOne ? CalicoLabelTest.Equal : CalicoLabelTest.In),
            LabelSelectorRequirement.NotIn => Label(isOne ? CalicoLabelTest.NotEqual : CalicoLabelTest.NotIn),
            LabelSelectorRequirement.Exists => Has(),
            _ => new CalicoSelector.Not(Has()),
        };

        CalicoSelector Label(CalicoLabelTest test) =>
            new CalicoSelector.Label(requirement.Key, test, [.. requirement.Values.Distinct().Order(StringComparer.Ordinal)]);

        CalicoSelector Has() => new CalicoSelector.Label(requirement.Key, CalicoLabelTest.Has, []);
    }

    /// <returns>Null for no condition.</returns>
    private static string? TextOf(CalicoSelector[] conditions) => conditions.Length == 0 ? null : string.Join<CalicoSelector>(" && ", conditions);
}
