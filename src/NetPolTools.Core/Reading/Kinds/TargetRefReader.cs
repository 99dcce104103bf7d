using NetPolTools.Objects;

namespace NetPolTools.Reading.Kinds;

/// <summary>Reads the <c>targetRef</c> of an endpoint: the name of the pod it is, or null when it is something else.</summary>
internal static class TargetRefReader
{
    public static string? ReadPod(FieldReader fields)
    {
        string? kind = null, name = null;
        fields.EachField("a map with kind and name", field =>
        {
            switch (field)
            {
                case "kind":
                    kind = fields.String();
                    return true;
                case "name":
                    name = fields.String();
                    return true;
                default:
                    return false;
            }
        });
        return kind == Pod.KindName ? name : null;
    }
}
