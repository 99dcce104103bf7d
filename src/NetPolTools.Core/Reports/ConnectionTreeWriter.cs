using NetPolTools.Listing;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Connections as a tree for a terminal of 80 columns: below each end, who reaches it and whom it reaches.</summary>
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
        var ends = new Pooled<ConnectionEnd>();
        var into = new Dictionary<int, List<Connection>>();
        var from = new Dictionary<int, List<Connection>>();
        var count = 0;
        foreach (var line in ConnectionTableWriter.JoinFamilies(connections))
        {
            cancellation.ThrowIfCancellationRequested();
            count++;
            if (bySource && IsRoot(line.Source, byDestination))
                Add(from, ends.NumberOf(line.Source), line);
            if (byDestination && IsRoot(line.Destination, bySource))
                Add(into, ends.NumberOf(line.Destination), line);
        }

        for (var number = 0; number < ends.Values.Count; number++)
        {
            var (sources, destinations) = (into.GetValueOrDefault(number, []), from.GetValueOrDefault(number, []));
            output.Write($"{(number == 0 ? "" : "\n")}{Printable.Of(ends.Values[number].ToString())}\n");
            if (sources.Count > 0)
                WriteBranch("reached by", sources, static line => line.Source, isLast: destinations.Count == 0);
            if (destinations.Count > 0)
                WriteBranch("reaches", destinations, static line => line.Destination, isLast: true);
        }

        return count;
    }

    /// <summary>Where everybody is a root, what is outside is none.</summary>
    private static bool IsRoot(ConnectionEnd end, bool isOther) => !isOther || end.Addresses is null;

    private static void Add(Dictionary<int, List<Connection>> branches, int root, Connection line)
    {
        if (!branches.TryGetValue(root, out var lines))
            branches.Add(root, lines = []);
        lines.Add(line);
    }

    private void WriteBranch(string title, List<Connection> lines, Func<Connection, ConnectionEnd> otherOf, bool isLast)
    {
        output.Write($"{(isLast ? "└─ " : "├─ ")}{title}\n");
        var indent = isLast ? "   " : "│  ";
        for (var i = 0; i < lines.Count; i++)
        {
            var isEnd = i == lines.Count - 1;
            var (name, ports) = (Printable.Of(otherOf(lines[i]).ToString()), PortsOf(lines[i]));
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
