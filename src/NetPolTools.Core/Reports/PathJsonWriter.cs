using System.Text.Json;
using NetPolTools.Diagnostics;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Paths;
using NetPolTools.Snapshot;

namespace NetPolTools.Reports;

/// <summary>
/// Paths and diagnostics as one JSON object: <c>{"from":[E],"paths":[{"destination":E,"verdict":"Allowed","hops":2,"hopsAtLeast":2,"steps":[C,C]}],
/// "diagnostics":[…]}</c>, where E is an end and C a connection of a list of connections; <c>notEvaluated</c> as there.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="explain">The reasons to write with each connection; null for none.</param>
public sealed class PathJsonWriter(TextWriter output, Func<Connection, Explanation>? explain = null)
{
    public void Write(
        IReadOnlyList<ConnectionEnd> from,
        IEnumerable<WorkloadPath> paths,
        IReadOnlyList<Diagnostic> diagnostics,
        IReadOnlyList<NotEvaluatedKind> notEvaluated) =>
        new JsonLines(output).Array("from", from, JsonLines.WriteEnd).Array("paths", paths, Write).End(diagnostics, notEvaluated);

    private void Write(Utf8JsonWriter json, WorkloadPath path)
    {
        json.WriteStartObject();
        JsonLines.WriteEnd(json, "destination", path.Destination);
        json.WriteString("verdict", path.Verdict.ToString());
        json.WriteNumber("hops", path.Hops);
        json.WriteNumber("hopsAtLeast", path.HopsAtLeast);
        json.WriteStartArray("steps");
        foreach (var step in path.Steps)
            ConnectionJson.Write(json, step, explain?.Invoke(step));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
