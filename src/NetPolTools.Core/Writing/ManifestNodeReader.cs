using NetPolTools.Reading;

namespace NetPolTools.Writing;

/// <summary>Tokens to nodes, with nothing left out. A key that stands twice is an error: one of its values would be lost.</summary>
internal static class ManifestNodeReader
{
    /// <summary>Reads the value the reader stands on, leaving the reader on the value's last token.</summary>
    public static ManifestNode Read(FieldReader fields)
    {
        switch (fields.Kind)
        {
            case ManifestTokenKind.ObjectStart:
                var map = new List<KeyValuePair<string, ManifestNode>>();
                fields.EnterObject("");
                while (fields.NextField(out var name))
                    map.Add(new(name, Read(fields)));
                return new ManifestMap(map);
            case ManifestTokenKind.ArrayStart:
                var items = new List<ManifestNode>();
                fields.EnterArray("");
                while (fields.NextItem())
                    items.Add(Read(fields));
                return new ManifestList(items);
            default:
                return new ManifestScalar(fields.Kind, fields.Tokens.Text);
        }
    }
}
