using NetPolTools.Objects;

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

    public LabelSet Labels { get; private set; } = LabelSet.Empty;

    public OwnerReference? Controller { get; private set; }

    /// <param name="fields">Stands on the value of metadata.</param>
    /// <param name="onOther">What to do with fields that we do not use; by default they are passed over.</param>
    public void Read(FieldReader fields, Action<string>? onOther = null)
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
                    Name = fields.String() ?? Name;
                    IsNameGenerated = false;
                    IsNameWrong = fields.ErrorCount > errors;
                    break;
                case "generateName" when Name.Length == 0:
                    Name = fields.String() ?? "";
                    IsNameGenerated = true;
                    break;
                case "namespace":
                    // Empty is the same as absent to the API.
                    Namespace = fields.String() is { Length: > 0 } text ? text : null;
                    break;
                case "labels":
                    Labels = fields.Shared.ReadLabels(fields);
                    break;
                case "ownerReferences":
                    ReadOwners(fields);
                    break;
                default:
                    if (onOther is null)
                        fields.Skip();
                    else
                        onOther(name);
                    break;
            }
        }
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
