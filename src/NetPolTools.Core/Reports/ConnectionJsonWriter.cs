using System.Collections.Immutable;
using System.Text.Json;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Reading;

namespace NetPolTools.Reports;

/// <summary>
/// Connections and diagnostics as one JSON object, a connection per line:
/// <c>{"connections":[{"source":E,"destination":E,"ports":"…","verdict":"Allowed"}],"diagnostics":[…]}</c>, where E is
/// <c>{"namespace","name","kind"}</c> or <c>{"addresses"}</c>. What is not there is left out: <c>notes</c>, <c>explanation</c>.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="explain">The reasons to write with each connection; null for none.</param>
public sealed class ConnectionJsonWriter(TextWriter output, Func<Connection, Explanation>? explain = null)
{
    private static readonly ImmutableArray<JsonEncodedText> EndProperties =
        [JsonEncodedText.Encode("namespace"), JsonEncodedText.Encode("name"), JsonEncodedText.Encode("kind"), JsonEncodedText.Encode("addresses")];

    public void Write(IEnumerable<Connection> connections, IReadOnlyList<Diagnostic> diagnostics)
    {
        output.Write("{\"connections\":[");
        WriteLines(connections, Write);
        output.Write("],\"diagnostics\":[");
        WriteLines(diagnostics, Write);
        output.Write("]}\n");
    }

    private void WriteLines<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        using var buffer = new MemoryStream();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var separator = "\n";
        foreach (var item in items)
        {
            output.Write(separator);
            separator = ",\n";
            write(json, item);
            json.Flush();
            output.Write(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
            buffer.SetLength(0);
            json.Reset();
        }

        if (separator != "\n")
            output.Write('\n');
    }

    private void Write(Utf8JsonWriter json, Connection connection)
    {
        json.WriteStartObject();
        json.WritePropertyName("source");
        Write(json, connection.Source);
        json.WritePropertyName("destination");
        Write(json, connection.Destination);
        json.WriteString("ports", connection.Ports.ToString());
        json.WriteString("verdict", connection.Verdict.ToString());
        if (connection.Notes.Count > 0)
        {
            json.WriteStartArray("notes");
            foreach (var note in connection.Notes)
                json.WriteStringValue(note);
            json.WriteEndArray();
        }

        if (explain is not null)
            ExplanationJson.Write(json, explain(connection));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ConnectionEnd end)
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

    private static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("id", diagnostic.Id.ToString());
        json.WriteString("severity", diagnostic.Severity.ToString());
        json.WriteString("message", diagnostic.Message);
        if (diagnostic.Location.IsKnown)
        {
            json.WriteString("file", diagnostic.Location.File);
            if (diagnostic.Location.Line > 0)
            {
                json.WriteNumber("line", diagnostic.Location.Line);
                json.WriteNumber("column", diagnostic.Location.Column);
            }
        }

        if (!string.IsNullOrEmpty(diagnostic.FieldPath))
            json.WriteString("fieldPath", diagnostic.FieldPath);
        if (diagnostic.Object is { } about)
        {
            json.WriteStartObject("object");
            if (about.Namespace is not null)
                json.WriteString("namespace", about.Namespace);
            json.WriteString("name", about.Name);
            json.WriteString("kind", about.Kind);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
