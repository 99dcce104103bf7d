using NetPolTools.Diagnostics;
using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Snapshot;

namespace NetPolTools.Reports;

/// <summary>
/// Connections and diagnostics as one JSON object, a connection per line:
/// <c>{"connections":[{"source":E,"destination":E,"ports":"…","verdict":"Allowed"}],"diagnostics":[…]}</c>, where E is
/// <c>{"namespace","name","kind"}</c> or <c>{"addresses"}</c>. What is not there is left out: <c>notes</c>, <c>nodeTraffic</c>, <c>explanation</c>, and
/// before the diagnostics <c>"notEvaluated":[{"apiVersion","kind","role","count","names":[…]}]</c>.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="explain">The reasons to write with each connection; null for none.</param>
public sealed class ConnectionJsonWriter(TextWriter output, Func<Connection, Explanation>? explain = null)
{
    public void Write(IEnumerable<Connection> connections, IReadOnlyList<Diagnostic> diagnostics, IReadOnlyList<NotEvaluatedKind> notEvaluated) =>
        new JsonLines(output)
            .Array("connections", connections, (json, connection) => ConnectionJson.Write(json, connection, explain?.Invoke(connection)))
            .End(diagnostics, notEvaluated);
}
