using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Text;
using NetPolTools.Validation;

namespace NetPolTools.Reading;

/// <summary>
/// Reads a policy strictly: an unknown field is an error, since one that is dropped quietly can turn a selector into "everything". What the API server
/// would refuse is reported at the field and takes no part.
/// </summary>
/// <param name="kind">As messages write it.</param>
internal abstract class PolicyDraft(string kind) : ObjectDraft
{
    /// <summary>Of one policy, which nobody mends one by one; looking for the place of each takes as long as reading the policy.</summary>
    private const int MostErrors = 100;

    // Kept whole, so that an error found later by field path can be shown at its place. Locations are not kept in the objects.
    private IPlaceFinder? _metadataPlaces;
    private IPlaceFinder? _specPlaces;
    private Dictionary<string, IPlaceFinder>? _otherPlaces;
    private IReadOnlyList<KeyValuePair<string, string>>? _annotations;

    /// <summary>Whether there is a spec, and it is not null.</summary>
    protected bool HasSpec { get; private set; }

    public override void ReadField(string name, FieldReader fields)
    {
        switch (name)
        {
            case "metadata":
                // Checked with all else of the policy.
                Metadata.Kind = null;
                Metadata.Read(Keep(fields, out _metadataPlaces), ReadOtherMetadata);
                break;
            case "spec":
                HasSpec = fields.Kind != ManifestTokenKind.Null;
                ReadSpec(Keep(fields, out _specPlaces));
                break;
            case "status":
                fields.Skip();
                break;
            default:
                ReadOther(name, fields);
                break;
        }
    }

    /// <summary>Whether a server has the policy already: only servers write what shows it.</summary>
    protected bool IsStored { get; private set; }

    /// <summary>Reads the spec.</summary>
    protected abstract void ReadSpec(FieldReader fields);

    /// <summary>Whether a field of this name belongs inside the spec.</summary>
    protected abstract bool IsSpecField(string name);

    /// <summary>Reads a field beside the spec.</summary>
    protected virtual void ReadOther(string name, FieldReader fields)
    {
        var belongs = IsSpecField(name)
            ? $"'{name}' belongs inside spec: indent it below spec."
            : $"{(kind[0] is 'A' or 'E' or 'I' or 'O' or 'U' ? "an" : "a")} {kind} has apiVersion, kind, metadata and spec.";
        fields.Unknown($"Unknown field '{name}' beside spec; {belongs}");
    }

    /// <summary>The metadata with what policies keep beside what every object does.</summary>
    protected ObjectMetadata Complete(ObjectMetadata metadata) => _annotations is null ? metadata : metadata with { Annotations = _annotations };

    /// <summary>Reports what the server refuses; whether there was anything.</summary>
    protected bool ReportAll(IReadOnlyList<FieldError> errors, BindingContext context, ObjectMetadata metadata)
    {
        // That there is no name is said of objects of every kind.
        var told = 0;
        foreach (var error in errors)
        {
            if (error.Path == "metadata.name" && metadata.Name.Length == 0)
                continue;
            if (told++ == MostErrors)
                break;
            context.Report(error.Id, DiagnosticSeverity.Error, error.Message, error.Path, Find(error.Path, error.MapKey));
        }

        return errors.Count > 0;
    }

    /// <summary>Where a field stands, or else what is nearest to it.</summary>
    /// <param name="path">From the object's root.</param>
    /// <param name="mapKey">Where the path leads to a map, the key that is meant.</param>
    protected SourceLocation Find(string path, string? mapKey)
    {
        var end = path.AsSpan().IndexOfAny('.', '[');
        var (root, rest) = end < 0 ? (path, "") : (path[..end], path[end] == '.' ? path[(end + 1)..] : path[end..]);
        var places = root switch
        {
            "metadata" => _metadataPlaces,
            "spec" => _specPlaces,
            _ => _otherPlaces?.GetValueOrDefault(root),
        };
        return places?.Find(rest, mapKey) ?? default;
    }

    /// <summary>A reader of a field beside the spec, so that places in it can be found later.</summary>
    protected FieldReader KeepOther(string name, FieldReader fields)
    {
        var kept = Keep(fields, out var places);
        (_otherPlaces ??= [])[name] = places;
        return kept;
    }

    /// <summary>Reads the present value so that places in it can be found later.</summary>
    private static FieldReader Keep(FieldReader fields, out IPlaceFinder places)
    {
        var kept = fields.Tokens.Keep();
        places = kept.Places;
        return fields.Reread(kept);
    }

    private void ReadOtherMetadata(string name, FieldReader fields)
    {
        IsStored |= name is "uid" or "resourceVersion" && fields is { Kind: ManifestTokenKind.String, Tokens.Text.Length: > 0 };
        if (name == "annotations")
            _annotations = fields.StringMap("a map of strings");
        else
            PolicyMetadataReader.Read(name, fields);
    }
}
