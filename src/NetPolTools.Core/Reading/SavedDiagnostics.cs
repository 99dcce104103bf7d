using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>Diagnostics as JSON text in an annotation, and back.</summary>
internal static class SavedDiagnostics
{
    public static string Write(ImmutableArray<Diagnostic> diagnostics)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (var diagnostic in diagnostics)
                Write(json, diagnostic);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <exception cref="FormatException">Not what <see cref="Write(ImmutableArray{Diagnostic})"/> writes.</exception>
    public static ImmutableArray<Diagnostic> Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return [.. json.RootElement.EnumerateArray().Select(Read)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new FormatException(
                $"The annotation {SnapshotOrigin.DiagnosticsKey} cannot be understood; expected a JSON array of objects with id, severity and message.", e);
        }
    }

    private static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("id", diagnostic.Id.ToString());
        json.WriteString("severity", diagnostic.Severity.ToString());
        json.WriteString("message", Encoding.UTF8.GetBytes(diagnostic.Message));
        if (diagnostic.FieldPath is not null)
            json.WriteString("fieldPath", Encoding.UTF8.GetBytes(diagnostic.FieldPath));
        if (diagnostic.Location.IsKnown)
        {
            json.WriteString("file", Encoding.UTF8.GetBytes(diagnostic.Location.File ?? ""));
            json.WriteNumber("line", diagnostic.Location.Line);
            json.WriteNumber("column", diagnostic.Location.Column);
        }

        if (diagnostic.Object is { } about)
        {
            json.WriteStartObject("object");
            json.WriteString("kind", Encoding.UTF8.GetBytes(about.Kind));
            if (about.Namespace is not null)
                json.WriteString("namespace", Encoding.UTF8.GetBytes(about.Namespace));
            json.WriteString("name", Encoding.UTF8.GetBytes(about.Name));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static Diagnostic Read(JsonElement json) => new(
        Word<DiagnosticId>(json, "id"), Word<DiagnosticSeverity>(json, "severity"), Text(json, "message") ?? throw new KeyNotFoundException())
    {
        FieldPath = Text(json, "fieldPath"),
        Location = Text(json, "file") is { } file ? new SourceLocation(file, json.GetProperty("line").GetInt32(), json.GetProperty("column").GetInt32())
            : default,
        Object = json.TryGetProperty("object", out var about)
            ? new ObjectReference(Text(about, "kind") ?? "", Text(about, "namespace"), Text(about, "name") ?? "")
            : null,
    };

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static T Word<T>(JsonElement json, string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(json, name), out var word) && Enum.IsDefined(word) ? word : throw new KeyNotFoundException();
}
