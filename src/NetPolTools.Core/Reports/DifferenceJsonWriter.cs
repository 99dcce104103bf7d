using System.Text.Json;
using NetPolTools.Diagnostics;
using NetPolTools.Difference;
using NetPolTools.Objects;
using NetPolTools.Snapshot;

namespace NetPolTools.Reports;

/// <summary>
/// A difference and the diagnostics of both sides as one JSON object:
/// <c>{"ends":[…],"policies":[…],"changes":[{"change":"Opened","source":E,"destination":E,"portsBefore":"None",…}],"diagnostics":[…]}</c>, where E and
/// <c>notEvaluated</c> are as in a list of connections.
/// </summary>
public sealed class DifferenceJsonWriter(TextWriter output)
{
    public void Write(
        IEnumerable<EndChange> ends,
        IEnumerable<PolicyChange> policies,
        IEnumerable<ConnectionChange> changes,
        IReadOnlyList<Diagnostic> diagnostics,
        IReadOnlyList<NotEvaluatedKind> notEvaluated) =>
        new JsonLines(output).Array("ends", ends, Write).Array("policies", policies, Write).Array("changes", changes, Write).End(diagnostics, notEvaluated);

    private static void Write(Utf8JsonWriter json, EndChange change)
    {
        json.WriteStartObject();
        json.WriteString("change", change.Status.ToString());
        JsonLines.WriteEnd(json, "end", change.End);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PolicyChange change)
    {
        json.WriteStartObject();
        json.WriteString("change", change.Kind.ToString());
        if (change.PolicyKind != NetworkPolicy.KindName)
            json.WriteString("kind", change.PolicyKind);
        if (change.Namespace is not null)
            json.WriteString("namespace", change.Namespace);
        json.WriteString("name", change.Name);
        if (change.Details.Count > 0)
            JsonLines.WriteTexts(json, "details", change.Details);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ConnectionChange change)
    {
        json.WriteStartObject();
        json.WriteString("change", change.Kind.ToString());
        JsonLines.WriteEnd(json, "source", change.Source);
        JsonLines.WriteEnd(json, "destination", change.Destination);
        json.WriteString("portsBefore", change.Before.ToString());
        json.WriteString("portsAfter", change.After.ToString());
        json.WriteString("portsOpened", change.Opened.ToString());
        json.WriteString("portsClosed", change.Closed.ToString());
        if (!change.UndeterminedBefore.IsEmpty)
            json.WriteString("undeterminedBefore", change.UndeterminedBefore.ToString());
        if (!change.UndeterminedAfter.IsEmpty)
            json.WriteString("undeterminedAfter", change.UndeterminedAfter.ToString());
        if (change.SourceStatus != EndStatus.Kept)
            json.WriteString("sourceStatus", change.SourceStatus.ToString());
        if (change.DestinationStatus != EndStatus.Kept)
            json.WriteString("destinationStatus", change.DestinationStatus.ToString());
        JsonLines.WriteTexts(json, "policies", [.. change.Policies.Select(static policy => policy.ToString())]);
        JsonLines.WriteTexts(json, "notes", change.Notes);
        json.WriteEndObject();
    }
}
