namespace NetPolTools.Yaml.Text;

/// <summary>Remembers the latest lines that hold something the parser's own errors say nothing of.</summary>
/// <remarks>
/// The parser reads at most 2048 characters ahead of what it judges, and a line gets at most one note of a kind, so this many notes always
/// reach back to where an error can be, however many such lines the text has.
/// </remarks>
internal sealed class LineNotes
{
    private const int Capacity = 2048;

    private LineNote[] _notes = [];
    private int _count;

    public bool IsEmpty => _count == 0;

    public void Clear() => _count = 0;

    /// <param name="note">Of a line not before that of the latest note.</param>
    public void Add(LineNote note)
    {
        if (_notes.Length == 0)
            _notes = new LineNote[Capacity];
        _notes[_count++ % Capacity] = note;
    }

    /// <summary>The note of this kind for this line, if there is one.</summary>
    public LineNote? Find(LineNoteKind kind, int line)
    {
        // Notes come in the order of their lines.
        for (var i = _count - 1; i >= 0 && i >= _count - Capacity && _notes[i % Capacity].Line >= line; i--)
        {
            var note = _notes[i % Capacity];
            if (note.Kind == kind && note.Line == line)
                return note;
        }

        return null;
    }
}
