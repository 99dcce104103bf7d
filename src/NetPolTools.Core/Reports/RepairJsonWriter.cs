using System.Text.Json;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Repairing;
using NetPolTools.Snapshot;

namespace NetPolTools.Reports;

/// <summary>
/// Repairs as one JSON object: <c>{"repairs":[{"order":1,"steps":[{"kind":"AddPort","object":{…},"description":…,"patch":…}],"opensBesides":[…],
/// "closesBesides":[…],"leavesOpen":[…]}],"obstacles":[…],"diagnostics":[…]}</c>; and <c>"isCut":true</c> where more is changed than is listed.
/// </summary>
public sealed class RepairJsonWriter(TextWriter output)
{
    public void Write(RepairReport? report, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<NotEvaluatedKind> notEvaluated) => new JsonLines(output)
        .Array("repairs", (report?.Repairs ?? []).Select(static (repair, i) => (i + 1, repair)), Write)
        .Array("obstacles", report?.Obstacles ?? [], static (json, text) => json.WriteStringValue(text))
        .End(diagnostics, notEvaluated);

    private static void Write(Utf8JsonWriter json, (int Order, Repair Repair) found)
    {
        var (order, repair) = found;
        json.WriteStartObject();
        json.WriteNumber("order", order);
        json.WriteStartArray("steps");
        foreach (var step in repair.Steps)
            Write(json, step);
        json.WriteEndArray();
        Write(json, "opensBesides", repair.OpensBesides);
        Write(json, "closesBesides", repair.ClosesBesides);
        Write(json, "leavesOpen", repair.LeavesOpen);
        if (repair.IsCut)
            json.WriteBoolean("isCut", true);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RepairStep step)
    {
        json.WriteStartObject();
        json.WriteString("kind", step.Kind.ToString());
        JsonLines.WriteObject(json, "object", step.Object);
        JsonLines.WritePlace(json, step.Location);
        json.WriteString("description", step.Description);
        if (step.Patch is not null)
            json.WriteString("patch", step.Patch);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<ConnectionChange> changes)
    {
        json.WriteStartArray(name);
        foreach (var change in changes)
        {
            json.WriteStartObject();
            JsonLines.WriteEnd(json, "source", change.Source);
            JsonLines.WriteEnd(json, "destination", change.Destination);
            json.WriteString("before", change.Before.ToString());
            json.WriteString("after", change.After.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
