using System.Text;
using System.Text.Json;
using NetPolTools.Reading;

namespace NetPolTools.Writing;

/// <summary>Writes manifests as JSON. Half of a surrogate pair has no place in it and becomes U+FFFD, as in Kubernetes' own programs.</summary>
internal static class JsonManifestWriter
{
    public static void Write(Utf8JsonWriter json, ManifestNode node)
    {
        switch (node)
        {
            case ManifestMap map:
                json.WriteStartObject();
                foreach (var (name, value) in map.Fields)
                {
                    json.WritePropertyName(Encoding.UTF8.GetBytes(name));
                    Write(json, value);
                }

                json.WriteEndObject();
                break;
            case ManifestList list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                    Write(json, item);
                json.WriteEndArray();
                break;
            case ManifestScalar { Kind: ManifestTokenKind.String } text:
                json.WriteStringValue(Encoding.UTF8.GetBytes(text.Text));
                break;
            case ManifestScalar other:
                json.WriteRawValue(other.Text);
                break;
        }
    }
}
