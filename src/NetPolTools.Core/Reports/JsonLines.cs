using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetPolTools.Diagnostics;
using NetPolTools.Listing;
using NetPolTools.Objects;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>One JSON object of arrays whose items stand on a line each, written as they come.</summary>
internal sealed class JsonLines(TextWriter output)
{
    private static readonly ImmutableArray<JsonEncodedText> EndProperties =
        [JsonEncodedText.Encode("namespace"), JsonEncodedText.Encode("name"), JsonEncodedText.Encode("kind"), JsonEncodedText.Encode("addresses")];

    private bool _isBegun;

    /// <param name="name">The property that holds the array; plain ASCII.</param>
    /// <param name="items">Enumerated once.</param>
    /// <param name="write">Writes an item as one JSON value.</param>
    public JsonLines Array<T>(string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        output.Write($"{(_isBegun ? ',' : '{')}\"{name}\":[");
        _isBegun = true;
        WriteLines(items, write);
        output.Write(']');
        return this;
    }

    /// <summary>The last arrays, and the end of the object. What is not evaluated is left out where there is nothing.</summary>
    public void End(IEnumerable<Diagnostic> diagnostics, IReadOnlyList<NotEvaluatedKind> notEvaluated)
    {
        if (notEvaluated.Count > 0)
            Array("notEvaluated", notEvaluated, Write);
        Array("diagnostics", diagnostics, Write);
        output.Write("}\n");
    }

    /// <summary>A property that holds an end of a connection.</summary>
    public static void WriteEnd(Utf8JsonWriter json, string name, ConnectionEnd end)
    {
        json.WritePropertyName(name);
        WriteEnd(json, end);
    }

    /// <summary>An end of a connection as an object.</summary>
    public static void WriteEnd(Utf8JsonWriter json, ConnectionEnd end)
    {
        json.WriteStartObject();
        if (end.Addresses is not null)
        {
            json.WriteString(EndProperties[3], end.Addresses);
        }
        else
        {
            json.WriteString(EndProperties[0], end.Namespace);
            json.WriteString(EndProperties[1], end.Name);
            json.WriteString(EndProperties[2], end.Kind);
        }

        json.WriteEndObject();
    }

    /// <summary>A property that holds texts, left out where there are none.</summary>
    public static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyCollection<string> texts)
    {
        if (texts.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>A property that names an object.</summary>
    public static void WriteObject(Utf8JsonWriter json, string name, ObjectReference about)
    {
        json.WriteStartObject(name);
        if (about.Namespace is not null)
            json.WriteString("namespace", about.Namespace);
        json.WriteString("name", about.Name);
        json.WriteString("kind", about.Kind);
        json.WriteEndObject();
    }

    /// <summary>The properties <c>file</c>, <c>line</c> and <c>column</c>, as far as they are known.</summary>
    public static void WritePlace(Utf8JsonWriter json, SourceLocation place)
    {
        if (!place.IsKnown)
            return;
        json.WriteString("file", place.File);
        if (place.Line > 0)
        {
            json.WriteNumber("line", place.Line);
            json.WriteNumber("column", place.Column);
        }
    }

    private static void Write(Utf8JsonWriter json, NotEvaluatedKind kind)
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", kind.ApiVersion);
        json.WriteString("kind", kind.Kind);
        json.WriteString("role", kind.Role.ToString());
        json.WriteNumber("count", kind.Count);
        WriteTexts(json, "names", kind.Names);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("id", diagnostic.Id.ToString());
        json.WriteString("severity", diagnostic.Severity.ToString());
        json.WriteString("message", diagnostic.Message);
        WritePlace(json, diagnostic.Location);
        if (!string.IsNullOrEmpty(diagnostic.FieldPath))
            json.WriteString("fieldPath", diagnostic.FieldPath);
        if (diagnostic.Object is { } about)
            WriteObject(json, "object", about);

        json.WriteEndObject();
    }

    private void WriteLines<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        using var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var separator = "\n";
        foreach (var item in items)
        {
            output.Write(separator);
            separator = ",\n";
            write(json, item);
            json.Flush();
            output.Write(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
            buffer.SetLength(0);
            json.Reset();
        }

        if (separator != "\n")
            output.Write('\n');
    }
}
