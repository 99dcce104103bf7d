using NetPolTools.Authoring;
using NetPolTools.Objects;
using NetPolTools.Sets;

namespace NetPolTools.Linting;

/// <summary>Parts of policies in the short form of YAML, for corrections.</summary>
internal static class ShortYaml
{
    /// <summary><c>[{protocol: TCP, port: 80}]</c>; none, which means all of them, as <c>[]</c>.</summary>
    public static string Ports(PortSet ports) => Ports(PolicyPorts.Of(ports) ?? []);

    /// <inheritdoc cref="Ports(PortSet)"/>
    public static string Ports(IEnumerable<NetworkPolicyPort> ports) => $"[{string.Join(", ", ports.Select(Port))}]";

    /// <summary><c>{to: [{podSelector: {}}], ports: [{protocol: TCP, port: 80}]}</c>.</summary>
    public static string Rule(NetworkPolicyRule rule, PolicyDirection direction)
    {
        var field = direction == PolicyDirection.Ingress ? "from" : "to";
        string[] parts =
        [
            .. rule.Peers is { Count: > 0 } peers ? new[] { $"{field}: [{string.Join(", ", peers.Select(Peer))}]" } : [],
            .. rule.Ports is { Count: > 0 } ports ? new[] { $"ports: {Ports(ports)}" } : [],
        ];
        return $"{{{string.Join(", ", parts)}}}";
    }

    /// <summary><c>{namespaceSelector: {matchLabels: {a: b}}, podSelector: {}}</c>.</summary>
    public static string Peer(NetworkPolicyPeer peer)
    {
        string[] parts =
        [
            .. peer.NamespaceSelector is { } namespaces ? new[] { $"namespaceSelector: {Selector(namespaces)}" } : [],
            .. peer.PodSelector is { } pods ? new[] { $"podSelector: {Selector(pods)}" } : [],
            .. peer.IPBlock is { } block ? new[] { $"ipBlock: {Block(block)}" } : [],
        ];
        return $"{{{string.Join(", ", parts)}}}";
    }

    /// <summary><c>{matchLabels: {app: web}}</c>.</summary>
    public static string Selector(LabelSelector selector)
    {
        string[] parts =
        [
            .. selector.MatchLabels.Count == 0
                ? [] : new[] { $"matchLabels: {{{string.Join(", ", selector.MatchLabels.Select(static label => $"{label.Key}: {Scalar(label.Value)}"))}}}" },
            .. selector.MatchExpressions.Count == 0 ? [] : new[] { $"matchExpressions: [{string.Join(", ", selector.MatchExpressions.Select(Requirement))}]" },
        ];
        return $"{{{string.Join(", ", parts)}}}";
    }

    /// <summary>A text as YAML reads it again as the same text.</summary>
    public static string Scalar(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '/' or '_')
            && text.ToLowerInvariant() is not ("y" or "n" or "yes" or "no" or "on" or "off" or "true" or "false" or "null")
            ? text
            : Quoted(text);

    /// <summary>A text in quotes.</summary>
    public static string Quoted(string text) => $"'{text.Replace("'", "''")}'";

    private static string Requirement(LabelSelectorRequirement requirement)
    {
        var values = requirement.Values.Count == 0 ? "" : $", values: [{string.Join(", ", requirement.Values.Select(Scalar))}]";
        return $"{{key: {requirement.Key}, operator: {requirement.Operator}{values}}}";
    }

    private static string Block(IPBlock block) => block.Except.Count == 0
        ? $"{{cidr: '{block.Cidr}'}}"
        : $"{{cidr: '{block.Cidr}', except: [{string.Join(", ", block.Except.Select(static except => $"'{except}'"))}]}}";

    /// <summary><c>{protocol: TCP, port: 80}</c>.</summary>
    public static string Port(NetworkPolicyPort port)
    {
        string[] parts =
        [
            .. port.Protocol is { } protocol ? new[] { $"protocol: {protocol}" } : [],
            .. port.Port is { } given ? new[] { $"port: {(given.Name is { } name ? Scalar(name) : given.Number)}" } : [],
            .. port.EndPort is { } last ? new[] { $"endPort: {last}" } : [],
        ];
        return $"{{{string.Join(", ", parts)}}}";
    }
}
