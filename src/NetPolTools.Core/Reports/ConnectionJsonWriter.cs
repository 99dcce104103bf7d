using System.Text.Json;
using NetPolTools.Diagnostics;
using NetPolTools.Explaining;
using NetPolTools.Listing;

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
    public void Write(IEnumerable<Connection> connections, IReadOnlyList<Diagnostic> diagnostics) =>
        new JsonLines(output).Array("connections", connections, Write).End(diagnostics);

    private void Write(Utf8JsonWriter json, Connection connection)
    {
        json.WriteStartObject();
        JsonLines.WriteEnd(json, "source", connection.Source);
        JsonLines.WriteEnd(json, "destination", connection.Destination);
        json.WriteString("ports", connection.Ports.ToString());
        json.WriteString("verdict", connection.Verdict.ToString());
        JsonLines.WriteTexts(json, "notes", connection.Notes);
        if (explain is not null)
            ExplanationJson.Write(json, explain(connection));
        json.WriteEndObject();
    }
}
