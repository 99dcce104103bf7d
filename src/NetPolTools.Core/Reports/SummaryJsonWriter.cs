using System.Text.Json;
using NetPolTools.Diagnostics;
using NetPolTools.Snapshot;
using NetPolTools.Summaries;

namespace NetPolTools.Reports;

/// <summary>
/// Summaries and diagnostics as one JSON object: <c>{"workloads":[{"workload":E,"reachedBy":{"workloads":2,"workloadsAtMost":2,"outside":"None",
/// "outsideAtMost":"None"},"reaches":{…}}],"diagnostics":[…]}</c>; <c>notEvaluated</c> as in a list of connections.
/// </summary>
public sealed class SummaryJsonWriter(TextWriter output)
{
    public void Write(IEnumerable<ReachSummary> summaries, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<NotEvaluatedKind> notEvaluated) =>
        new JsonLines(output).Array("workloads", summaries, Write).End(diagnostics, notEvaluated);

    private static void Write(Utf8JsonWriter json, ReachSummary summary)
    {
        json.WriteStartObject();
        JsonLines.WriteEnd(json, "workload", summary.End);
        Write(json, "reachedBy", summary.ReachedBy);
        Write(json, "reaches", summary.Reaches);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, PeerFigures figures)
    {
        json.WriteStartObject(name);
        json.WriteNumber("workloads", figures.Workloads);
        json.WriteNumber("workloadsAtMost", figures.WorkloadsAtMost);
        json.WriteString("outside", figures.Outside.ToString());
        json.WriteString("outsideAtMost", figures.OutsideAtMost.ToString());
        json.WriteEndObject();
    }
}
