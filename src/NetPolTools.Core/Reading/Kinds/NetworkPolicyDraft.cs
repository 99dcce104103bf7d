using System.Collections.Frozen;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Text;
using NetPolTools.Validation;

namespace NetPolTools.Reading.Kinds;

/// <summary>
/// Reads a NetworkPolicy strictly: an unknown field is an error, since one that is dropped quietly can turn a selector into "everything".
/// What the API server would refuse is reported at the field and takes no part.
/// </summary>
internal sealed class NetworkPolicyDraft : ObjectDraft
{
    private static readonly FrozenSet<string> OtherMetadataFields = new[]
    {
        "generateName", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds",
        "annotations", "finalizers", "managedFields", "selfLink", "clusterName",
    }.ToFrozenSet();

    // Kept whole, so that an error found later by field path can be shown at its place. Locations are not kept in the objects.
    private IPlaceFinder? _metadata;
    private IPlaceFinder? _spec;
    private bool _hasSpec;
    private NetworkPolicySpecReader? _read;
    private IReadOnlyList<KeyValuePair<string, string>>? _annotations;

    public override void ReadField(string name, FieldReader fields)
    {
        switch (name)
        {
            case "metadata":
                var keptMetadata = fields.Tokens.Keep();
                _metadata = keptMetadata.Places;
                var metadata = fields.Reread(keptMetadata);
                Metadata.Read(metadata, other => ReadOtherMetadata(other, metadata));
                break;
            case "spec":
                _hasSpec = fields.Kind != ManifestTokenKind.Null;
                var keptSpec = fields.Tokens.Keep();
                _spec = keptSpec.Places;
                _read = new NetworkPolicySpecReader(fields.Reread(keptSpec));
                _read.Read();
                break;
            case "status":
                fields.Skip();
                break;
            default:
                var belongs = NetworkPolicySpecReader.IsSpecField(name)
                    ? $"'{name}' belongs inside spec: indent it below spec."
                    : "a NetworkPolicy has apiVersion, kind, metadata and spec.";
                fields.Unknown($"Unknown field '{name}' beside spec; {belongs}");
                break;
        }
    }

    public override KubernetesObject? Build(BindingContext context, ObjectMetadata metadata, SourceLocation location)
    {
        var policy = new NetworkPolicy(_annotations is null ? metadata : metadata with { Annotations = _annotations })
        {
            PodSelector = _read?.PodSelector ?? LabelSelector.Everything,
            Ingress = _read?.Ingress,
            Egress = _read?.Egress,
            PolicyTypes = _read?.PolicyTypes,
            Location = location,
        };

        var errors = NetworkPolicyRules.Check(policy);
        // That there is no name is said of objects of every kind.
        foreach (var error in errors)
        {
            if (metadata.Name.Length > 0 || error.Path != "metadata.name")
                context.Report(DiagnosticId.InvalidValue, DiagnosticSeverity.Error, error.Message, error.Path, Find(error.Path, error.MapKey));
        }

        if (errors.Count > 0)
            return null;

        Warn(policy, context, location);
        return policy;
    }

    /// <summary>What the server takes without a word and people do not mean.</summary>
    private void Warn(NetworkPolicy policy, BindingContext context, SourceLocation location)
    {
        if (!_hasSpec)
        {
            context.Report(
                DiagnosticId.MissingSpec,
                DiagnosticSeverity.Warning,
                "The policy has no spec. The API server takes it as one that selects every pod of the namespace and allows no ingress.",
                "spec",
                location);
        }

        foreach (var (id, path, message) in NetworkPolicyWarnings.Check(policy))
            context.Report(id, DiagnosticSeverity.Warning, message, path, Find(path, null));
    }

    private void ReadOtherMetadata(string name, FieldReader fields)
    {
        if (!OtherMetadataFields.Contains(name))
            fields.Unknown($"Unknown field '{name}' in metadata; expected name, namespace, labels or annotations.");
        else if (name == "annotations")
            _annotations = fields.StringMap("a map of strings");
        else
            fields.Skip();
    }

    private SourceLocation Find(string path, string? mapKey)
    {
        var dot = path.IndexOf('.');
        return path.StartsWith("metadata.", StringComparison.Ordinal)
            ? _metadata?.Find(path[(dot + 1)..], mapKey) ?? default
            : _spec?.Find(path[(dot + 1)..], mapKey) ?? default;
    }
}
