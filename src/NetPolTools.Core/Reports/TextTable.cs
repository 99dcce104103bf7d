using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>
/// Lines of cells in columns as wide as the first thousand lines need; later lines are written as they come. Nothing is written for no lines.
/// </summary>
internal sealed class TextTable(TextWriter output, params string[] heading)
{
    private const int LinesToMeasure = 1000;

    private readonly List<string[]> _waiting = [];
    private int[] _widths = [];

    /// <summary>How many lines there were, without the heading.</summary>
    public int Count { get; private set; }

    public void Add(params string[] cells)
    {
        cells = [.. cells.Select(Printable.Of)];
        if (++Count <= LinesToMeasure)
        {
            _waiting.Add(cells);
            return;
        }

        WriteMeasured();
        WriteLine(cells);
    }

    /// <summary>A line below the last one that keeps to no columns.</summary>
    public void AddText(string text)
    {
        text = Printable.Of(text);
        if (Count <= LinesToMeasure)
            _waiting.Add([text]);
        else
            WriteLine([text]);
    }

    /// <summary>Writes what still waits.</summary>
    public void Complete()
    {
        if (Count > 0)
            WriteMeasured();
    }

    private void WriteMeasured()
    {
        if (_widths.Length > 0)
            return;
        _widths = [.. Enumerable.Range(0, heading.Length)
            .Select(c => Math.Max(heading[c].Length, _waiting.Where(static cells => cells.Length > 1).Max(cells => cells[c].Length)))];
        WriteLine(heading);
        foreach (var cells in _waiting)
            WriteLine(cells);
        _waiting.Clear();
    }

    private void WriteLine(string[] cells)
    {
        // Empty cells at the end leave no blanks behind.
        var last = Math.Max(0, Array.FindLastIndex(cells, static cell => cell.Length > 0));
        for (var i = 0; i < last; i++)
        {
            output.Write(cells[i].PadRight(_widths[i]));
            output.Write("  ");
        }

        output.Write(cells[last]);
        output.Write('\n');
    }
}
