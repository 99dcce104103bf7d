using NetPolTools.Objects;
using NetPolTools.Reading;
using NetPolTools.Reading.Kinds;
using NetPolTools.Sets;
using NetPolTools.Writing;
using static NetPolTools.Writing.ManifestParts;

namespace NetPolTools.Saving;

/// <summary>Namespaces, nodes, and what identifies the network plugin, as manifests that read back as the same.</summary>
internal static class SavedObjects
{
    private const string OfSpec = "spec.";
    private const string OfNodeInfo = "status.nodeInfo.";

    public static ManifestMap Of(Namespace ns) => Object("v1", ns);

    public static ManifestMap Of(ServiceAccount account) =>
        With(Object("v1", account), ("automountServiceAccountToken", TrueOrFalse(account.MountsToken)));

    /// <param name="node">The node.</param>
    /// <param name="trace">What it says about the network plugin; null for nothing.</param>
    public static ManifestMap Of(Node node, PluginTrace? trace)
    {
        var values = trace?.Values ?? new Dictionary<string, string>();
        var isAvailable = values.TryGetValue(PluginTrace.NetworkAvailableReason, out var reason);
        return Map(
            ("apiVersion", ManifestScalar.Of("v1")),
            ("kind", ManifestScalar.Of(Node.KindName)),
            ("metadata", Metadata(node.Metadata, values.Where(static value => !IsField(value.Key)))),
            ("spec", NotEmpty(With(
                Labels(Below(values, OfSpec)), ("podCIDRs", ListOrNothing(node.PodRanges, static range => ManifestScalar.Of(range.ToCidr())))))),
            ("status", NotEmpty(Map(
                ("addresses", ListOrNothing(node.Addresses, static address => Map(("type", ManifestScalar.Of("InternalIP")), ("address", Scalar(address))))),
                ("nodeInfo", Texts(Below(values, OfNodeInfo))),
                ("conditions", isAvailable ? new ManifestList([Condition("NetworkUnavailable", "False", reason)]) : null)))));

        static bool IsField(string key) =>
            key == PluginTrace.NetworkAvailableReason || key.StartsWith(OfSpec, StringComparison.Ordinal)
                || key.StartsWith(OfNodeInfo, StringComparison.Ordinal);
    }

    /// <summary>
    /// A ConfigMap, CustomResourceDefinition or a plugin's own object: one that is read for the plugin alone.
    /// </summary>
    public static ManifestMap Of(PluginTrace trace)
    {
        var group = PluginTraceKinds.All.First(known => known.Kind == trace.Kind).Group;
        var head = Object(group.Length == 0 ? "v1" : $"{group}/v1", trace);
        return trace.Kind switch
        {
            PluginTraceKinds.ConfigMap => With(head, ("data", Texts(trace.Values))),
            _ => With(head, [.. Tree(trace.Values).Fields.Select(static field => (field.Key, (ManifestNode?)field.Value))]),
        };
    }

    public static ManifestMap Of(UnevaluatedObject found) => With(
        Object(found.ApiVersion, found),
        ("spec", found.Role == UnevaluatedRole.Workload ? Map(("template", Map(("spec", Map(("containers", new ManifestList([]))))))) : null));

    /// <summary>The fields that every object has.</summary>
    public static ManifestMap Object(string apiVersion, KubernetesObject found) => Map(
        ("apiVersion", ManifestScalar.Of(apiVersion)), ("kind", ManifestScalar.Of(found.Kind)), ("metadata", Metadata(found.Metadata, [])));

    public static ManifestMap With(ManifestMap map, params (string Name, ManifestNode? Value)[] fields) => new([.. map.Fields, .. Map(fields).Fields]);

    public static ManifestMap? NotEmpty(ManifestMap map) => map.Fields.Count == 0 ? null : map;

    public static ManifestList? ListOrNothing<T>(IReadOnlyCollection<T> items, Func<T, ManifestNode> node) => items.Count == 0 ? null : List(items, node);

    public static ManifestScalar Scalar(NetAddress address) => ManifestScalar.Of(address.ToString());

    public static ManifestScalar? Scalar(string? text) => text is null ? null : ManifestScalar.Of(text);

    /// <summary>A switch that is off unless it is written.</summary>
    public static ManifestScalar? True(bool isOn) => isOn ? new ManifestScalar(ManifestTokenKind.Boolean, "true") : null;

    /// <summary>A switch that somebody else decides on where it is not written.</summary>
    public static ManifestScalar? TrueOrFalse(bool? isOn) => isOn is { } known ? new ManifestScalar(ManifestTokenKind.Boolean, known ? "true" : "false") : null;

    public static ManifestMap Condition(string type, string status, string? reason = null) =>
        Map(("type", ManifestScalar.Of(type)), ("status", ManifestScalar.Of(status)), ("reason", Scalar(reason)));

    public static ManifestNode? Port(PortNumberOrName? port) =>
        port is not { } given ? null : given.Name is { } name ? ManifestScalar.Of(name) : Number(given.Number);

    public static ManifestScalar? UnlessTcp(Protocol protocol) => protocol == Protocol.TCP ? null : ManifestScalar.Of(protocol.ToString());

    private static ManifestMap Metadata(ObjectMetadata metadata, IEnumerable<KeyValuePair<string, string>> annotations) => Map(
        (metadata.IsNameGenerated ? "generateName" : "name", metadata.Name.Length == 0 ? null : ManifestScalar.Of(metadata.Name)),
        ("namespace", Scalar(metadata.Namespace)),
        ("labels", Texts(metadata.Labels)),
        ("annotations", Texts(annotations)),
        ("ownerReferences", metadata.Controller is { } owner
            ? new ManifestList([Map(("kind", ManifestScalar.Of(owner.Kind)), ("name", ManifestScalar.Of(owner.Name)), ("controller", True(true)))])
            : null));

    private static ManifestMap? Texts(IEnumerable<KeyValuePair<string, string>> texts) => NotEmpty(Labels(texts));

    private static IEnumerable<KeyValuePair<string, string>> Below(IReadOnlyDictionary<string, string> values, string path) =>
        values.Where(value => value.Key.StartsWith(path, StringComparison.Ordinal) && value.Key != PluginTrace.NetworkAvailableReason)
            .Select(value => KeyValuePair.Create(value.Key[path.Length..], value.Value));

    /// <summary>Values by paths such as <c>spec.cni.type</c>, as maps within maps.</summary>
    private static ManifestMap Tree(IEnumerable<KeyValuePair<string, string>> values) => new(
    [
        .. values.GroupBy(static value => value.Key.Split('.')[0]).Select(static below => KeyValuePair.Create<string, ManifestNode>(
            below.Key,
            below.All(value => value.Key == below.Key)
                ? ManifestScalar.Of(below.Last().Value)
                : Tree(below.Where(value => value.Key != below.Key).Select(value => KeyValuePair.Create(value.Key[(below.Key.Length + 1)..], value.Value))))),
    ]);
}
