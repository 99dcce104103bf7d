namespace NetPolTools.Yaml.Text;

/// <summary>Remembers the latest lines that hold something the parser's own errors say nothing of.</summary>
/// <remarks>
/// The parser reads at most 2048 characters ahead of what it judges, and a line gets at most one note of a kind, so this many notes always
/// reach back to where an error can be, however many such lines the text has.
/// </remarks>
internal sealed class LineNotes
{
    private const int Capacity = 2048;

    private Note[] _notes = [];
    private int _count;

    public bool IsEmpty => _count == 0;

    public void Clear() => _count = 0;

    /// <param name="kind">What was found.</param>
    /// <param name="line">The line, not before that of the latest note.</param>
    /// <param name="column">Where it was found.</param>
    /// <param name="firstColumn">Where the line begins after its indentation; of interest to tabs only.</param>
    public void Add(LineNoteKind kind, int line, int column, int firstColumn = 0)
    {
        if (_notes.Length == 0)
            _notes = new Note[Capacity];
        if (!TryFind(kind, line, out _, out _))
            _notes[_count++ % Capacity] = new Note(kind, line, column, firstColumn);
    }

    /// <summary>Finds the columns that were noted for this line.</summary>
    public bool TryFind(LineNoteKind kind, int line, out int column, out int firstColumn)
    {
        // Notes come in the order of their lines.
        for (var i = _count - 1; i >= 0 && i >= _count - Capacity && _notes[i % Capacity].Line >= line; i--)
        {
            var note = _notes[i % Capacity];
            if (note.Kind == kind && note.Line == line)
            {
                (column, firstColumn) = (note.Column, note.FirstColumn);
                return true;
            }
        }

        (column, firstColumn) = (0, 0);
        return false;
    }

    private readonly record struct Note(LineNoteKind Kind, int Line, int Column, int FirstColumn);
}
