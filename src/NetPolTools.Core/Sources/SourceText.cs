using NetPolTools.Text;

namespace NetPolTools.Sources;

/// <summary>A text with its lines and its nodes.</summary>
public sealed class SourceText
{
    private readonly Lazy<IReadOnlyList<SourceNode>> _documents;
    private readonly int[] _lines;

    /// <param name="text">Without a byte order mark.</param>
    /// <param name="parse">Called when nodes are asked for.</param>
    public SourceText(string text, SourceParser parse)
    {
        Text = text;
        Parse = parse;
        _documents = new Lazy<IReadOnlyList<SourceNode>>(() => parse(text));
        _lines = [.. LineStarts(text)];
    }

    public string Text { get; }

    public SourceParser Parse { get; }

    /// <summary>The roots of its documents.</summary>
    public IReadOnlyList<SourceNode> Documents => _documents.Value;

    /// <summary>The offset of a place, or -1 where the text has no such place.</summary>
    public int OffsetOf(SourceLocation place)
    {
        if (place.Line < 1 || place.Line > _lines.Length || place.Column < 1)
            return -1;
        var offset = _lines[place.Line - 1] + place.Column - 1;
        return offset <= Text.Length ? offset : -1;
    }

    /// <summary>The line from 1 that an offset is in.</summary>
    public int LineOf(int offset)
    {
        var found = Array.BinarySearch(_lines, offset);
        return found >= 0 ? found + 1 : ~found;
    }

    public int LineCount => _lines.Length;

    /// <summary>The first character of a line.</summary>
    public int StartOfLine(int line) => _lines[line - 1];

    /// <summary>Behind the last character of a line, without its end.</summary>
    public int EndOfLine(int line)
    {
        var end = line < _lines.Length ? _lines[line] : Text.Length;
        while (end > _lines[line - 1] && Text[end - 1] is '\r' or '\n' or '\u0085' or '\u2028' or '\u2029')
            end--;
        return end;
    }

    public SourceEnd EndAt(int offset)
    {
        var line = LineOf(offset);
        return new SourceEnd(line, offset - _lines[line - 1] + 1);
    }

    /// <summary>Lines end as YAML has it.</summary>
    private static IEnumerable<int> LineStarts(string text)
    {
        yield return 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '\n' or '\u0085' or '\u2028' or '\u2029' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                yield return i + 1;
        }
    }
}
