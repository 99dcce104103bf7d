using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Notes that many lines share, numbered, to follow after them.</summary>
internal sealed class FootNotes
{
    private readonly List<string> _notes = [];

    /// <summary>A text with the numbers of its notes behind: <c>TCP 80 [1]</c>.</summary>
    public string Mark(string text, IReadOnlyList<string> notes)
    {
        foreach (var note in notes)
        {
            var number = _notes.IndexOf(note);
            if (number < 0)
            {
                number = _notes.Count;
                _notes.Add(note);
            }

            text += $" [{number + 1}]";
        }

        return text;
    }

    /// <summary>For people at a terminal.</summary>
    public void Write(TextWriter output) => Write(output, Printable.Of, "\n");

    /// <param name="output">Where the lines went.</param>
    /// <param name="show">Makes the text of a note harmless there.</param>
    /// <param name="endOfLine">What ends each note.</param>
    public void Write(TextWriter output, Func<string, string> show, string endOfLine)
    {
        for (var i = 0; i < _notes.Count; i++)
            output.Write($"{(i == 0 ? "\n" : "")}[{i + 1}] {show(_notes[i])}{endOfLine}");
    }
}
