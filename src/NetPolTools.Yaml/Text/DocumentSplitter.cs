using System.Buffers;
using NetPolTools.Reading;
using NetPolTools.Text;

namespace NetPolTools.Yaml.Text;

/// <summary>
/// Hands out a YAML stream part by part: the end of a part looks like the end of the text, so that a parser that gave up in one document
/// can be replaced by a fresh one at the next.
/// </summary>
/// <remarks>
/// <para>
/// A line that begins with <c>---</c> or <c>...</c> and white space is a marker wherever it stands, also within block and quoted scalars;
/// no YAML context has to be known for the cut. A part keeps its <c>---</c>, for what follows on that line belongs to the document, and the
/// directives and comments before it.
/// </para>
/// <para>Only one buffer of the text is held. Line breaks are those of YAML 1.1, because the parser counts lines that way.</para>
/// </remarks>
internal sealed class DocumentSplitter(TextReader text, string fileName) : TextReader
{
    private const int BufferSize = 16 * 1024;
    private const int MarkerLength = 3;

    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static c => (char)c), '\n']);

    private readonly char[] _buffer = new char[BufferSize];
    private int _position;
    private int _end;
    private Phase _phase;
    private bool _standsOnDots;
    private bool _draining;
    private bool _afterBrace;
    private int _tabColumn;
    private int _lastTemplateLine;

    private enum Phase
    {
        LineStart,
        Indentation,
        Body,
        AfterCarriageReturn,
    }

    /// <summary>The line of the whole text in which the current part begins.</summary>
    public int FirstLine { get; private set; }

    /// <summary>Whether what was handed out of the current part is more than blank lines, comments and directives.</summary>
    public bool HasContent { get; private set; }

    /// <summary>The line of the next character.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The column of the next character.</summary>
    public int Column { get; private set; } = 1;

    /// <summary>How many characters of the current part were handed out.</summary>
    public long PartLength { get; private set; }

    /// <summary>Whether the current part was handed out as a whole, or skipped.</summary>
    public bool IsPartEnded { get; private set; } = true;

    /// <summary>What was found in the current part that explains errors; for whoever looks at it to empty.</summary>
    public List<LineNote> Notes { get; } = [];

    /// <summary>What the text reader itself threw; it is no syntax error.</summary>
    public Exception? ReadFailure { get; private set; }

    /// <summary>Goes to the next part, past whatever is left of the current one; false at the end of the text.</summary>
    public bool MoveToNextPart()
    {
        SkipPart();
        if (!Ensure(1))
            return false;

        // What stands behind "..." on its line is a comment at best; blanks keep its columns and let the parser judge.
        if (_standsOnDots)
            _buffer.AsSpan(_position, MarkerLength).Fill(' ');
        _standsOnDots = false;
        IsPartEnded = false;
        HasContent = false;
        _phase = Phase.LineStart;
        FirstLine = Line;
        PartLength = 0;
        Notes.Clear();
        return true;
    }

    /// <summary>Goes to the end of the current part; what is wrong in the rest of it goes unnoticed.</summary>
    public void SkipPart()
    {
        _draining = true;
        Span<char> waste = stackalloc char[1024];
        while (Read(waste) > 0)
        {
        }

        _draining = false;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        var written = 0;
        while (written < buffer.Length && !IsPartEnded)
        {
            if (_phase == Phase.LineStart && HasContent && CopyLines(buffer[written..]) is > 0 and var copied)
                written += copied;
            else if (_phase == Phase.LineStart)
                EnterLine();
            else if (!Ensure(1))
                IsPartEnded = true;
            else
                written += CopySome(buffer[written..]);
        }

        PartLength += written;
        return written;
    }

    /// <summary>Copies whole lines at once, as long as nothing about them needs a closer look; gives how many characters they have.</summary>
    private int CopyLines(Span<char> target)
    {
        var lines = _buffer.AsSpan(_position, Math.Min(_end - _position, target.Length));
        if (lines.IsEmpty || lines[0] is '-' or '.')
            return 0;
        lines = Before(lines.IndexOfAnyExcept(Plain), lines);
        lines = Before(lines.IndexOf("{{"), lines);
        lines = Before(lines.IndexOf("\n---"), lines);
        lines = Before(lines.IndexOf("\n..."), lines);
        lines = lines[..(lines.LastIndexOf('\n') + 1)];
        if (lines.IsEmpty)
            return 0;
        Line += lines.Count('\n');
        Column = 1;
        lines.CopyTo(target);
        _position += lines.Length;
        return lines.Length;

        static Span<char> Before(int index, Span<char> all) => index < 0 ? all : all[..index];
    }

    private void EnterLine()
    {
        Ensure(1 + MarkerLength + 1);
        Column = 1;

        // A byte order mark may begin every document, and files that were joined have them before any line.
        if (_position < _end && _buffer[_position] == '\uFEFF')
        {
            _position++;
            return;
        }

        _tabColumn = 0;
        _afterBrace = false;
        _phase = Phase.Indentation;
        if (StandsOnMarker('-') && !HasContent)
        {
            HasContent = true;
            _phase = Phase.Body;
        }
        else if (StandsOnMarker('.') || StandsOnMarker('-'))
        {
            _standsOnDots = _buffer[_position] == '.';
            IsPartEnded = true;
            _phase = Phase.LineStart;
        }
    }

    private bool StandsOnMarker(char sign)
    {
        var ahead = _buffer.AsSpan(_position, _end - _position);
        return ahead.Length >= MarkerLength && ahead[0] == sign && ahead[1] == sign && ahead[2] == sign
            && (ahead.Length == MarkerLength || ahead[MarkerLength] is ' ' or '\t' || IsBreak(ahead[MarkerLength]));
    }

    private int CopySome(Span<char> target)
    {
        var source = _buffer.AsSpan(_position, Math.Min(_end - _position, target.Length));
        if (_phase == Phase.AfterCarriageReturn)
        {
            _phase = Phase.LineStart;
            if (source[0] != '\n')
                return 0;
            target[0] = '\n';
            _position++;
            return 1;
        }

        if (_phase == Phase.Indentation)
            return CopyIndentation(source, target);

        var run = source.IndexOfAnyExceptInRange(' ', '~');
        if (run == 0)
            return CopyUnusual(target);
        if (run > 0)
            source = source[..run];
        NoteTemplate(source);
        return Copy(source, target);
    }

    private int CopyIndentation(ReadOnlySpan<char> source, Span<char> target)
    {
        var blanks = source.IndexOfAnyExcept(' ', '\t');
        if (blanks != 0)
        {
            if (blanks > 0)
                source = source[..blanks];
            var tab = source.IndexOf('\t');
            if (tab >= 0 && _tabColumn == 0)
                _tabColumn = Column + tab;
            return Copy(source, target);
        }

        var first = source[0];
        if (first != '#' && !IsBreak(first) && !(first == '%' && Column == 1))
        {
            HasContent = true;
            if (_tabColumn != 0)
                Note(LineNoteKind.TabIndentation, _tabColumn);
            if (first is '\u2010' or '\u2011' or '\u2013' or '\u2014' or '\u2022' or '\u2212')
                Note(LineNoteKind.OddDash, Column);
        }

        _phase = Phase.Body;
        return 0;
    }

    /// <summary>Copies one character that is not printable ASCII.</summary>
    private int CopyUnusual(Span<char> target)
    {
        var unusual = _buffer[_position];
        if (!_draining && IsControl(unusual))
        {
            throw new ManifestSyntaxException(
                new SourceLocation(fileName, Line, Column),
                $"found the control character U+{(int)unusual:X4}, which YAML text cannot hold; is this a binary file?");
        }

        target[0] = unusual;
        _position++;
        _afterBrace = false;
        if (IsBreak(unusual))
        {
            Line++;
            Column = 1;
            _phase = unusual == '\r' ? Phase.AfterCarriageReturn : Phase.LineStart;
        }
        else
        {
            Column++;
        }

        return 1;
    }

    private int Copy(ReadOnlySpan<char> source, Span<char> target)
    {
        source.CopyTo(target);
        _position += source.Length;
        Column += source.Length;
        return source.Length;
    }

    private void NoteTemplate(ReadOnlySpan<char> run)
    {
        // The first of the two braces may have been the last character of the run before.
        if (_afterBrace && run[0] == '{')
            Note(LineNoteKind.Template, Column - 1);
        else if (run.IndexOf("{{") is >= 0 and var braces)
            Note(LineNoteKind.Template, Column + braces);
        _afterBrace = run[^1] == '{';
    }

    /// <summary>Notes a line once for each kind.</summary>
    private void Note(LineNoteKind kind, int column)
    {
        if (_draining || (kind == LineNoteKind.Template && _lastTemplateLine == Line))
            return;
        if (kind == LineNoteKind.Template)
            _lastTemplateLine = Line;
        Notes.Add(new LineNote(kind, Line, column, Column));
    }

    /// <summary>Sees to it that this many characters lie ahead in the buffer; false when the text has fewer.</summary>
    private bool Ensure(int count)
    {
        while (_end - _position < count)
        {
            if (_position > 0)
            {
                _buffer.AsSpan(_position, _end - _position).CopyTo(_buffer);
                _end -= _position;
                _position = 0;
            }

            var read = ReadText();
            if (read == 0)
                return false;
            _end += read;
        }

        return true;
    }

    private int ReadText()
    {
        try
        {
            return text.Read(_buffer, _end, BufferSize - _end);
        }
        catch (Exception failure)
        {
            ReadFailure = failure;
            throw;
        }
    }

    private static bool IsBreak(char c) => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029';

    private static bool IsControl(char c) =>
        c is < ' ' and not ('\t' or '\n' or '\r') or (>= '\u007F' and < '\u00A0' and not '\u0085') or '\uFFFE' or '\uFFFF';
}
