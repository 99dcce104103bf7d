using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>
/// Cuts JSON from a UTF-8 stream into blocks of tokens. Several values after one another, as JSON Lines have them, are documents of their own.
/// </summary>
/// <remarks>Hot: one <see cref="Utf8JsonReader"/> goes over a whole block, where making one for each token would cost more than the token.</remarks>
internal sealed class JsonTokenizer(Stream stream, string file)
{
    private const int BlockSize = 64 * 1024;
    private const int FirstBlockSize = 16 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = ManifestTokenReader.MaxDepth, CommentHandling = JsonCommentHandling.Disallow };

    /// <summary>By <see cref="JsonTokenType"/>: looking a kind up takes less than branching to it.</summary>
    private static readonly ImmutableArray<ManifestTokenKind> Kinds =
    [
        ManifestTokenKind.None,
        ManifestTokenKind.ObjectStart,
        ManifestTokenKind.ObjectEnd,
        ManifestTokenKind.ArrayStart,
        ManifestTokenKind.ArrayEnd,
        ManifestTokenKind.PropertyName,
        ManifestTokenKind.None,
        ManifestTokenKind.String,
        ManifestTokenKind.Number,
        ManifestTokenKind.Boolean,
        ManifestTokenKind.Boolean,
        ManifestTokenKind.Null,
    ];

    /// <summary>Open brackets: their positions in the present block, or -1 where they stand in one before.</summary>
    private readonly int[] _open = new int[ManifestTokenReader.MaxDepth + 1];

    private byte[] _carried = [];
    private JsonReaderState _state = new(Options);
    private JsonPlace _place = new(1, 0, 0);
    private JsonPlace _documentPlace;
    private int _depth;
    private long _droppedLines;
    private (long Line, long Bytes) _shift = (-1, 0);
    private bool _isInDocument;
    private bool _isBegun;

    /// <summary>Whether there was more than a small block holds; most files have less.</summary>
    private bool _isLong;
    private bool _isEndOfStream;

    /// <summary>Fills the next block, an empty one; nothing is to be asked of the tokenizer after the last.</summary>
    public void Fill(JsonBlock block)
    {
        (block.Depth, block.LeastDepth) = (_depth, _depth);
        block.Place = _place;
        Array.Fill(_open, -1, 0, _depth);
        try
        {
            Load(block);
            Tokenize(block);
        }
        catch (Exception e)
        {
            // Whoever takes the block throws it where its tokens end.
            block.Failure = ExceptionDispatchInfo.Capture(e);
            block.IsLast = true;
        }
    }

    /// <summary>What is left of the block before, and what the stream has.</summary>
    private void Load(JsonBlock block)
    {
        var size = Math.Max(_isLong ? BlockSize : FirstBlockSize, _carried.Length + 1);
        if (block.Bytes.Length < size)
            block.Bytes = new byte[size];
        _carried.CopyTo(block.Bytes, 0);
        block.Length = _carried.Length;
        _carried = [];
        while (!_isBegun && block.Length < 3 && !_isEndOfStream)
            Read(block);
        if (!_isBegun && block.Bytes.AsSpan(0, block.Length).StartsWith("\uFEFF"u8))
        {
            block.Length -= 3;
            block.Bytes.AsSpan(3, block.Length).CopyTo(block.Bytes);
        }

        _isBegun = true;

        // A stream may have nothing more to give before what it gave is looked at, as when a cluster is followed.
        if (block.BytesRead == 0)
            Read(block);
    }

    private void Read(JsonBlock block)
    {
        if (_isEndOfStream)
            return;
        if (block.Length == block.Bytes.Length)
        {
            var larger = new byte[block.Length * 2];
            block.Bytes.CopyTo(larger, 0);
            block.Bytes = larger;
        }

        var read = stream.Read(block.Bytes, block.Length, block.Bytes.Length - block.Length);
        _isEndOfStream = read == 0;
        block.Length += read;
        block.BytesRead += read;
        _isLong |= block.Length == block.Bytes.Length;
    }

    private void Tokenize(JsonBlock block)
    {
        var consumed = 0;
        while (true)
        {
            if (_isInDocument || StartDocument(block, ref consumed))
                consumed += TokenizeDocument(block, consumed);
            if (!_isInDocument && consumed < block.Length)
                continue;
            if (_isEndOfStream)
            {
                if (_isInDocument)
                    throw CutOff(block, null);
                block.Add(ManifestTokenKind.EndOfInput, block.Length);
                block.IsLast = true;
                return;
            }

            if (block.Count > 0)
                break;
            Forget(block, consumed);
            consumed = 0;
            Squeeze(block);
            Read(block);
        }

        _carried = block.Bytes.AsSpan(consumed, block.Length - consumed).ToArray();
        block.Length = consumed;
        _place = block.Place.After(block.Bytes.AsSpan(0, consumed));
    }

    /// <summary>Drops what a block without tokens begins with, so that a long stretch of white space is not held.</summary>
    private static void Forget(JsonBlock block, int length)
    {
        block.Place = block.Place.After(block.Bytes.AsSpan(0, length));
        block.Bytes.AsSpan(length, block.Length - length).CopyTo(block.Bytes);
        block.Length -= length;
    }

    /// <summary>
    /// Drops white space behind a comma, which the library's reader consumes only together with what follows. The comma then stands where the white space
    /// ends, and places in errors, which the reader counts without the white space, are put right.
    /// </summary>
    private void Squeeze(JsonBlock block)
    {
        var bytes = block.Bytes.AsSpan(0, block.Length);
        if (bytes.Length < BlockSize || bytes[0] != ',' || bytes[1..].ContainsAnyExcept(" \t\r\n"u8))
            return;
        var (before, end) = (block.Place, block.Place.After(bytes));
        var line = before.Line - _documentPlace.Line - _droppedLines;
        if (end.Bytes == 0)
        {
            block.Bytes[1] = (byte)'\n';
            (block.Length, block.Place) = (2, new JsonPlace(end.Line - 1, 0, 0));
            _droppedLines += end.Line - 1 - before.Line;
            return;
        }

        var counted = before.Bytes - BytesNotCounted(line);
        (block.Length, block.Place) = (1, new JsonPlace(end.Line, end.Characters - 1, end.Bytes - 1));
        _shift = (line, end.Bytes - counted - 1 - (line == 0 ? _documentPlace.Bytes : 0));
        _droppedLines += end.Line - before.Line;
    }

    /// <summary>Of the bytes before a place in its line, those that the library's reader does not count.</summary>
    /// <param name="line">As the reader counts lines: from 0 at the start of the document.</param>
    private long BytesNotCounted(long line) => (line == 0 ? _documentPlace.Bytes : 0) + (_shift.Line == line ? _shift.Bytes : 0);

    private bool StartDocument(JsonBlock block, ref int consumed)
    {
        var at = block.Bytes.AsSpan(consumed, block.Length - consumed).IndexOfAnyExcept(" \t\r\n"u8);
        consumed = at < 0 ? block.Length : consumed + at;
        if (at < 0)
            return false;
        _state = new JsonReaderState(Options);
        _isInDocument = true;
        _documentPlace = block.Place.After(block.Bytes.AsSpan(0, consumed));
        (_droppedLines, _shift) = (0, (-1, 0));
        block.Add(ManifestTokenKind.DocumentStart, consumed);
        return true;
    }

    /// <summary>Reads up to the end of the document or of what there is; gives how many bytes that was.</summary>
    private int TokenizeDocument(JsonBlock block, int start)
    {
        var reader = new Utf8JsonReader(block.Bytes.AsSpan(start, block.Length - start), _isEndOfStream, _state);
        try
        {
            while (reader.Read())
            {
                Take(block, ref reader, start);
                if (_depth > 0)
                    continue;
                _isInDocument = false;
                break;
            }
        }
        catch (JsonException e)
        {
            if (_isEndOfStream && IsCutOff(block, start))
                throw CutOff(block, e);
            var place = block.Place.After(block.Bytes.AsSpan(0, PlaceInBlock(block, e)));
            throw new ManifestSyntaxException(new SourceLocation(file, place.Line, place.Column), Explain(e), e);
        }

        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private void Take(JsonBlock block, ref Utf8JsonReader reader, int offset)
    {
        var start = offset + (int)reader.TokenStartIndex;
        var kind = Kinds[(int)reader.TokenType];
        switch (kind)
        {
            case ManifestTokenKind.ObjectStart or ManifestTokenKind.ArrayStart:
                Open(block, kind, start);
                break;
            case ManifestTokenKind.ObjectEnd or ManifestTokenKind.ArrayEnd:
                Close(block, kind, start);
                break;
            default:
                block.Add(kind, start, kind == ManifestTokenKind.Null ? 0 : reader.ValueSpan.Length, reader.ValueIsEscaped);
                break;
        }
    }

    private void Open(JsonBlock block, ManifestTokenKind kind, int start)
    {
        _open[_depth++] = block.Count;
        block.Add(kind, start);
    }

    private void Close(JsonBlock block, ManifestTokenKind kind, int start)
    {
        var open = _open[--_depth];
        if (open >= 0)
            block.Close(open, block.Count);
        else
            block.LeastDepth = Math.Min(block.LeastDepth, _depth);
        block.Add(kind, start);
    }

    /// <summary>Whether nothing is wrong but that there is no more.</summary>
    private bool IsCutOff(JsonBlock block, int start)
    {
        var reader = new Utf8JsonReader(block.Bytes.AsSpan(start, block.Length - start), isFinalBlock: false, _state);
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

    private ManifestSyntaxException CutOff(JsonBlock block, JsonException? e)
    {
        var place = block.Place.After(block.Bytes.AsSpan(0, block.Length));
        return new ManifestSyntaxException(
            new SourceLocation(file, place.Line, place.Column), "Not well-formed JSON: the text ends in the middle of a value; is the file cut off?", e);
    }

    /// <summary>The library's reader counts lines, and bytes within them, from the start of the document on, from block to block.</summary>
    private int PlaceInBlock(JsonBlock block, JsonException e)
    {
        var linesAhead = _documentPlace.Line + (e.LineNumber ?? 0) + _droppedLines - block.Place.Line;
        var bytes = (e.BytePositionInLine ?? 0) + BytesNotCounted(e.LineNumber ?? 0);
        var lineStart = -block.Place.Bytes;
        for (; linesAhead > 0; linesAhead--)
        {
            var from = (int)Math.Max(0, lineStart);
            lineStart = from + block.Bytes.AsSpan(from, block.Length - from).IndexOf((byte)'\n') + 1;
        }

        return (int)Math.Clamp(lineStart + bytes, 0, block.Length);
    }

    private string Explain(JsonException e)
    {
        if (_depth >= ManifestTokenReader.MaxDepth)
            return $"Nested deeper than {ManifestTokenReader.MaxDepth} levels.";
        var cut = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return "Not well-formed JSON: " + WithShortQuote(cut > 0 ? e.Message[..cut] : e.Message);
    }

    /// <summary>From a wrong literal on, the library quotes all the text it has; this leaves what shows that it is wrong.</summary>
    private static string WithShortQuote(string message)
    {
        var end = message.LastIndexOf("' is ", StringComparison.Ordinal);
        var quote = end > 0 && message[0] == '\'' ? message[1..end] : "";
        foreach (var literal in (ReadOnlySpan<string>)["true", "false", "null"])
        {
            var wrong = quote.AsSpan().CommonPrefixLength(literal);
            if (wrong > 0 && wrong < quote.Length)
                return $"'{quote[..(wrong + 1)]}…{message[end..]}";
        }

        return message;
    }
}
