using System.Collections.Immutable;
using System.Text.Json;
using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>
/// Cuts JSON from a UTF-8 stream into blocks of tokens. Several values after one another, as JSON Lines have them, are documents of their own.
/// </summary>
/// <remarks>Hot: one <see cref="Utf8JsonReader"/> goes over a whole block, where making one for each token would cost more than the token.</remarks>
internal sealed class JsonTokenizer(Stream stream, string file) : BlockTokenizer(stream)
{
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

    private JsonReaderState _state = new(Options);
    private JsonPlace _documentPlace;
    private long _droppedLines;
    private (long Line, long Bytes) _shift = (-1, 0);
    private bool _isInDocument;

    protected override int Tokenize(TokenBlock block)
    {
        var consumed = 0;
        while (true)
        {
            if (_isInDocument || StartDocument(block, ref consumed))
                consumed += TokenizeDocument(block, consumed);
            if (!_isInDocument && consumed < block.Length)
                continue;
            if (IsEndOfStream)
            {
                if (_isInDocument)
                    throw CutOff(block, null);
                block.Add(ManifestTokenKind.EndOfInput, block.Length);
                block.IsLast = true;
                return block.Length;
            }

            if (block.Count > 0)
                return consumed;
            Forget(block, consumed);
            consumed = 0;
            Squeeze(block);
            Read(block);
        }
    }

    /// <summary>Drops what a block without tokens begins with, so that a long stretch of white space is not held.</summary>
    private static void Forget(TokenBlock block, int length)
    {
        block.Place = block.Place.After(block.Bytes.AsSpan(0, length));
        block.Bytes.AsSpan(length, block.Length - length).CopyTo(block.Bytes);
        block.Length -= length;
    }

    /// <summary>
    /// Drops white space behind a comma, which the library's reader consumes only together with what follows. The comma then stands where the white space
    /// ends, and places in errors, which the reader counts without the white space, are put right.
    /// </summary>
    private void Squeeze(TokenBlock block)
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

    private bool StartDocument(TokenBlock block, ref int consumed)
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
    private int TokenizeDocument(TokenBlock block, int start)
    {
        var reader = new Utf8JsonReader(block.Bytes.AsSpan(start, block.Length - start), IsEndOfStream, _state);
        try
        {
            while (reader.Read())
            {
                Take(block, ref reader, start);
                if (Depth > 0)
                    continue;
                _isInDocument = false;
                break;
            }
        }
        catch (JsonException e)
        {
            if (IsEndOfStream && IsCutOff(block, start))
                throw CutOff(block, e);
            var place = block.Place.After(block.Bytes.AsSpan(0, PlaceInBlock(block, e)));
            throw new ManifestSyntaxException(new SourceLocation(file, place.Line, place.Column), Explain(e), e);
        }

        _state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private void Take(TokenBlock block, ref Utf8JsonReader reader, int offset)
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

    /// <summary>Whether nothing is wrong but that there is no more.</summary>
    private bool IsCutOff(TokenBlock block, int start)
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

    private ManifestSyntaxException CutOff(TokenBlock block, JsonException? e)
    {
        var place = block.Place.After(block.Bytes.AsSpan(0, block.Length));
        return new ManifestSyntaxException(
            new SourceLocation(file, place.Line, place.Column), "Not well-formed JSON: the text ends in the middle of a value; is the file cut off?", e);
    }

    /// <summary>The library's reader counts lines, and bytes within them, from the start of the document on, from block to block.</summary>
    private int PlaceInBlock(TokenBlock block, JsonException e)
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
        if (Depth >= ManifestTokenReader.MaxDepth)
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
