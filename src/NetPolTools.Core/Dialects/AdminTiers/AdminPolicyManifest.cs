using NetPolTools.Writing;
using static NetPolTools.Writing.ManifestParts;

namespace NetPolTools.Dialects.AdminTiers;

/// <summary>An admin policy as the manifest that reads back as the same: what is absent stays absent, what is empty stays empty.</summary>
public static class AdminPolicyManifest
{
    public static ManifestMap Of(AdminPolicy policy) => Map(
        ("apiVersion", ManifestScalar.Of(policy.PolicyKind.ApiVersion)),
        ("kind", ManifestScalar.Of(policy.Kind)),
        ("metadata", Metadata(policy.Metadata)),
        ("spec", Map(
            ("tier", Text(policy.Tier)),
            ("priority", policy.Priority is { } priority ? Number(priority) : null),
            ("subject", policy.Subject is { } subject ? Map(("namespaces", Selector(subject.Namespaces)), ("pods", Pods(subject.Pods))) : null),
            ("ingress", List(policy.Ingress, rule => Rule(policy.PolicyKind, rule, "from"))),
            ("egress", List(policy.Egress, rule => Rule(policy.PolicyKind, rule, "to"))))));

    private static ManifestMap Rule(AdminPolicyKind kind, AdminRule rule, string peersField) => Map(
        ("name", Text(rule.Name)),
        ("action", Text(rule.Action)),
        (peersField, List(rule.Peers, Peer)),
        (kind.PortsField, List(rule.Ports, port => Port(kind, port))));

    private static ManifestMap Peer(AdminPeer peer) => Map(
        ("namespaces", Selector(peer.Namespaces)),
        ("pods", Pods(peer.Pods)),
        ("nodes", Selector(peer.Nodes)),
        ("networks", peer.Networks is null ? null : Texts(peer.Networks)),
        ("domainNames", peer.DomainNames is null ? null : Texts(peer.DomainNames)));

    private static ManifestMap? Pods(AdminPods? pods) =>
        pods is null ? null : Map(("namespaceSelector", Selector(pods.NamespaceSelector)), ("podSelector", Selector(pods.PodSelector)));

    private static ManifestMap Port(AdminPolicyKind kind, AdminPort port) => Map(
    [
        ("portNumber", port.PortNumber is { } number ? Map(("protocol", Text(number.Protocol)), ("port", Number(number.Port))) : null),
        ("portRange", Range(port.PortRange)),
        (kind.PortNameField, Text(port.PortName)),
        .. port.Protocols.Select(static protocol => (protocol.Name, (ManifestNode?)Map(("destinationPort", Destination(protocol.DestinationPort))))),
    ]);

    private static ManifestMap? Destination(AdminDestinationPort? port) =>
        port is null ? null : Map(("number", Number(port.Number)), ("range", Range(port.Range)));

    private static ManifestMap? Range(AdminPortRange? range) =>
        range is null ? null : Map(("protocol", Text(range.Protocol)), ("start", Number(range.Start)), ("end", Number(range.End)));

    private static ManifestScalar? Text(string? text) => text is null ? null : ManifestScalar.Of(text);

    private static ManifestScalar? Number(int? number) => number is { } given ? ManifestParts.Number(given) : null;

    private static ManifestMap? Selector(Objects.LabelSelector? selector) => selector is null ? null : ManifestParts.Selector(selector);
}
