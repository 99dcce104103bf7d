using System.Text.Json;
using NetPolTools.Diagnostics;
using NetPolTools.SeenTraffic;
using NetPolTools.Snapshot;

namespace NetPolTools.Reports;

/// <summary>
/// What becomes of seen traffic as one JSON object: <c>{"flows":[{"outcome":"Breaks","source":E,"destination":E,"ports":"…","wasDenied":false,
/// "before":"Allowed","after":"Denied","deniedBy":[{"text":"…","file":"…","line":1,"column":1}],"explanation":{…}}],"diagnostics":[…]}</c>, where E is
/// an end of a list of connections and the explanation is as there; <c>before</c> only where two states are compared.
/// </summary>
public sealed class TrafficJsonWriter(TextWriter output)
{
    public void Write(IEnumerable<CheckedFlow> flows, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<NotEvaluatedKind> notEvaluated) =>
        new JsonLines(output).Array("flows", flows, Write).End(diagnostics, notEvaluated);

    private static void Write(Utf8JsonWriter json, CheckedFlow flow)
    {
        json.WriteStartObject();
        json.WriteString("outcome", flow.Outcome.ToString());
        JsonLines.WriteEnd(json, "source", flow.Source);
        JsonLines.WriteEnd(json, "destination", flow.Destination);
        json.WriteString("ports", flow.Ports.ToString());
        json.WriteBoolean("wasDenied", flow.WasDenied);
        if (flow.Before is { } before)
            json.WriteString("before", before.ToString());
        json.WriteString("after", flow.After.ToString());
        json.WriteStartArray("deniedBy");
        foreach (var place in flow.DeniedBy)
        {
            json.WriteStartObject();
            json.WriteString("text", place.Text);
            JsonLines.WritePlace(json, place.Location);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        JsonLines.WriteTexts(json, "notes", flow.Notes);
        ExplanationJson.Write(json, flow.Explanation);
        json.WriteEndObject();
    }
}
