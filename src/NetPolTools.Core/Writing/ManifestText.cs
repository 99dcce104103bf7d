using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetPolTools.Writing;

/// <summary>Manifests as text in one of the forms that kubectl reads.</summary>
/// <param name="extension">Of files of this form, with its point.</param>
/// <param name="one">Writes one object, without an end of its last line.</param>
/// <param name="many">Writes several objects as one text.</param>
public sealed class ManifestText(string extension, Func<ManifestMap, string> one, Func<IReadOnlyList<ManifestMap>, string> many)
{
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,

        // Not for HTML, where < and & have to be numbers.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Several objects in one text are a List.</summary>
    public static ManifestText Json => new(".json", ToJson, static objects => ToJson(List(objects)));

    public string Extension => extension;

    public string Of(ManifestMap manifest) => one(manifest);

    /// <param name="objects">At least one.</param>
    public string Of(IReadOnlyList<ManifestMap> objects) => objects.Count == 1 ? one(objects[0]) : many(objects);

    private static string ToJson(ManifestMap manifest)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Readable))
            JsonManifestWriter.Write(json, manifest);
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).ReplaceLineEndings("\n");
    }

    private static ManifestMap List(IReadOnlyList<ManifestMap> objects) => ManifestParts.Map(
        ("apiVersion", ManifestScalar.Of("v1")), ("kind", ManifestScalar.Of("List")), ("items", new ManifestList([.. objects])));
}
