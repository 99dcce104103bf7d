using System.Globalization;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Objects;

namespace NetPolTools.Authoring.VendorPolicies;

/// <summary>
/// NetworkPolicies as Cilium takes them over itself (cilium/cilium: pkg/k8s/network_policy.go). Keys of labels have k8s: before them, so that no reserved label
/// is meant.
/// </summary>
internal sealed class CiliumApi : IVendorApi
{
    /// <summary>An item of toPorts takes no more.</summary>
    private const int MostPorts = 40;

    private const string EveryPort = "0";

    private static readonly CiliumEntry Nothing = new();
    private static readonly LabelSelectorRequirement InAnyNamespace =
        new(Key(CiliumKey.Namespace), LabelSelectorRequirement.Exists, []);

    public string Engine => "cilium";

    public PolicyObject Write(NetworkPolicy policy) => new CiliumPolicy(
        new ObjectMetadata
        {
            Name = policy.Name,
            Namespace = policy.Namespace,
            Labels = policy.Metadata.Labels,
            Annotations = policy.Metadata.Annotations,
        },
        IsClusterwide: false)
    {
        Spec = new CiliumRule
        {
            EndpointSelector = Keyed(policy.PodSelector, static key => Key(key)),
            Ingress = Entries(policy, PolicyDirection.Ingress),
            Egress = Entries(policy, PolicyDirection.Egress),
        },
    };

    /// <summary>Null for a direction that the policy is not about. An entry without anything allows nothing, and denies what no other rule allows.</summary>
    private static CiliumEntry[]? Entries(NetworkPolicy policy, PolicyDirection direction)
    {
        // Rules of a direction count even if policyTypes leaves it out.
        var rules = policy.Rules(direction);
        if (!policy.Isolates(direction) && rules.Count == 0)
            return null;
        return rules.Count == 0 ? [Nothing] : [.. rules.SelectMany(Entries)];
    }

    /// <summary>An entry has peers of one sort.</summary>
    private static IEnumerable<CiliumEntry> Entries(NetworkPolicyRule rule)
    {
        var ports = PortsOf(rule.Ports);
        if (rule.Peers is not { Count: > 0 } peers)
        {
            yield return ports is null ? new CiliumEntry { Entities = [CiliumEntities.All] } : new CiliumEntry { Ports = ports };
            yield break;
        }

        LabelSelector[] pods = [.. peers.Where(static peer => peer.IPBlock is null).Select(SelectorOf)];
        if (pods.Length > 0)
            yield return new CiliumEntry { Endpoints = pods, Ports = ports };
        CiliumCidrRule[] blocks = [.. peers.Select(static peer => peer.IPBlock).OfType<IPBlock>()
            .Select(static block => new CiliumCidrRule(block.Cidr, null, null, block.Except.Count == 0 ? null : block.Except))];
        if (blocks.Length > 0)
            yield return new CiliumEntry { CidrSet = blocks, Ports = ports };
    }

    private static LabelSelector SelectorOf(NetworkPolicyPeer peer)
    {
        var pods = peer.PodSelector is { } selector ? Keyed(selector, static key => Key(key)) : LabelSelector.Everything;
        if (peer.NamespaceSelector is null)
            return pods;
        var namespaces = peer.NamespaceSelector.SelectsEverything
            ? new LabelSelector { MatchExpressions = [InAnyNamespace] }
            : Keyed(peer.NamespaceSelector, static key => Key(CiliumKey.NamespaceLabels + key));
        return new LabelSelector
        {
            MatchLabels = [.. pods.MatchLabels, .. namespaces.MatchLabels],
            MatchExpressions = [.. pods.MatchExpressions, .. namespaces.MatchExpressions],
        };
    }

    private static LabelSelector Keyed(LabelSelector selector, Func<string, string> key) => new()
    {
        MatchLabels = [.. selector.MatchLabels.Select(label => KeyValuePair.Create(key(label.Key), label.Value))],
        MatchExpressions = [.. selector.MatchExpressions.Select(requirement => requirement with { Key = key(requirement.Key) })],
    };

    private static string Key(string name) => $"{CiliumKey.Kubernetes}:{name}";

    /// <summary>Null for all ports of all protocols.</summary>
    private static CiliumPortRule[]? PortsOf(IReadOnlyList<NetworkPolicyPort>? ports) => ports is not { Count: > 0 } ? null
        : [.. ports.Select(PortOf).Distinct().Chunk(MostPorts).Select(static chunk => new CiliumPortRule { Ports = chunk })];

    private static CiliumPort PortOf(NetworkPolicyPort port) => new(
        port.Port is not { } given ? EveryPort : given.Name ?? given.Number.ToString(CultureInfo.InvariantCulture),
        port.EndPort,
        port.Protocol ?? "TCP");
}
