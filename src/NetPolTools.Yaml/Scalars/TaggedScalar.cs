using System.Text;
using NetPolTools.Reading;

namespace NetPolTools.Yaml.Scalars;

/// <summary>Scalars with an explicit tag. Tags that are not YAML's own, and the lone <c>!</c>, leave the text a string.</summary>
internal static class TaggedScalar
{
    private const string Prefix = "tag:yaml.org,2002:";

    /// <summary>The type and value; false when the text is no value of the tag's type, and <paramref name="value"/> then says so.</summary>
    public static bool TryResolve(string tag, string written, out ScalarType type, out string value)
    {
        type = ScalarType.String;
        value = written;
        if (!tag.StartsWith(Prefix, StringComparison.Ordinal))
            return true;

        var name = tag[Prefix.Length..];
        switch (name)
        {
            case "binary":
                return TryDecode(written, out value);
            case "int" or "float" or "bool" or "null":
                type = PlainScalar.Resolve(written, out value);
                if (Accepts(name, type))
                    return true;
                value = $"found '{written}' with the tag !!{name}, which it does not fit";
                return false;
            default:
                return true;
        }
    }

    private static bool Accepts(string name, ScalarType type) => type switch
    {
        ScalarType.Integer => name is "int" or "float",
        ScalarType.Float or ScalarType.NotFinite => name == "float",
        ScalarType.Boolean => name == "bool",
        ScalarType.Null => name == "null",
        _ => false,
    };

    private static bool TryDecode(string written, out string value)
    {
        var bytes = new byte[written.Length];
        var isValid = Convert.TryFromBase64String(written, bytes, out var length);
        value = isValid ? Encoding.UTF8.GetString(bytes, 0, length) : "found a !!binary value that is no base64 text";
        return isValid;
    }
}
