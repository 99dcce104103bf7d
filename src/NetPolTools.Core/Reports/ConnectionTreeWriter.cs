using NetPolTools.Listing;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Connections as a tree for a terminal of 80 columns: below each end, who reaches it and whom it reaches. Notes are numbered and follow.</summary>
/// <param name="output">Where to.</param>
/// <param name="isColoured">Whether the terminal shows colours.</param>
public sealed class ConnectionTreeWriter(TextWriter output, bool isColoured = false)
{
    private const int Width = 80;

    /// <param name="connections">What to show.</param>
    /// <param name="bySource">Whether sources are roots.</param>
    /// <param name="byDestination">Whether destinations are roots.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <returns>How many connections there were.</returns>
    public int Write(IEnumerable<Connection> connections, bool bySource, bool byDestination, CancellationToken cancellation = default)
    {
        var count = 0;
        var isFirst = true;
        var notes = new FootNotes();
        foreach (var tree in ConnectionTree.Of(Counted(), bySource, byDestination))
        {
            output.Write(isFirst ? "" : "\n");
            isFirst = false;
            Write(tree, notes);
        }

        notes.Write(output);
        return count;

        IEnumerable<Connection> Counted()
        {
            foreach (var line in ConnectionTableWriter.JoinFamilies(connections))
            {
                cancellation.ThrowIfCancellationRequested();
                count++;
                yield return line;
            }
        }
    }

    /// <summary>One tree by itself.</summary>
    internal void Write(ConnectionTree tree)
    {
        var notes = new FootNotes();
        Write(tree, notes);
        notes.Write(output);
    }

    private void Write(ConnectionTree tree, FootNotes notes)
    {
        Connection[] sources = [.. ConnectionTableWriter.JoinFamilies(tree.Into)];
        Connection[] destinations = [.. ConnectionTableWriter.JoinFamilies(tree.From)];
        output.Write($"{Printable.Of(tree.Root.ToString())}\n");
        if (sources.Length > 0)
            WriteBranch("reached by", sources, static line => line.Source, notes, isLast: destinations.Length == 0);
        if (destinations.Length > 0)
            WriteBranch("reaches", destinations, static line => line.Destination, notes, isLast: true);
    }

    private void WriteBranch(string title, Connection[] lines, Func<Connection, ConnectionEnd> otherOf, FootNotes notes, bool isLast)
    {
        output.Write($"{(isLast ? "└─ " : "├─ ")}{title}\n");
        var indent = isLast ? "   " : "│  ";
        for (var i = 0; i < lines.Length; i++)
        {
            var isEnd = i == lines.Length - 1;
            var (name, ports) = (Printable.Of(otherOf(lines[i]).ToString()), notes.Mark(PortsOf(lines[i]), lines[i].Notes));
            var prefix = $"{indent}{(isEnd ? "└─ " : "├─ ")}";
            if (prefix.Length + name.Length + 2 + ports.Length <= Width)
            {
                output.Write($"{prefix}{name}  {Coloured(lines[i].Verdict, ports)}\n");
                continue;
            }

            output.Write($"{prefix}{name}\n");
            foreach (var part in Wrapped(ports, Width - indent.Length - 6))
                output.Write($"{indent}{(isEnd ? "   " : "│  ")}   {Coloured(lines[i].Verdict, part)}\n");
        }
    }

    private static string PortsOf(Connection line) => line.Verdict switch
    {
        Verdict.Denied => "denied",
        Verdict.Undetermined => $"{line.Ports} undetermined",
        _ => line.Ports.IsAll ? "every port" : line.Ports.ToString(),
    };

    /// <summary>Cut behind commas and blanks.</summary>
    private static IEnumerable<string> Wrapped(string text, int width)
    {
        while (text.Length > width)
        {
            var at = text.LastIndexOfAny([',', ' '], width - 1) + 1;
            at = at <= 0 ? width : at;
            yield return text[..at].TrimEnd();
            text = text[at..];
        }

        yield return text;
    }

    private string Coloured(Verdict verdict, string text) => TerminalColour.Of(isColoured, text, verdict switch
    {
        Verdict.Allowed => TerminalColour.Green,
        Verdict.Denied => TerminalColour.Red,
        _ => TerminalColour.Magenta,
    });
}
