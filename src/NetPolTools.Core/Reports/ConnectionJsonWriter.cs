using System.Text.Json;
using NetPolTools.Listing;
using NetPolTools.Reading;

namespace NetPolTools.Reports;

/// <summary>
/// Connections and diagnostics as one JSON object, a connection per line:
/// <c>{"connections":[{"source":E,"destination":E,"ports":"…","verdict":"Allowed"}],"diagnostics":[…]}</c>, where E is
/// <c>{"namespace","name","kind"}</c> or <c>{"addresses"}</c>.
/// </summary>
public sealed class ConnectionJsonWriter(TextWriter output)
{
    public void Write(IEnumerable<Connection> connections, IReadOnlyList<Diagnostic> diagnostics) =>
        new JsonLines(output).Array("connections", connections, Write).End(diagnostics);

    private static void Write(Utf8JsonWriter json, Connection connection)
    {
        json.WriteStartObject();
        json.WritePropertyName("source");
        JsonLines.Write(json, connection.Source);
        json.WritePropertyName("destination");
        JsonLines.Write(json, connection.Destination);
        json.WriteString("ports", connection.Ports.ToString());
        json.WriteString("verdict", connection.Verdict.ToString());
        JsonLines.WriteTexts(json, "notes", connection.Notes);
        json.WriteEndObject();
    }
}
