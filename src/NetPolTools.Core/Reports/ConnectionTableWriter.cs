using NetPolTools.Explaining;
using NetPolTools.Listing;

namespace NetPolTools.Reports;

/// <summary>
/// Connections as a table for people. Columns are as wide as the first thousand lines need; notes are numbered and follow the table. IPv4 and
/// IPv6 without exception stand as one line, "anywhere outside".
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="explain">The reasons to write below each line; null for none.</param>
public sealed class ConnectionTableWriter(TextWriter output, Func<Connection, Explanation>? explain = null)
{
    private const string ExplanationIndent = "    ";

    /// <returns>How many lines there were, without the heading.</returns>
    public int Write(IEnumerable<Connection> connections, bool withVerdict, CancellationToken cancellation = default)
    {
        var table = withVerdict ? new TextTable(output, "SOURCE", "DESTINATION", "VERDICT", "PORTS") : new TextTable(output, "SOURCE", "DESTINATION", "PORTS");
        var notes = new FootNotes();
        foreach (var line in JoinFamilies(connections))
        {
            cancellation.ThrowIfCancellationRequested();
            // Without a column of verdicts, everything that stands there is taken to be allowed.
            var text = withVerdict || line.Verdict != Verdict.Undetermined ? line.Ports.ToString() : $"{line.Ports} undetermined";
            var (source, destination, ports) = (line.Source.ToString(), line.Destination.ToString(), notes.Mark(text, line.Notes));
            if (withVerdict)
                table.Add(source, destination, line.Verdict.ToString(), ports);
            else
                table.Add(source, destination, ports);
            foreach (var reason in explain?.Invoke(line).Lines() ?? [])
                table.AddText(ExplanationIndent + reason);
        }

        table.Complete();
        notes.Write(output);
        return table.Count;
    }

    /// <summary>All of IPv4 and all of IPv6 as one line where both say the same.</summary>
    internal static IEnumerable<Connection> JoinFamilies(IEnumerable<Connection> connections) => BothFamilies.Join(
        connections,
        static line => (line.Source, line.Destination),
        static (line, source, destination) => line with { Source = source, Destination = destination },
        static (a, b) => a.Verdict == b.Verdict && a.Ports.Equals(b.Ports) && a.Notes.SequenceEqual(b.Notes));
}
