using System.Globalization;
using NetPolTools.Reading;
using NetPolTools.Yaml.Scalars;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NetPolTools.Yaml.Events;

/// <summary>What a node means as the key of a map.</summary>
internal static class MapKey
{
    /// <summary>Whether it is the unquoted <c>&lt;&lt;</c>.</summary>
    public static bool IsMerge(RecordedEvent key) =>
        key.Event is Scalar { Value: "<<" } scalar
        && (scalar.Tag.IsEmpty ? scalar.Style == ScalarStyle.Plain : scalar.Tag == "tag:yaml.org,2002:merge");

    /// <summary>The property name, as sigs.k8s.io/yaml makes one of any key: <c>yes</c> is "true" and <c>0x10</c> is "16".</summary>
    public static string Name(RecordedEvent key, Mark place, DocumentParser parser)
    {
        var node = key.Event is AnchorAlias ? parser.Record[key.Link].Event : key.Event;
        if (node is not Scalar scalar)
            throw parser.FailStructure(place, "found a map or a list as a key; a key must be a string");
        if (!ScalarValue.TryResolve(scalar, out var type, out var value))
            throw parser.Fail(place, value);
        return type switch
        {
            ScalarType.Null => throw parser.FailStructure(place, "found null or nothing as a key; a key must be a string"),
            ScalarType.Float => FloatText.ForKey(double.Parse(value, CultureInfo.InvariantCulture)),
            _ => value,
        };
    }
}
