using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Writing;
using static NetPolTools.Writing.ManifestParts;

namespace NetPolTools.Dialects.Cilium;

/// <summary>Cilium's objects as the manifests that read back as the same: what is absent stays absent, what is empty stays empty.</summary>
public static class CiliumManifest
{
    public static ManifestMap Of(CiliumPolicy policy) => Map(
        ("apiVersion", ManifestScalar.Of(CiliumPolicy.ApiVersion)),
        ("kind", ManifestScalar.Of(policy.Kind)),
        ("metadata", Metadata(policy.Metadata)),
        ("spec", policy.Spec is null ? null : Rule(policy.Spec)),
        ("specs", List(policy.Specs, Rule)));

    public static ManifestMap Of(CiliumCidrGroup group) => Map(
        ("apiVersion", ManifestScalar.Of(CiliumPolicy.ApiVersion)),
        ("kind", ManifestScalar.Of(group.Kind)),
        ("metadata", Metadata(group.Metadata)),
        ("spec", Map(("externalCIDRs", Texts(group.Cidrs)))));

    private static ManifestMap Rule(CiliumRule rule) => Map(
        ("description", Text(rule.Description)),
        ("endpointSelector", OptionalSelector(rule.EndpointSelector)),
        ("nodeSelector", OptionalSelector(rule.NodeSelector)),
        ("enableDefaultDeny", (rule.DefaultDenyIngress ?? rule.DefaultDenyEgress) is null
            ? null
            : Map(("ingress", Flag(rule.DefaultDenyIngress)), ("egress", Flag(rule.DefaultDenyEgress)))),
        ("ingress", List(rule.Ingress, static entry => Entry(entry, "from"))),
        ("ingressDeny", List(rule.IngressDeny, static entry => Entry(entry, "from"))),
        ("egress", List(rule.Egress, static entry => Entry(entry, "to"))),
        ("egressDeny", List(rule.EgressDeny, static entry => Entry(entry, "to"))),
        ("labels", rule.Labels),
        ("log", rule.LogValue is null ? null : Map(("value", Text(rule.LogValue)))));

    private static ManifestMap Entry(CiliumEntry entry, string prefix) => Map(
        (prefix + "Endpoints", List(entry.Endpoints, Selector)),
        (prefix + "Requires", List(entry.Requires, Selector)),
        (prefix + "Entities", OptionalTexts(entry.Entities)),
        (prefix + "CIDR", OptionalTexts(entry.Cidrs)),
        (prefix + "CIDRSet", List(entry.CidrSet, CidrRule)),
        (prefix + "Nodes", List(entry.Nodes, Selector)),
        (prefix + "Groups", List(entry.Groups, static group => group)),
        ("toServices", List(entry.Services, Service)),
        ("toFQDNs", List(entry.Fqdns, static domain => Map(("matchName", Text(domain.Name)), ("matchPattern", Text(domain.Pattern))))),
        ("toPorts", List(entry.Ports, PortRule)),
        ("icmps", List(entry.Icmps, static rule => Map(("fields", List(rule.Fields, IcmpField))))),
        ("authentication", entry.AuthenticationMode is null ? null : Map(("mode", Text(entry.AuthenticationMode)))));

    private static ManifestMap CidrRule(CiliumCidrRule rule) => Map(
        ("cidr", Text(rule.Cidr)),
        ("cidrGroupRef", Text(rule.GroupRef)),
        ("cidrGroupSelector", OptionalSelector(rule.GroupSelector)),
        ("except", OptionalTexts(rule.Except)));

    private static ManifestMap Service(CiliumService service) => Map(
        ("k8sService", service.Name is { } name ? Map(("serviceName", Text(name.ServiceName)), ("namespace", Text(name.Namespace))) : null),
        ("k8sServiceSelector", service.Selector is { } selector
            ? Map(("selector", OptionalSelector(selector.Selector)), ("namespace", Text(selector.Namespace)))
            : null));

    private static ManifestMap PortRule(CiliumPortRule rule) => Map(
        ("ports", List(rule.Ports, static port => Map(
            ("port", Text(port.Port)),
            ("endPort", port.EndPort is { } end ? Number(end) : null),
            ("protocol", Text(port.Protocol))))),
        ("rules", rule.Rules),
        ("serverNames", OptionalTexts(rule.ServerNames)),
        ("terminatingTLS", rule.TerminatingTls),
        ("originatingTLS", rule.OriginatingTls),
        ("listener", rule.Listener));

    private static ManifestMap IcmpField(CiliumIcmpField field) => Map(
        ("family", Text(field.Family)),
        ("type", field.Type is not { } type ? null : type.Name is { } name ? ManifestScalar.Of(name) : Number(type.Number)));

    private static ManifestScalar? Text(string? text) => text is null ? null : ManifestScalar.Of(text);

    private static ManifestScalar? Flag(bool? flag) => flag is { } given ? new ManifestScalar(ManifestTokenKind.Boolean, given ? "true" : "false") : null;

    private static ManifestList? OptionalTexts(IReadOnlyList<string>? texts) => texts is null ? null : Texts(texts);

    private static ManifestMap? OptionalSelector(LabelSelector? selector) => selector is null ? null : Selector(selector);
}
