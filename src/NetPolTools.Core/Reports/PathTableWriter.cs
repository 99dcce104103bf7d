using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Paths;

namespace NetPolTools.Reports;

/// <summary>Paths as a table for people: a line for each workload in reach, with the ports of the last hop and who is before it on a shortest path.</summary>
/// <param name="output">Where to.</param>
/// <param name="withSteps">Whether the connections of each path follow below its line.</param>
/// <param name="explain">The reasons to write below each of these; null for none.</param>
public sealed class PathTableWriter(TextWriter output, bool withSteps, Func<Connection, Explanation>? explain = null)
{
    private const string Indent = "    ";

    /// <returns>How many lines there were, without the heading.</returns>
    public int Write(IEnumerable<WorkloadPath> paths)
    {
        var table = new TextTable(output, "HOPS", "WORKLOAD", "PORTS", "THROUGH");
        var notes = new FootNotes();
        foreach (var path in paths)
        {
            table.Add(
                HopsOf(path),
                path.Destination.ToString(),
                path.Steps is [.., var last] ? notes.Mark(PortsOf(last), [.. path.Steps.SelectMany(static step => step.Notes).Distinct()]) : "",
                string.Join(" -> ", path.Steps.Select(static step => step.Source)));
            foreach (var step in withSteps || explain is not null ? path.Steps : [])
            {
                table.AddText($"{Indent}{step.Source} -> {step.Destination}: {PortsOf(step)}");
                foreach (var reason in explain?.Invoke(step).Lines() ?? [])
                    table.AddText(Indent + Indent + reason);
            }
        }

        table.Complete();
        notes.Write(output);
        return table.Count;
    }

    /// <summary><c>2</c>, <c>2, perhaps 1</c>, <c>perhaps 2</c> or <c>out of reach</c>.</summary>
    private static string HopsOf(WorkloadPath path) => path.Verdict switch
    {
        Verdict.Denied => "out of reach",
        Verdict.Undetermined => $"perhaps {path.Hops}",
        _ => path.HopsAtLeast < path.Hops ? $"{path.Hops}, perhaps {path.HopsAtLeast}" : $"{path.Hops}",
    };

    private static string PortsOf(Connection step) => step.Verdict == Verdict.Undetermined ? $"{step.Ports} undetermined" : step.Ports.ToString();
}
