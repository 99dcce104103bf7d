using System.Globalization;
using NetPolTools.Objects;
using NetPolTools.Reading;

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

    private static ManifestMap Metadata(ObjectMetadata metadata) => Map(
        (metadata.IsNameGenerated ? "generateName" : "name", ManifestScalar.Of(metadata.Name)),
        ("namespace", metadata.Namespace is null ? null : ManifestScalar.Of(metadata.Namespace)),
        ("labels", metadata.Labels.Count == 0 ? null : Labels(metadata.Labels)),
        ("annotations", metadata.Annotations.Count == 0 ? null : Labels(metadata.Annotations)));

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

    private static ManifestMap Selector(LabelSelector selector) => Map(
        ("matchLabels", selector.MatchLabels.Count == 0 ? null : Labels(selector.MatchLabels)),
        ("matchExpressions", selector.MatchExpressions.Count == 0 ? null : List(selector.MatchExpressions, Requirement)));

    private static ManifestMap Requirement(LabelSelectorRequirement requirement) => Map(
        ("key", ManifestScalar.Of(requirement.Key)),
        ("operator", ManifestScalar.Of(requirement.Operator)),
        ("values", requirement.Values.Count == 0 ? null : Texts(requirement.Values)));

    private static ManifestMap Labels(IEnumerable<KeyValuePair<string, string>> labels) =>
        new([.. labels.Select(static label => KeyValuePair.Create<string, ManifestNode>(label.Key, ManifestScalar.Of(label.Value)))]);

    private static ManifestList Texts(IEnumerable<string> texts) => new([.. texts.Select(ManifestScalar.Of)]);

    private static ManifestList? List<T>(IEnumerable<T>? items, Func<T, ManifestNode> node) => items is null ? null : new([.. items.Select(node)]);

    private static ManifestScalar Number(int number) => new(ManifestTokenKind.Number, number.ToString(CultureInfo.InvariantCulture));

    private static ManifestMap Map(params (string Name, ManifestNode? Value)[] fields) =>
        new([.. fields.Where(static field => field.Value is not null).Select(static field => KeyValuePair.Create(field.Name, field.Value!))]);
}
