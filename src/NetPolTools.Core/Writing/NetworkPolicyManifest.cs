using NetPolTools.Objects;
using static NetPolTools.Writing.ManifestParts;

namespace NetPolTools.Writing;

/// <summary>A NetworkPolicy as the manifest that reads back as the same: what is absent stays absent, what is empty stays empty.</summary>
public static class NetworkPolicyManifest
{
    public static ManifestMap Of(NetworkPolicy policy) => Map(
        ("apiVersion", ManifestScalar.Of(NetworkPolicy.ApiVersion)),
        ("kind", ManifestScalar.Of(NetworkPolicy.KindName)),
        ("metadata", Metadata(policy.Metadata)),
        ("spec", Map(
            ("podSelector", Selector(policy.PodSelector)),
            ("policyTypes", policy.PolicyTypes is null ? null : Texts(policy.PolicyTypes)),
            ("ingress", List(policy.Ingress, static rule => Rule(rule, "from"))),
            ("egress", List(policy.Egress, static rule => Rule(rule, "to"))))));

    private static ManifestMap Rule(NetworkPolicyRule rule, string peersField) =>
        Map((peersField, List(rule.Peers, Peer)), ("ports", List(rule.Ports, Port)));

    private static ManifestMap Peer(NetworkPolicyPeer peer) => Map(
        ("namespaceSelector", peer.NamespaceSelector is null ? null : Selector(peer.NamespaceSelector)),
        ("podSelector", peer.PodSelector is null ? null : Selector(peer.PodSelector)),
        ("ipBlock", peer.IPBlock is null ? null : Block(peer.IPBlock)));

    private static ManifestMap Block(IPBlock block) =>
        Map(("cidr", ManifestScalar.Of(block.Cidr)), ("except", block.Except.Count == 0 ? null : Texts(block.Except)));

    private static ManifestMap Port(NetworkPolicyPort port) => Map(
        ("protocol", port.Protocol is null ? null : ManifestScalar.Of(port.Protocol)),
        ("port", port.Port is not { } number ? null : number.Name is { } name ? ManifestScalar.Of(name) : Number(number.Number)),
        ("endPort", port.EndPort is { } end ? Number(end) : null));
}
