using NetPolTools.Listing;

namespace NetPolTools.Reports;

/// <summary>
/// Connections as a matrix for a terminal of 80 columns: rows send, columns receive, each by its number. What does not fit beside each other follows below.
/// </summary>
/// <param name="output">Where to.</param>
/// <param name="isColoured">Whether the terminal shows colours; letters say the same without them.</param>
public sealed class ConnectionMatrixWriter(TextWriter output, bool isColoured = false)
{
    private const int Width = 80;
    private const int LongestName = 32;

    /// <returns>How many lines were put together.</returns>
    public int Write(IEnumerable<Connection> connections, CancellationToken cancellation = default)
    {
        var ends = new Pooled<ConnectionEnd>();
        var (sources, destinations) = (new SortedSet<int>(), new SortedSet<int>());
        var cells = new Dictionary<(int Source, int Destination), char>();
        var count = 0;
        foreach (var line in ConnectionTableWriter.JoinFamilies(connections))
        {
            cancellation.ThrowIfCancellationRequested();
            count++;
            var (source, destination) = (ends.NumberOf(line.Source), ends.NumberOf(line.Destination));
            sources.Add(source);
            destinations.Add(destination);
            var sign = SignOf(line);
            cells[(source, destination)] = cells.TryGetValue((source, destination), out var before) ? Stronger(before, sign) : sign;
        }

        if (count == 0)
            return 0;
        var digits = $"{ends.Values.Count}".Length;
        string[] names = [.. ends.Values.Select(static end => ShortText.Of(end.ToString(), LongestName))];
        var label = digits + 1 + sources.Concat(destinations).Max(number => names[number].Length);
        var most = Math.Max(1, (Width - label) / (digits + 1));
        foreach (var block in destinations.Chunk(most))
        {
            output.Write($"{"".PadRight(label)}{string.Concat(block.Select(column => $" {(column + 1).ToString().PadLeft(digits)}"))}\n");
            foreach (var row in sources)
            {
                output.Write($"{(row + 1).ToString().PadLeft(digits)} {names[row].PadRight(label - digits - 1)}");
                foreach (var column in block)
                    output.Write($" {"".PadRight(digits - 1)}{Coloured(cells.GetValueOrDefault((row, column), '.'))}");
                output.Write('\n');
            }

            output.Write('\n');
        }

        foreach (var column in destinations.Except(sources))
            output.Write($"{(column + 1).ToString().PadLeft(digits)} {names[column]}\n");
        output.Write("A every port, s some ports, ? undetermined, . nothing; rows send, columns receive\n");
        return count;
    }

    private static char SignOf(Connection line) => line.Verdict switch
    {
        Verdict.Denied => '.',
        Verdict.Undetermined => '?',
        _ => line.Ports.IsAll ? 'A' : 's',
    };

    private static char Stronger(char a, char b) => ".?sA".IndexOf(a, StringComparison.Ordinal) > ".?sA".IndexOf(b, StringComparison.Ordinal) ? a : b;

    private string Coloured(char sign) => TerminalColour.Of(isColoured, sign.ToString(), sign switch
    {
        'A' => TerminalColour.Green,
        's' => TerminalColour.Yellow,
        '?' => TerminalColour.Magenta,
        _ => TerminalColour.Faint,
    });
}
