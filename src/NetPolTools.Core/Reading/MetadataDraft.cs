using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Reading;

/// <summary>Reads <c>metadata</c>, of an object or of a pod template.</summary>
internal sealed class MetadataDraft
{
    /// <summary>metadata.name; where there is only generateName, that, since the rest is not known before the server makes it up.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Whether something stands where the name should, and is none; that was reported.</summary>
    public bool IsNameWrong { get; private set; }

    public bool IsNameGenerated { get; private set; }

    public string? Namespace { get; private set; }

    /// <summary>What it is the metadata of, whose names are checked; null for a pod template, and for a kind whose whole metadata is checked
    /// elsewhere.</summary>
    public ObjectKind? Kind { get; set; }

    /// <summary>What to say of a name that is a number or boolean, where such a one is taken as text; null where it is an error.</summary>
    public string? ScalarNameAdvice { get; set; }

    public LabelSet Labels { get; private set; } = LabelSet.Empty;

    public OwnerReference? Controller { get; private set; }

    /// <summary>Those that are meant for us; of policies, which are read otherwise, none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Annotations { get; private set; } = [];

    /// <param name="fields">Stands on the value of metadata.</param>
    /// <param name="onOther">What to do with fields that we do not use; by default they are passed over.</param>
    public void Read(FieldReader fields, Action<string, FieldReader>? onOther = null)
    {
        var errorsBefore = fields.ErrorCount;
        if (!fields.EnterObject("a map with name, namespace and labels"))
        {
            IsNameWrong = fields.ErrorCount > errorsBefore;
            return;
        }

        while (fields.NextField(out var name))
        {
            switch (name)
            {
                case "name":
                    var errors = fields.ErrorCount;
                    Name = (ScalarNameAdvice is null ? fields.String() : fields.StringOrScalar(ScalarNameAdvice)) ?? Name;
                    IsNameGenerated = false;
                    CheckName(fields, "name", Name, Kind?.CheckName);
                    IsNameWrong = fields.ErrorCount > errors;
                    break;
                case "generateName" when Name.Length == 0:
                    Name = fields.String() ?? "";
                    IsNameGenerated = true;
                    CheckGenerateName(fields);
                    break;
                case "namespace":
                    // Empty is the same as absent to the API.
                    Namespace = fields.String() is { Length: > 0 } text ? text : null;
                    CheckName(fields, "namespace", Namespace, Kind is null ? null : NameRules.CheckDnsLabel);
                    break;
                case "labels":
                    Labels = fields.Shared.ReadLabels(fields);
                    break;
                case "annotations" when onOther is null:
                    Annotations = OwnAnnotations.Read(fields.Tokens);
                    break;
                case "ownerReferences" when onOther is null:
                    ReadOwners(fields);
                    break;
                default:
                    if (onOther is null)
                        fields.Skip();
                    else
                        onOther(name, fields);
                    break;
            }
        }
    }

    /// <summary>Reports a name that the API server refuses.</summary>
    /// <param name="fields">Stands on it.</param>
    /// <param name="what">The field's name.</param>
    /// <param name="text">The name; null or empty for none.</param>
    /// <param name="check">Gives what is wrong with it, or null; null for no check.</param>
    internal static void CheckName(FieldReader fields, string what, string? text, Func<string, string?>? check)
    {
        if (text is { Length: > 0 } && check?.Invoke(text) is { } wrong)
            fields.ReportField(DiagnosticId.InvalidValue, $"The {what} '{Excerpt.Of(text)}' {wrong}.");
    }

    // On its own: what it captures would otherwise be made for every field of every object.
    private void CheckGenerateName(FieldReader fields)
    {
        if (Kind is { } kind)
            CheckName(fields, "generateName", Name, start => NameRules.CheckGenerateName(start, kind.CheckName));
    }

    private void ReadOwners(FieldReader fields)
    {
        if (!fields.EnterArray("a list of owners"))
            return;
        while (fields.NextItem())
        {
            if (!fields.EnterObject("a map with kind and name"))
                continue;
            string? kind = null, ownerName = null;
            var isController = false;
            while (fields.NextField(out var name))
            {
                switch (name)
                {
                    case "kind":
                        kind = fields.String();
                        break;
                    case "name":
                        ownerName = fields.String();
                        break;
                    case "controller":
                        isController = fields.Boolean() == true;
                        break;
                    default:
                        fields.Skip();
                        break;
                }
            }

            if (isController && kind is not null && ownerName is not null)
                Controller = new OwnerReference(kind, ownerName);
        }
    }
}
