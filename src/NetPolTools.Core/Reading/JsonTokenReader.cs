using System.Buffers;
using System.Text;
using System.Text.Json;

namespace NetPolTools.Reading;

/// <summary>
/// JSON from a UTF-8 stream, read as it arrives: only the current token and what is not yet consumed of the last block are held. Several
/// values after one another, as JSON Lines have them, are documents of their own.
/// </summary>
/// <remarks>Hot: <see cref="Skip"/> walks a value within one <see cref="Utf8JsonReader"/>, without making a token of anything in it.</remarks>
public sealed class JsonTokenReader : ManifestTokenReader
{
    private const int BlockSize = 64 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Disallow };

    private readonly Stream _stream;
    private readonly string _file;
    private readonly StringPool _strings;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BlockSize);
    private int _start;
    private int _end;
    private bool _endOfStream;
    private JsonReaderState _state = new(Options);
    private int _depth;
    private bool _insideDocument;
    private bool _skipRest;

    private int _tokenStart;
    private int _textStart;
    private int _textLength;
    private bool _textEscaped;
    private string? _text;

    // Lines are counted on demand, from the last place they were counted up to.
    private int _countedUpTo;
    private int _line = 1;
    private int _charactersInLine;
    private long _bytesInLine;
    private int _documentLine;
    private long _documentBytesInLine;

    /// <param name="stream">UTF-8, with or without a byte order mark. Disposed with the reader.</param>
    /// <param name="file">The input's name for locations.</param>
    /// <param name="strings">Shared by the readers of one load.</param>
    public JsonTokenReader(Stream stream, string file, StringPool strings)
    {
        _stream = stream;
        _file = file;
        _strings = strings;
        while (_end < 3 && !_endOfStream)
            Fill();
        if (_end - _start >= 3 && _buffer.AsSpan(_start, 3).SequenceEqual("\uFEFF"u8))
        {
            _start += 3;
            _countedUpTo = _start;
        }
    }

    /// <summary>Whether the text has lines for a person to look at; what comes from a server has none, and its locations name the input alone.</summary>
    public bool HasLines { get; init; } = true;

    public override SourceLocation Location
    {
        get
        {
            if (!HasLines)
                return new SourceLocation(_file, 0, 0);
            var (line, column) = PositionOf(_tokenStart);
            return new SourceLocation(_file, line, column);
        }
    }

    public override string Text => _text ??= MakeText();

    public override bool Read()
    {
        if (_skipRest)
            return End();
        if (!_insideDocument)
            return StartDocument();
        if (Kind != ManifestTokenKind.DocumentStart && _depth == 0)
        {
            // The one value of the document is complete.
            _insideDocument = false;
            return StartDocument();
        }

        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _endOfStream, _state);
            if (TryRead(ref reader))
            {
                Take(ref reader);
                return true;
            }

            Consume(ref reader);
            FillOrFail();
        }
    }

    public override void Skip()
    {
        if (Kind == ManifestTokenKind.PropertyName)
            Read();
        if (Kind is not (ManifestTokenKind.ObjectStart or ManifestTokenKind.ArrayStart))
            return;

        var target = _depth - 1;
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _endOfStream, _state);
            while (TryRead(ref reader))
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    _depth++;
                }
                else if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray && --_depth == target)
                {
                    _depth++;
                    Take(ref reader);
                    return;
                }
            }

            Consume(ref reader);
            FillOrFail();
        }
    }

    /// <summary>JSON has no marker between documents, so what follows an error cannot be told from what belongs to it.</summary>
    public override void SkipDocument()
    {
        if (!_insideDocument)
            return;
        try
        {
            while (_depth > 0 && Read())
                Skip();
        }
        catch (ManifestSyntaxException)
        {
            _skipRest = true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool StartDocument()
    {
        while (true)
        {
            while (_start < _end && _buffer[_start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                _start++;
            if (_start < _end)
                break;
            if (_endOfStream)
                return End();
            Fill();
        }

        _state = new JsonReaderState(Options);
        _depth = 0;
        _insideDocument = true;
        Kind = ManifestTokenKind.DocumentStart;
        _tokenStart = _start;
        _text = "";
        (_documentLine, _) = PositionOf(_start);
        _documentBytesInLine = _bytesInLine;
        return true;
    }

    private bool End()
    {
        Kind = ManifestTokenKind.EndOfInput;
        _tokenStart = _end;
        _text = "";
        return false;
    }

    /// <summary>Reads a token, turning the library's complaint into ours with a place in the whole input.</summary>
    private bool TryRead(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (JsonException e)
        {
            _skipRest = true;
            if (_endOfStream && IsCutOff())
                throw CutOff(e);
            var (line, column) = PositionOf(PlaceInBuffer(e));
            throw new ManifestSyntaxException(new SourceLocation(_file, line, column), Explain(e), e);
        }
    }

    /// <summary>Whether nothing is wrong but that there is no more.</summary>
    private bool IsCutOff()
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), isFinalBlock: false, _state);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private ManifestSyntaxException CutOff(JsonException? e)
    {
        var (line, column) = PositionOf(_end);
        return new ManifestSyntaxException(
            new SourceLocation(_file, line, column), "Not well-formed JSON: the text ends in the middle of a value; is the file cut off?", e);
    }

    /// <summary>The library's reader counts lines, and bytes within them, from the start of the document on, from block to block.</summary>
    private int PlaceInBuffer(JsonException e)
    {
        var (line, _) = PositionOf(_start);
        var linesAhead = _documentLine + (e.LineNumber ?? 0) - line;
        var bytes = (e.BytePositionInLine ?? 0) + (e.LineNumber is null or 0 ? _documentBytesInLine : 0);
        var lineStart = _start - _bytesInLine;
        for (; linesAhead > 0; linesAhead--)
        {
            var from = (int)Math.Max(_start, lineStart);
            lineStart = from + _buffer.AsSpan(from, _end - from).IndexOf((byte)'\n') + 1;
        }

        return (int)Math.Clamp(lineStart + bytes, _start, _end);
    }

    private string Explain(JsonException e)
    {
        if (_depth >= MaxDepth)
            return $"Nested deeper than {MaxDepth} levels.";
        var cut = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return "Not well-formed JSON: " + (cut > 0 ? e.Message[..cut] : e.Message);
    }

    private void Take(ref Utf8JsonReader reader)
    {
        _tokenStart = _start + (int)reader.TokenStartIndex;
        _text = null;
        _textLength = 0;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Kind = ManifestTokenKind.ObjectStart;
                _depth++;
                break;
            case JsonTokenType.EndObject:
                Kind = ManifestTokenKind.ObjectEnd;
                _depth--;
                break;
            case JsonTokenType.StartArray:
                Kind = ManifestTokenKind.ArrayStart;
                _depth++;
                break;
            case JsonTokenType.EndArray:
                Kind = ManifestTokenKind.ArrayEnd;
                _depth--;
                break;
            case JsonTokenType.PropertyName:
                Kind = ManifestTokenKind.PropertyName;
                TakeText(ref reader, _tokenStart + 1);
                break;
            case JsonTokenType.String:
                Kind = ManifestTokenKind.String;
                TakeText(ref reader, _tokenStart + 1);
                break;
            case JsonTokenType.Number:
                Kind = ManifestTokenKind.Number;
                TakeText(ref reader, _tokenStart);
                break;
            case JsonTokenType.True:
            case JsonTokenType.False:
                Kind = ManifestTokenKind.Boolean;
                TakeText(ref reader, _tokenStart);
                break;
            default:
                Kind = ManifestTokenKind.Null;
                break;
        }

        Consume(ref reader);
    }

    private void TakeText(ref Utf8JsonReader reader, int start)
    {
        _textStart = start;
        _textLength = reader.ValueSpan.Length;
        _textEscaped = reader.ValueIsEscaped;
    }

    private void Consume(ref Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    private string MakeText()
    {
        if (_textLength == 0)
            return "";
        var raw = _buffer.AsSpan(_textStart, _textLength);
        if (!_textEscaped)
            return _strings.Get(raw);

        // Let the library unescape: it knows surrogates.
        var quoted = new Utf8JsonReader(_buffer.AsSpan(_textStart - 1, _textLength + 2));
        quoted.Read();
        try
        {
            return quoted.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            _skipRest = true;
            throw new ManifestSyntaxException(Location, @"Not well-formed JSON: this string holds a \u escape that is one half of a pair, or bytes that are not UTF-8.", e);
        }
    }

    private void FillOrFail()
    {
        if (_endOfStream)
        {
            _skipRest = true;
            throw CutOff(null);
        }

        Fill();
    }

    /// <summary>Moves what is not consumed to the front and reads on behind it, into a larger buffer if a single token fills this one.</summary>
    private void Fill()
    {
        // Nothing before _start is needed again, except for counting its lines.
        PositionOf(_start);
        var kept = _end - _start;
        var target = _buffer;
        if (kept > _buffer.Length / 2)
            target = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(_start, kept).CopyTo(target);
        if (target != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = target;
        }

        _countedUpTo = 0;
        _start = 0;
        _end = kept;
        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        if (read == 0)
            _endOfStream = true;
        _end += read;
    }

    /// <summary>Places are asked for in ascending order, so that each byte is counted once.</summary>
    private (int Line, int Column) PositionOf(int at)
    {
        if (at > _countedUpTo)
        {
            var passed = _buffer.AsSpan(_countedUpTo, at - _countedUpTo);
            var lastBreak = passed.LastIndexOf((byte)'\n');
            if (lastBreak >= 0)
            {
                _line += passed.Count((byte)'\n');
                _charactersInLine = 0;
                _bytesInLine = 0;
                passed = passed[(lastBreak + 1)..];
            }

            _charactersInLine += Encoding.UTF8.GetCharCount(passed);
            _bytesInLine += passed.Length;
            _countedUpTo = at;
        }

        return (_line, _charactersInLine + 1);
    }
}
