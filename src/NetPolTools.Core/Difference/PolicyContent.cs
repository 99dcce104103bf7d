using NetPolTools.Objects;
using NetPolTools.Reachability;

namespace NetPolTools.Difference;

/// <summary>
/// What a policy says, as a text that is the same for all ways to write it: the order of rules, peers and ports means nothing, nor do defaults
/// spelled out, rules of a direction that policyTypes switches off, or comments and places in a file.
/// </summary>
internal static class PolicyContent
{
    private const string Every = "*";

    /// <summary>Whether two policies say the same. Most that are compared are written alike, and need no text.</summary>
    public static bool AreSame(NetworkPolicy one, NetworkPolicy other) => WrittenAlike.Are(one, other) || Of(one) == Of(other);

    public static string Of(NetworkPolicy policy) =>
        $"{Of(policy.PodSelector)} ingress {Of(policy, PolicyDirection.Ingress)} egress {Of(policy, PolicyDirection.Egress)}";

    private static string Of(NetworkPolicy policy, PolicyDirection direction) =>
        policy.Isolates(direction) ? Sorted(policy.Rules(direction).Select(Of)) : "open";

    private static string Of(NetworkPolicyRule rule) =>
        $"{(rule.Peers is { Count: > 0 } peers ? Sorted(peers.Select(Of)) : Every)} on "
            + $"{(rule.Ports is { Count: > 0 } ports ? Sorted(ports.Select(Of)) : Every)}";

    private static string Of(NetworkPolicyPeer peer) => peer.IPBlock is { } block
        ? $"{Of(block.Cidr)} without {Sorted(block.Except.Select(Of))}"
        : $"pods {(peer.PodSelector is null ? Every : Of(peer.PodSelector))} of {(peer.NamespaceSelector is null ? "own" : Of(peer.NamespaceSelector))}";

    private static string Of(NetworkPolicyPort port)
    {
        var protocol = port.Protocol ?? "TCP";
        return port.Port is { } first ? $"{protocol} {first}-{port.EndPort?.ToString() ?? first.ToString()}" : protocol;
    }

    private static string Of(string cidr) => AddressPartition.ParseCidr(cidr).ToString();

    private static string Of(LabelSelector selector) => Sorted(selector.MatchLabels
        .Select(static label => new LabelSelectorRequirement(label.Key, LabelSelectorRequirement.In, [label.Value]))
        .Concat(selector.MatchExpressions)
        .Select(static requirement => (requirement with { Values = [.. requirement.Values.Distinct().Order(StringComparer.Ordinal)] }).ToString()));

    private static string Sorted(IEnumerable<string> parts) => $"[{string.Join("; ", parts.Distinct().Order(StringComparer.Ordinal))}]";
}
