using NetPolTools.Reading;
using NetPolTools.Text;
using NetPolTools.Yaml.Scanning;
using NetPolTools.Yaml.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NetPolTools.Yaml.Events;

/// <summary>The parser's events of one document after the other, with absolute places, known aliases and bounded depth.</summary>
internal sealed class DocumentParser(ScannedText text, string fileName)
{
    private readonly Mark[] _openings = new Mark[ManifestTokenReader.MaxDepth + 1];
    private Parser _parser = null!;
    private ParsingEvent? _lookedAt;
    private int _depth;
    private int _flowDepth;

    public EventRecord Record { get; } = new();

    /// <summary>Begins with the current part of the text; null when there is no document in it.</summary>
    public DocumentStart? Open()
    {
        _parser = new Parser(text);
        _lookedAt = null;
        _depth = 0;
        _flowDepth = 0;
        Record.Clear();
        MoveNext();
        try
        {
            return MoveNext() as DocumentStart;
        }
        catch (ManifestSyntaxException)
        {
            // Directives that no document follows.
            if (text.IsPartEmpty())
                return null;
            throw;
        }
    }

    /// <summary>Sees to it that nothing follows the document's value.</summary>
    public void Close()
    {
        MoveNext();
        if (MoveNext() is DocumentStart another)
            throw Fail(another.Start, SyntaxMessages.TextAfterTheEnd);
    }

    /// <summary>The next event of a document's value, recorded where it may be wanted again.</summary>
    public RecordedEvent Next()
    {
        var found = _lookedAt ?? MoveNext();
        _lookedAt = null;
        var link = 0;
        switch (found)
        {
            case Scalar:
                CheckIndentation(found.Start);
                break;
            case MappingStart mapping:
                found = mapping = WithPlace(mapping);
                Enter(mapping.Start, mapping.Style == MappingStyle.Flow);
                break;
            case SequenceStart sequence:
                Enter(sequence.Start, sequence.Style == SequenceStyle.Flow);
                break;
            case MappingEnd or SequenceEnd:
                _depth--;
                _flowDepth = Math.Max(0, _flowDepth - 1);
                break;
            case AnchorAlias alias:
                link = Target(alias);
                break;
            default:
                throw FailStructure(found.Start, SyntaxMessages.TextAfterTheEnd);
        }

        var next = new RecordedEvent(found, link);
        Record.Add(next);
        return next;
    }

    /// <summary>Whether the document's value is absent: nothing between two markers, as opposed to a null that was written.</summary>
    public bool IsEmptyDocument()
    {
        _lookedAt = MoveNext();
        return _lookedAt is Scalar { Style: ScalarStyle.Plain, Value: "", Anchor.IsEmpty: true, Tag.IsEmpty: true };
    }

    /// <summary>Passes over the rest of the collection that the latest event began.</summary>
    public ParsingEvent SkipCollection()
    {
        var outside = _depth - 1;
        ParsingEvent last;
        do
            last = Next().Event;
        while (_depth > outside);
        return last;
    }

    /// <summary>The place in the whole text. The scanner ends a text without a final line break one line too late.</summary>
    public SourceLocation LocationOf(Mark mark)
    {
        var line = LineOf(mark);
        return text.End is { } end && line > end.Line
            ? new SourceLocation(fileName, end.Line, end.Column)
            : new SourceLocation(fileName, line, (int)mark.Column);
    }

    private int LineOf(Mark mark) => text.FirstLine + (int)mark.Line - 1;

    public ManifestSyntaxException Fail(Mark mark, string message) => new(LocationOf(mark), message);

    /// <summary>As <see cref="Fail"/>, unless the line itself says what is the matter: a template, or a tab.</summary>
    public ManifestSyntaxException FailStructure(Mark mark, string message) => FailOnLine(LineOf(mark)) ?? Fail(mark, message);

    private ParsingEvent MoveNext()
    {
        try
        {
            _parser.MoveNext();
            return _parser.Current!;
        }
        catch (Exception failure) when (IsComplaint(failure))
        {
            throw Translate(failure);
        }
    }

    /// <summary>
    /// Besides its own exceptions the library throws others where text in brackets is not indented, and for tags that are no URIs.
    /// </summary>
    private bool IsComplaint(Exception failure) =>
        failure is YamlException or InvalidOperationException or ArgumentException && !text.HasReaderFailed;

    private void Enter(Mark start, bool isFlow)
    {
        CheckIndentation(start);
        if (++_depth > ManifestTokenReader.MaxDepth)
            throw Fail(start, SyntaxMessages.TooDeep);
        _openings[_depth] = start;
        if (isFlow || _flowDepth > 0)
            _flowDepth++;
    }

    /// <summary>
    /// The parser lets some tabs pass for one space, and the structure then depends on it. The API server's parser refuses them, except
    /// within brackets and in text that goes on over lines.
    /// </summary>
    private void CheckIndentation(Mark start)
    {
        if (text.Notes.IsEmpty || _flowDepth > 0)
            return;
        var line = LineOf(start);
        if (text.Notes.Find(LineNoteKind.TabIndentation, line) is { } tab && tab.FirstColumn == start.Column)
            throw new ManifestSyntaxException(new SourceLocation(fileName, line, tab.Column), SyntaxMessages.Tab);
    }

    /// <summary>The parser gives the one-pair map of <c>[a: b]</c> no place; its key has one.</summary>
    private MappingStart WithPlace(MappingStart mapping)
    {
        if (_depth == 0 || mapping.Start.Index != 0)
            return mapping;
        _lookedAt = MoveNext();
        return new MappingStart(mapping.Anchor, mapping.Tag, mapping.IsImplicit, mapping.Style, _lookedAt.Start, _lookedAt.Start);
    }

    private int Target(AnchorAlias alias)
    {
        CheckIndentation(alias.Start);
        var name = alias.Value;
        if (!Record.TryFindAnchor(name, out var target))
            throw FailStructure(alias.Start, $"found the alias '*{name}', and no anchor '&{name}' stands before it in this document");
        if (Record.IsOpen(target))
            throw Fail(alias.Start, $"found the alias '*{name}' within the value that '&{name}' names; a value cannot contain itself");
        return target;
    }

    private ManifestSyntaxException Translate(Exception failure)
    {
        var (start, end) = failure is YamlException known && known.End != Mark.Empty
            ? (known.Start, known.End)
            : (text.CurrentPosition, text.CurrentPosition);
        var explanation = SyntaxMessages.Explain(failure);
        var mark = explanation.IsAtEnd ? end : start;
        if (!explanation.IsCertain && (FailOnLine(LineOf(start)) ?? FailOnLine(LineOf(end)) ?? FailAtDash(LineOf(start) - 1)) is { } onLine)
            return onLine;
        if (explanation.IsFlow && _flowDepth > 0)
        {
            var opening = _openings[_depth];
            return text.End is { } textEnd && start.Index >= textEnd.Length
                ? Fail(opening, SyntaxMessages.NeverClosed)
                : Fail(mark, $"{explanation.Message}; the bracket is opened at line {LineOf(opening)}, column {opening.Column}");
        }

        if (explanation.IsAtLineStart && IsBehindAValue(start))
            return Fail(start, SyntaxMessages.TextAfterValue);

        return new ManifestSyntaxException(LocationOf(mark), explanation.Message, failure);
    }

    /// <summary>Behind a value or a closing bracket on its line; the end of an indented block stands where the next line begins.</summary>
    private bool IsBehindAValue(Mark place) => _parser.Current switch
    {
        Scalar latest => latest.End.Line == place.Line,
        SequenceEnd or MappingEnd => _parser.Current.End.Line == place.Line && _parser.Current.End.Index < place.Index,
        _ => false,
    };

    private ManifestSyntaxException? FailOnLine(int line)
    {
        if (text.Notes.Find(LineNoteKind.Template, line) is { } template)
            return new ManifestSyntaxException(new SourceLocation(fileName, line, template.Column), SyntaxMessages.Template);
        if (text.Notes.Find(LineNoteKind.TabIndentation, line) is { } tab)
            return new ManifestSyntaxException(new SourceLocation(fileName, line, tab.Column), SyntaxMessages.Tab);
        return FailAtDash(line);
    }

    /// <summary>What begins with such a dash is taken for a key, which is missed where the next line begins.</summary>
    private ManifestSyntaxException? FailAtDash(int line) => text.Notes.Find(LineNoteKind.OddDash, line) is { } dash
        ? new ManifestSyntaxException(new SourceLocation(fileName, line, dash.Column), SyntaxMessages.OddDash)
        : null;
}
