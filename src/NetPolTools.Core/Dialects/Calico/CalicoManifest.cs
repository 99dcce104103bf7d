using System.Globalization;
using NetPolTools.Reading;
using NetPolTools.Writing;
using static NetPolTools.Writing.ManifestParts;

namespace NetPolTools.Dialects.Calico;

/// <summary>
/// An object of Calico as the manifest of projectcalico.org/v3 that reads back as the same. What is empty is left out, since to Calico it is the same as
/// absent; what the storage form leaves open is filled in as Calico reads it.
/// </summary>
public static class CalicoManifest
{
    public static ManifestMap Of(CalicoObject given) => Map(
        ("apiVersion", ManifestScalar.Of($"{CalicoKind.Group}/{CalicoKind.Version}")),
        ("kind", ManifestScalar.Of(given.CalicoKind.Name)),
        ("metadata", Metadata(given.Metadata)),
        ("spec", given switch
        {
            CalicoPolicy policy => Policy(policy),
            CalicoTier tier => Map(("order", Number(tier.Order)), ("defaultAction", Text(tier.DefaultAction))),
            CalicoNetworkSet set => Map(("nets", Texts(set.Nets))),
            CalicoHostEndpoint endpoint => HostEndpoint(endpoint),
            CalicoStagedKubernetesPolicy staged => Staged(staged),
            _ => throw new ArgumentException($"There is no manifest of a {given.Kind}.", nameof(given)),
        }));

    private static ManifestMap Policy(CalicoPolicy policy) => Map(
        ("stagedAction", Text(policy.StagedAction)),
        ("tier", Text(policy.Tier ?? (policy.TierName == CalicoTier.DefaultName ? null : policy.TierName))),
        ("order", Number(policy.Order)),
        ("selector", Text(policy.Selector)),
        ("namespaceSelector", Text(policy.NamespaceSelector)),
        ("serviceAccountSelector", Text(policy.ServiceAccountSelector)),
        ("doNotTrack", Switch(policy.DoNotTrack)),
        ("preDNAT", Switch(policy.PreDnat)),
        ("applyOnForward", Switch(policy.ApplyOnForward)),
        ("types", Texts(TypesOf(policy))),
        ("ingress", Rules(policy.Ingress)),
        ("egress", Rules(policy.Egress)),
        ("performanceHints", Texts(policy.PerformanceHints)));

    /// <summary>Without types the storage form means both.</summary>
    private static IReadOnlyList<string> TypesOf(CalicoPolicy policy) =>
        policy is { Types.Count: 0, IsStorageForm: true } && policy.StagedAction != CalicoPolicy.Delete ? ["Ingress", "Egress"] : policy.Types;

    private static ManifestList? Rules(IReadOnlyList<CalicoRule> rules) => rules.Count == 0 ? null : List(rules, Rule);

    private static ManifestMap Rule(CalicoRule rule) => Map(
        ("action", Text(rule.Action)),
        ("ipVersion", Number(rule.IPVersion)),
        ("protocol", Protocol(rule.Protocol)),
        ("notProtocol", Protocol(rule.NotProtocol)),
        ("icmp", Icmp(rule.Icmp)),
        ("notICMP", Icmp(rule.NotIcmp)),
        ("source", Entity(rule.Source)),
        ("destination", Entity(rule.Destination)),
        ("http", rule.Http is { } http ? Map(("methods", Texts(http.Methods)), ("paths", Paths(http.Paths))) : null),
        ("metadata", rule.Annotations.Count == 0 ? null : Map(("annotations", Labels(rule.Annotations)))));

    private static ManifestMap? Entity(CalicoEntity entity) => entity.IsAny && entity is { Selector: null, NotSelector: null, NamespaceSelector: null }
        ? null
        : Map(
            ("selector", Text(entity.Selector)),
            ("notSelector", Text(entity.NotSelector)),
            ("namespaceSelector", Text(entity.NamespaceSelector)),
            ("serviceAccounts", entity.ServiceAccounts is { } accounts ? Map(("names", Texts(accounts.Names)), ("selector", Text(accounts.Selector))) : null),
            ("services", entity.Services is { } service ? Map(("name", Text(service.Name)), ("namespace", Text(service.Namespace))) : null),
            ("nets", Texts(entity.Nets)),
            ("notNets", Texts(entity.NotNets)),
            ("ports", Ports(entity.Ports)),
            ("notPorts", Ports(entity.NotPorts)));

    private static ManifestMap HostEndpoint(CalicoHostEndpoint endpoint) => Map(
        ("node", Text(endpoint.Node)),
        ("interfaceName", Text(endpoint.InterfaceName)),
        ("expectedIPs", Texts(endpoint.ExpectedIPs)),
        ("profiles", Texts(endpoint.Profiles)),
        ("ports", endpoint.Ports.Count == 0 ? null : List(endpoint.Ports, static port => Map(
            ("name", Text(port.Name)), ("protocol", Protocol(port.Protocol)), ("port", ManifestParts.Number(port.Port))))));

    private static ManifestMap Staged(CalicoStagedKubernetesPolicy staged)
    {
        var action = Map(("stagedAction", Text(staged.StagedAction)));
        var spec = (ManifestMap)NetworkPolicyManifest.Of(staged.Policy)["spec"]!;
        return staged.StagedAction == CalicoPolicy.Delete ? action : new ManifestMap([.. action.Fields, .. spec.Fields]);
    }

    private static ManifestList? Paths(IReadOnlyList<CalicoHttpPath> paths) =>
        paths.Count == 0 ? null : List(paths, static path => Map(("exact", Text(path.Exact)), ("prefix", Text(path.Prefix))));

    private static ManifestList? Ports(IReadOnlyList<CalicoPort> ports) => ports.Count == 0 ? null : List(ports, Port);

    private static ManifestScalar Port(CalicoPort port) =>
        port.Name is null && port.First == port.Last ? ManifestParts.Number(port.First) : ManifestScalar.Of(port.ToString());

    private static ManifestScalar? Protocol(CalicoProtocol? protocol)
    {
        if (protocol is not { } given)
            return null;
        return given.IsNumber ? ManifestParts.Number(given.Number!.Value) : ManifestScalar.Of(given.Text);
    }

    private static ManifestMap? Icmp(CalicoIcmp? icmp) => icmp is null ? null : Map(("type", Number(icmp.Type)), ("code", Number(icmp.Code)));

    private static ManifestList? Texts(IReadOnlyList<string> texts) => texts.Count == 0 ? null : ManifestParts.Texts(texts);

    private static ManifestScalar? Text(string? text) => text is null ? null : ManifestScalar.Of(text);

    private static ManifestScalar? Switch(bool isOn) => isOn ? new ManifestScalar(ManifestTokenKind.Boolean, "true") : null;

    private static ManifestScalar? Number(int? number) => number is { } given ? ManifestParts.Number(given) : null;

    private static ManifestScalar? Number(double? number) =>
        number is { } given ? new ManifestScalar(ManifestTokenKind.Number, given.ToString("R", CultureInfo.InvariantCulture)) : null;
}
