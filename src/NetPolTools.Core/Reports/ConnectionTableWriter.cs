using NetPolTools.Explaining;
using NetPolTools.Listing;
using NetPolTools.Sets;

namespace NetPolTools.Reports;

/// <summary>
/// Connections as a table for people. Columns are as wide as the first thousand lines need; notes are numbered and follow the table. IPv4 and
/// IPv6 without exception stand as one line, "anywhere outside".
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="explain">The reasons to write below each line; null for none.</param>
public sealed class ConnectionTableWriter(TextWriter output, Func<Connection, Explanation>? explain = null)
{
    private const int LinesToMeasure = 1000;
    private const string Anywhere = "anywhere outside";

    private const string ExplanationIndent = "    ";

    private readonly List<string> _notes = [];
    private int[] _widths = [];

    /// <returns>How many lines there were, without the heading.</returns>
    public int Write(IEnumerable<Connection> connections, bool withVerdict, CancellationToken cancellation = default)
    {
        var count = 0;
        var waiting = new List<(string[] Cells, Connection Connection)>();
        string[] heading = withVerdict ? ["SOURCE", "DESTINATION", "VERDICT", "PORTS"] : ["SOURCE", "DESTINATION", "PORTS"];
        foreach (var line in JoinFamilies(connections))
        {
            cancellation.ThrowIfCancellationRequested();
            var cells = Cells(line, withVerdict);
            count++;
            if (count <= LinesToMeasure)
            {
                waiting.Add((cells, line));
                continue;
            }

            WriteMeasured(heading, waiting);
            WriteLine(cells, line);
        }

        if (count > 0)
            WriteMeasured(heading, waiting);
        for (var i = 0; i < _notes.Count; i++)
            output.Write($"{(i == 0 ? "\n" : "")}[{i + 1}] {_notes[i]}\n");
        return count;
    }

    private static IEnumerable<Connection> JoinFamilies(IEnumerable<Connection> connections)
    {
        var anyIPv4 = AddressRange.AllIPv4.ToString();
        var anyIPv6 = AddressRange.AllIPv6.ToString();
        Connection? held = null;
        foreach (var connection in connections)
        {
            if (held is not null)
            {
                var joined = With(connection, anyIPv6, Anywhere);
                if (joined is not null && IsSame(joined, With(held, anyIPv4, Anywhere)!))
                {
                    yield return joined;
                    held = null;
                    continue;
                }

                yield return held;
                held = null;
            }

            if (With(connection, anyIPv4, Anywhere) is not null)
                held = connection;
            else
                yield return connection;
        }

        if (held is not null)
            yield return held;

        static Connection? With(Connection connection, string addresses, string instead)
        {
            if (connection.Source.Addresses == addresses)
                return connection with { Source = ConnectionEnd.Outside(instead) };
            return connection.Destination.Addresses == addresses ? connection with { Destination = ConnectionEnd.Outside(instead) } : null;
        }

        static bool IsSame(Connection a, Connection b) =>
            a.Source == b.Source && a.Destination == b.Destination && a.Ports.Equals(b.Ports) && a.Notes.SequenceEqual(b.Notes);
    }

    private string[] Cells(Connection connection, bool withVerdict)
    {
        var ports = connection.Ports.ToString();
        foreach (var note in connection.Notes)
        {
            var number = _notes.IndexOf(note);
            if (number < 0)
            {
                number = _notes.Count;
                _notes.Add(note);
            }

            ports += $" [{number + 1}]";
        }

        return withVerdict
            ? [connection.Source.ToString(), connection.Destination.ToString(), connection.Verdict.ToString(), ports]
            : [connection.Source.ToString(), connection.Destination.ToString(), ports];
    }

    private void WriteMeasured(string[] heading, List<(string[] Cells, Connection Connection)> waiting)
    {
        if (_widths.Length > 0)
            return;
        _widths = [.. Enumerable.Range(0, heading.Length).Select(c => Math.Max(heading[c].Length, waiting.Max(line => line.Cells[c].Length)))];
        WriteLine(heading);
        foreach (var (cells, connection) in waiting)
            WriteLine(cells, connection);
    }

    private void WriteLine(string[] cells, Connection connection)
    {
        WriteLine(cells);
        foreach (var line in explain?.Invoke(connection).Lines() ?? [])
            output.Write($"{ExplanationIndent}{line}\n");
    }

    private void WriteLine(string[] cells)
    {
        for (var i = 0; i < cells.Length - 1; i++)
        {
            output.Write(cells[i].PadRight(_widths[i]));
            output.Write("  ");
        }

        output.Write(cells[^1]);
        output.Write('\n');
    }
}
