using NetPolTools.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NetPolTools.Yaml.Scalars;

/// <summary>The type and the value of a scalar, from its style, its tag and its text.</summary>
internal static class ScalarValue
{
    /// <summary>False when the text does not fit the tag, and <paramref name="value"/> then says so.</summary>
    public static bool TryResolve(Scalar scalar, out ScalarType type, out string value)
    {
        if (!scalar.Tag.IsEmpty)
            return TaggedScalar.TryResolve(scalar.Tag.Value, scalar.Value, out type, out value);
        if (scalar.Style == ScalarStyle.Plain)
        {
            type = PlainScalar.Resolve(scalar.Value, out value);
            return true;
        }

        type = ScalarType.String;
        value = scalar.Value;
        return true;
    }
}
