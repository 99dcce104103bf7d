using System.Text.Json;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Intents;
using NetPolTools.Snapshot;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>
/// Results of intents as one JSON object: <c>{"intents":[{"name":"web -> db: TCP 5432","status":"Failed","before":…,"seen":…,"from":"web","to":"db",
/// "expect":"Allowed","file":…,"line":…,"column":…,"deviations":[…],"reasons":[…],"rule":{"file":…,"line":…,"column":…}}],"diagnostics":[…]}</c>.
/// </summary>
public sealed class IntentJsonWriter(TextWriter output)
{
    public void Write(IntentReport? report, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<NotEvaluatedKind> notEvaluated) =>
        new JsonLines(output).Array("intents", report?.Results ?? [], Write).End(diagnostics, notEvaluated);

    private static void Write(Utf8JsonWriter json, IntentResult result)
    {
        json.WriteStartObject();
        json.WriteString("name", result.Intent.Name);
        json.WriteString("status", result.Status.ToString());
        if (result.Before is { } before)
            json.WriteString("before", before.ToString());
        if (result.SeenCount is { } seen)
            json.WriteNumber("seen", seen);
        json.WriteString("from", result.Intent.From.Text);
        json.WriteString("to", result.Intent.To.Text);
        json.WriteString("expect", result.Intent.Kind.ToString());
        JsonLines.WritePlace(json, result.Intent.Location);
        if (result.Status != IntentStatus.Passed)
        {
            JsonLines.WriteTexts(json, "deviations", result.Deviations);
            JsonLines.WriteTexts(json, "reasons", result.Reasons);
            if (result.Repair is { } repair)
                json.WriteString("repair", repair.ToString());
            if (result.DecidingPlace() is { IsKnown: true } place)
                Write(json, place);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SourceLocation place)
    {
        json.WriteStartObject("rule");
        JsonLines.WritePlace(json, place);
        json.WriteEndObject();
    }
}
