using System.Globalization;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Validation;

namespace NetPolTools.Reading;

/// <summary>
/// Reads those fields of a NetworkPolicy's metadata that decide nothing, as strictly as the API server does (apimachinery, api/validation/objectmeta.go): what
/// it refuses is in no cluster.
/// </summary>
internal static class PolicyMetadataReader
{
    /// <summary>RFC 3339, as Go reads it: fractions of any length.</summary>
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ssK";

    public static void Read(string name, FieldReader fields)
    {
        switch (name)
        {
            case "generateName":
                MetadataDraft.CheckName(fields, name, fields.String(), NameRules.CheckGenerateName);
                break;
            case "uid" or "resourceVersion" or "selfLink" or "clusterName":
                fields.String();
                break;
            case "creationTimestamp" or "deletionTimestamp":
                ReadTime(fields);
                break;
            case "generation" or "deletionGracePeriodSeconds":
                ReadNumber(fields);
                break;
            case "finalizers":
                ReadFinalizers(fields);
                break;
            case "ownerReferences":
                ReadOwners(fields);
                break;
            case "managedFields":
                fields.EachItem("a list of maps", () => fields.EachField("a map with manager and fieldsV1", field => ReadManaged(field, fields)));
                break;
            default:
                fields.Unknown($"Unknown field '{Excerpt.Of(name)}' in metadata; expected name, namespace, labels or annotations.");
                break;
        }
    }

    private static bool ReadManaged(string name, FieldReader fields)
    {
        switch (name)
        {
            case "manager" or "operation" or "apiVersion" or "fieldsType" or "subresource":
                fields.String();
                return true;
            case "time":
                ReadTime(fields);
                return true;
            case "fieldsV1":
                return false;
            default:
                fields.Unknown($"Unknown field '{Excerpt.Of(name)}' in managedFields; only servers write them.");
                return true;
        }
    }

    private static void ReadTime(FieldReader fields)
    {
        if (fields.Kind == ManifestTokenKind.Null || fields.String() is not { } text)
            return;
        var point = text.IndexOf('.');
        var zone = point < 0 ? -1 : text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9');
        var whole = zone > 0 ? text.Remove(point, zone + 1) : text;
        if (!DateTimeOffset.TryParseExact(whole, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            fields.Report(DiagnosticId.InvalidValue, $"'{Excerpt.Of(text)}' is no time; expected a form such as 2026-01-31T12:00:00Z.");
    }

    private static void ReadNumber(FieldReader fields)
    {
        if (fields.Kind == ManifestTokenKind.Null || (
            fields.Kind == ManifestTokenKind.Number && long.TryParse(fields.Tokens.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
            return;
        fields.Wrong("a whole number, without quotes");
    }

    private static void ReadFinalizers(FieldReader fields) => fields.EachItem("a list of names", () =>
    {
        var text = fields.String();
        if (text is not null && NameRules.CheckLabelKey(text) is { } wrong)
            fields.Report(DiagnosticId.InvalidValue, $"The finalizer '{Excerpt.Of(text)}' {wrong}.");
    });

    private static void ReadOwners(FieldReader fields)
    {
        var controllers = 0;
        fields.EachItem("a list of owners", () =>
        {
            var missing = new List<string> { "apiVersion", "kind", "name", "uid" };
            var before = fields.ErrorCount;
            var isMap = fields.Kind == ManifestTokenKind.ObjectStart;
            fields.EachField("a map with apiVersion, kind, name and uid", name =>
            {
                switch (name)
                {
                    case "apiVersion" or "kind" or "name" or "uid":
                        if (fields.String() is { Length: > 0 })
                            missing.Remove(name);
                        break;
                    case "controller":
                        controllers += fields.Boolean() == true ? 1 : 0;
                        break;
                    case "blockOwnerDeletion":
                        fields.Boolean();
                        break;
                    default:
                        fields.Unknown($"Unknown field '{Excerpt.Of(name)}' in an owner; expected apiVersion, kind, name, uid, controller or "
                            + "blockOwnerDeletion.");
                        break;
                }

                return true;
            });
            if (isMap && missing.Count > 0 && fields.ErrorCount == before)
                fields.Report(DiagnosticId.InvalidValue,
                    $"An owner has apiVersion, kind, name and uid, none of them empty; here {string.Join(" and ", missing)} lacks.");
            if (controllers > 1)
            {
                fields.Report(DiagnosticId.InvalidValue, "Only one owner can be the controller.");
                controllers = 1;
            }
        });
    }
}
