using System.Collections.Frozen;
using System.Collections.Immutable;
using NetPolTools.Objects;

namespace NetPolTools.Writing;

/// <summary>
/// A manifest as people write it: apiVersion, kind and metadata first, the fields of a NetworkPolicy from whom it selects to whom it allows, and
/// nothing of what only the server writes. Values stay as they are: no default is filled in, none is removed.
/// </summary>
public static class CanonicalManifest
{
    private const string AdminPolicyGroup = "policy.networking.k8s.io/";
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    private static readonly ImmutableArray<string> ObjectOrder = ["apiVersion", "kind", "metadata", "immutable", "type", "data", "stringData", "spec"];

    private static readonly ImmutableArray<string> MetadataOrder = ["name", "generateName", "namespace", "labels", "annotations"];

    /// <summary>Every field of a NetworkPolicy below spec: no two of these maps have a name in common where it would matter.</summary>
    private static readonly ImmutableArray<string> PolicyOrder =
    [
        "namespaceSelector", "podSelector", "policyTypes", "ingress", "egress", "from", "to", "ports", "ipBlock", "cidr", "except", "matchLabels",
        "matchExpressions", "key", "operator", "values", "protocol", "port", "endPort",
    ];

    /// <summary>Likewise of the policies of the admin tiers; <c>namespaces</c> before <c>pods</c>, and both before what is no pod.</summary>
    private static readonly ImmutableArray<string> AdminPolicyOrder =
    [
        "tier", "priority", "subject", "ingress", "egress", "name", "action", "from", "to", "namespaces", "pods", "nodes", "networks", "domainNames",
        "namespaceSelector", "podSelector", "ports", "protocols", "portNumber", "portRange", "namedPort", "tcp", "udp", "sctp", "destinationNamedPort",
        "destinationPort", "number", "range", "protocol", "port", "start", "end", "matchLabels", "matchExpressions", "key", "operator", "values",
    ];

    /// <summary>Written by the server; owner references hold the uids of one cluster, and elsewhere would have the object collected as an orphan.</summary>
    private static readonly FrozenSet<string> ServerMetadata = new[]
    {
        "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink",
        "ownerReferences", "clusterName",
    }.ToFrozenSet();

    /// <param name="manifest">An object of any kind.</param>
    /// <param name="full">Whether to keep what only the server writes: status, uid, managedFields and their like.</param>
    public static ManifestMap Of(ManifestMap manifest, bool full = false)
    {
        var specOrder = SpecOrder(manifest);
        var fields = manifest.Fields
            .Where(field => full || field.Key != "status")
            .Select(field => KeyValuePair.Create(field.Key, field switch
            {
                { Key: "metadata", Value: ManifestMap metadata } => Metadata(metadata, full),
                { Key: "spec", Value: ManifestMap spec } when !specOrder.IsEmpty => Spec(spec, specOrder),
                _ => field.Value,
            }));
        return Ordered(fields, ObjectOrder);
    }

    /// <summary>Whether it is Kubernetes' own NetworkPolicy; Calico and Antrea have kinds of that name too.</summary>
    internal static bool IsNetworkPolicy(ManifestMap manifest) => manifest.Text("kind") == NetworkPolicy.KindName
        && manifest.Text("apiVersion")?.Split('/')[0] is "networking.k8s.io" or "extensions";

    private static ManifestMap Metadata(ManifestMap metadata, bool full)
    {
        if (full)
            return Ordered(metadata.Fields, MetadataOrder);
        var written = metadata.Fields
            .Where(static field => !ServerMetadata.Contains(field.Key))
            .Select(static field => field is { Key: "annotations", Value: ManifestMap annotations }
                ? KeyValuePair.Create<string, ManifestNode>(field.Key, new ManifestMap([.. annotations.Fields.Where(static note => note.Key != LastApplied)]))
                : field)
            .Where(static field => field is not { Key: "annotations", Value: ManifestMap { Fields.Count: 0 } });
        return Ordered(written, MetadataOrder);
    }

    /// <summary>Labels keep the order they have: their keys are data.</summary>
    private static ManifestNode Spec(ManifestNode node, ImmutableArray<string> order) => node switch
    {
        ManifestMap map => Ordered(
            map.Fields.Select(field => field.Key == "matchLabels" ? field : KeyValuePair.Create(field.Key, Spec(field.Value, order))), order),
        ManifestList list => new ManifestList([.. list.Items.Select(item => Spec(item, order))]),
        _ => node,
    };

    /// <summary>Empty for kinds whose fields stay as they stood.</summary>
    private static ImmutableArray<string> SpecOrder(ManifestMap manifest) => IsNetworkPolicy(manifest) ? PolicyOrder
        : manifest.Text("apiVersion")?.StartsWith(AdminPolicyGroup, StringComparison.Ordinal) == true ? AdminPolicyOrder
        : [];

    /// <summary>The named fields first, in their order, then the others as they stood.</summary>
    private static ManifestMap Ordered(IEnumerable<KeyValuePair<string, ManifestNode>> fields, ImmutableArray<string> order) => new([.. fields.OrderBy(field =>
    {
        var position = order.IndexOf(field.Key);
        return position < 0 ? order.Length : position;
    })]);
}
