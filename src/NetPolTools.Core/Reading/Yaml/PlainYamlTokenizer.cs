using System.Buffers;
using System.Text.Unicode;

namespace NetPolTools.Reading;

/// <summary>
/// Cuts YAML into blocks of tokens, as far as it is surely known what it means: blocks of maps and lists, brackets, scalars with and without quotes, and
/// texts of several lines. At anything else, such as anchors, tags, odd characters and mistakes, it gives up.
/// </summary>
/// <remarks>
/// Hot: it goes from line to line and looks at few characters one by one. A method that needs text that has not come yet gives <see cref="More"/>; some of
/// what was added is taken back then, and its lines are looked at again once there is more.
/// </remarks>
internal sealed partial class PlainYamlTokenizer(Stream stream) : BlockTokenizer(stream)
{
    /// <summary>The text that has come ends too early to tell.</summary>
    private const int More = -1;

    /// <summary>It is not known what the text means.</summary>
    private const int Unsure = -2;

    /// <summary>How much may belong together before it is left to others.</summary>
    private const int MostAtOnce = 4 * 1024 * 1024;

    /// <summary>
    /// Where something is wrong, a reader of all of YAML finds that before it gives what stands a little before it, at most so many bytes and tokens.
    /// </summary>
    private const int FarAhead = 6 * 1024;

    /// <inheritdoc cref="FarAhead"/>
    private const int ManyAhead = 16;

    /// <summary>A key may have some more, and hardly ever has.</summary>
    private const int LongestKey = 512;

    private static readonly SearchValues<byte> Usual =
        BytesWith(static b => b is (byte)'\n' or (>= (byte)' ' and <= (byte)'~') or (>= 0x80 and not (0xC2 or 0xE2 or 0xEF)));

    private readonly Stream _stream = stream;

    /// <summary>The columns of the open blocks, from 0; of brackets, <see cref="InBrackets"/>.</summary>
    private readonly int[] _columns = new int[ManifestTokenReader.MaxDepth + 1];
    private readonly bool[] _areMaps = new bool[ManifestTokenReader.MaxDepth + 1];
    private readonly int[] _surelyColumns = new int[ManifestTokenReader.MaxDepth + 1];
    private readonly bool[] _areSurelyMaps = new bool[ManifestTokenReader.MaxDepth + 1];

    /// <summary>What is given out at the least: up to where, how many tokens, and in which state the text goes on there.</summary>
    private (int At, int Tokens, bool IsBetween, bool IsInDocument, bool HasValue, bool AwaitsValue) _surely;

    private TokenBlock _block = null!;
    private byte[] _bytes = [];

    /// <summary>Where the last whole line ends: what stands behind it is not looked at.</summary>
    private int _limit;

    /// <summary>Up to where the characters are known to be harmless.</summary>
    private int _checked;

    // The line being looked at: where it begins, where its text ends, and where the next one begins.
    private int _line;
    private int _lineEnd;
    private int _nextLine;

    private bool _isInDocument;

    /// <summary>Whether the document's value began.</summary>
    private bool _hasValue;

    /// <summary>Whether a key or a dash has its value in the lines that follow.</summary>
    private bool _awaitsValue;

    // The document being read, for who knows all of YAML: its text in the blocks before, where it begins in this one, or -1, the line in which it begins,
    // and the number of its first token.
    private readonly Queue<ReadOnlyMemory<byte>> _kept = new();
    private int _keptFrom;
    private int _documentLine = 1;
    private long _document;
    private long _tokens;

    protected override int Tokenize(TokenBlock block)
    {
        (_block, _bytes, block.FirstToken) = (block, block.Bytes, _tokens);
        FindLimit();
        BeSureOf(0, isBetween: false);
        for (var at = 0; ;)
        {
            if (at <= _limit - FarAhead && at > 0)
                BeSureOf(at, isBetween: false);
            var next = IsHarmless() ? TakeLines(at) : Unsure;
            if (next >= 0)
            {
                if (block.IsLast)
                    return next;
                at = next;
                continue;
            }

            if (next == Unsure || (IsEndOfStream && next == More) || block.Length > MostAtOnce)
                throw GiveUp(at);
            var isEnough = _surely.Tokens > 0 && (_surely.IsBetween || block.Count - _surely.Tokens >= ManyAhead);
            TakeBack();
            if (isEnough)
                break;
            Read(block);
            _bytes = block.Bytes;
            FindLimit();
            at = _surely.At;
        }

        _tokens += block.Count;
        Keep(_surely.At);
        _checked = Math.Max(0, _checked - _surely.At);
        return _surely.At;
    }

    /// <summary>Notes that what comes before a place can be given out, whatever may be found behind it.</summary>
    private void BeSureOf(int at, bool isBetween)
    {
        _surely = (at, _block.Count, isBetween, _isInDocument, _hasValue, _awaitsValue);
        Remember(_block);
        _columns.AsSpan(0, Depth).CopyTo(_surelyColumns);
        _areMaps.AsSpan(0, Depth).CopyTo(_areSurelyMaps);
    }

    /// <summary>Goes back to the latest such place.</summary>
    private void TakeBack()
    {
        TakeBack(_block);
        (_isInDocument, _hasValue, _awaitsValue) = (_surely.IsInDocument, _surely.HasValue, _surely.AwaitsValue);
        _surelyColumns.AsSpan(0, Depth).CopyTo(_columns);
        _areSurelyMaps.AsSpan(0, Depth).CopyTo(_areMaps);
    }

    private void FindLimit() =>
        _limit = IsEndOfStream ? _block.Length : _block.Bytes.AsSpan(0, _block.Length).LastIndexOf((byte)'\n') + 1;

    /// <summary>Whether there are only characters that mean nothing but themselves.</summary>
    private bool IsHarmless()
    {
        var from = _checked;
        if (from >= _limit)
            return true;
        _checked = _limit;
        var text = _bytes.AsSpan(from, _limit - from);
        if (!Utf8.IsValid(text))
            return false;
        while (text.IndexOfAnyExcept(Usual) is >= 0 and var at)
        {
            var isHarmless = text[at] switch
            {
                (byte)'\t' => true,
                (byte)'\r' => at + 1 < text.Length && text[at + 1] == '\n',

                // What the second byte says of controls, of breaks of lines, and of marks.
                0xC2 => text[at + 1] >= 0xA0,
                0xE2 => text[at + 1] != 0x80 || text[at + 2] is not (0xA8 or 0xA9),
                _ => false,
            };
            if (!isHarmless)
                return false;
            text = text[(at + 1)..];
        }

        return true;
    }

    private void Keep(int consumed)
    {
        if (_keptFrom >= 0)
            _documentLine = LineOfDocument();
        var from = Math.Max(0, _keptFrom);
        _keptFrom = -1;
        if (from < consumed)
            _kept.Enqueue(_bytes.AsSpan(from, consumed - from).ToArray());
    }

    private int LineOfDocument() => _keptFrom < 0 ? _documentLine : _block.Place.After(_bytes.AsSpan(0, _keptFrom)).Line;

    /// <summary>Leaves to others the document from its beginning on, and all that follows; a little before a place is not given out.</summary>
    private UnsureYamlException GiveUp(int at)
    {
        var first = (int)Math.Max(0, _document - _tokens);
        var end = Math.Max(first, _block.Count - ManyAhead);
        while (end > first && _block[end - 1].Start > at - FarAhead)
            end--;
        for (var i = first; i < end; i++)
        {
            if (_block[i].Close >= end)
                _block.Close(i, 0);
        }

        _block.RemoveFrom(end);
        var line = LineOfDocument();
        var from = Math.Max(0, _keptFrom);
        _kept.Enqueue(_bytes.AsMemory(from, _block.Length - from));
        return new UnsureYamlException(_document, _tokens + _block.Count, new YamlRest(line - 1, _kept, _stream));
    }

    /// <summary>Takes the next line that holds something, with those that belong to it; gives where the next one begins.</summary>
    private int TakeLines(int at)
    {
        var text = FindText(at);
        if (text < 0)
            return text;
        if (text == _limit)
        {
            CloseTo(0, text);
            _block.Add(ManifestTokenKind.EndOfInput, text);
            _block.IsLast = true;
            return text;
        }

        SetLine(_line);
        if (text == _line && IsMarker(text))
            return _bytes[text] == '-' ? TakeMarker(text) : Unsure;
        if (!_isInDocument)
        {
            _isInDocument = true;
            _block.Add(ManifestTokenKind.DocumentStart, text);
        }

        var column = text - _line;
        if (_awaitsValue || !_hasValue)
        {
            var isRoot = !_hasValue;
            (_hasValue, _awaitsValue) = (true, false);
            return TakeNode(text, isRoot ? -1 : _columns[Depth - 1]);
        }

        var depth = DepthOf(column, text);
        if (depth == 0)
            return Unsure;
        CloseTo(depth, text);
        return TakeEntries(text);
    }

    private int TakeMarker(int text)
    {
        var rest = SkipBlanks(text + 3);
        if (!IsEndOfLine(rest, text + 3))
            return Unsure;
        CloseTo(0, text);
        BeSureOf(text, isBetween: true);
        if (_isInDocument)
        {
            // Before the first one, comments and empty lines belong to it.
            _kept.Clear();
            _keptFrom = text;
            _document = _tokens + _block.Count;
        }

        _block.Add(ManifestTokenKind.DocumentStart, text);
        (_isInDocument, _hasValue) = (true, false);
        return _nextLine;
    }

    /// <summary>How many blocks are open still where a line begins; 0 where it belongs to none of them.</summary>
    private int DepthOf(int column, int text)
    {
        var depth = Depth;
        while (depth > 0 && _columns[depth - 1] > column)
            depth--;
        if (depth == 0)
            return 0;

        // A list may stand in the column of its key.
        var isDash = IsDash(text);
        if (!_areMaps[depth - 1] && !isDash && depth > 1 && _areMaps[depth - 2])
            depth--;
        return _columns[depth - 1] == column && _areMaps[depth - 1] != isDash ? depth : 0;
    }

    /// <summary>Takes what stands at the beginning of a value.</summary>
    /// <param name="at">Where it begins.</param>
    /// <param name="column">That of the block around it; -1 for none.</param>
    private int TakeNode(int at, int column)
    {
        var isDash = IsDash(at);
        if (!isDash && FindKey(at) is var key && key != 0)
            return key < 0 ? key : OpenBlock(at, isMap: true) ? TakeEntries(at) : Unsure;
        if (isDash)
            return OpenBlock(at, isMap: false) ? TakeEntries(at) : Unsure;

        // A document that is a single text is no manifest.
        return column < 0 && _bytes[at] is not ((byte)'{' or (byte)'[') ? Unsure : TakeScalar(at, column);
    }

    /// <summary>Takes an entry of the innermost block, with what is nested in its line.</summary>
    private int TakeEntries(int at)
    {
        while (true)
        {
            var column = _columns[Depth - 1];
            int behind;
            if (_areMaps[Depth - 1])
            {
                behind = FindKey(at);
                if (behind <= 0)
                    return behind == 0 ? Unsure : behind;
                AddKey(at, behind);
            }
            else
            {
                behind = at + 1;
            }

            at = SkipBlanks(behind);
            if (IsEndOfLine(at, behind))
                return TakeNothing(behind);
            if (at == behind)
                return Unsure;
            if (_areMaps[Depth - 1])
                return IsDash(at) ? Unsure : TakeScalar(at, column);
            if (IsDash(at))
            {
                if (!OpenBlock(at, isMap: false))
                    return Unsure;
            }
            else if (FindKey(at) is var key && key != 0)
            {
                if (key < 0)
                    return key;
                if (!OpenBlock(at, isMap: true))
                    return Unsure;
            }
            else
            {
                return TakeScalar(at, column);
            }
        }
    }

    /// <summary>Takes the end of a line behind a dash or colon: the value is in the next lines, or there is none.</summary>
    private int TakeNothing(int behind)
    {
        var top = Depth - 1;
        var text = FindText(_nextLine);
        if (text < 0)
            return text;
        var column = text - _line;
        var isEnd = text == _limit || (column == 0 && IsMarker(text));
        if (!isEnd && (column > _columns[top] || (_areMaps[top] && column == _columns[top] && IsDash(text))))
            _awaitsValue = true;
        else
            _block.Add(ManifestTokenKind.Null, behind, "null", "");
        return _line;
    }

    private int TakeScalar(int at, int column) => _bytes[at] switch
    {
        (byte)'"' or (byte)'\'' => EndScalar(TakeQuoted(at, column)),
        (byte)'{' or (byte)'[' => EndScalar(TakeBrackets(at, column)),
        (byte)'|' or (byte)'>' => TakeBlockText(at, column),
        _ => TakePlain(at, column),
    };

    /// <summary>Nothing follows a value on its line but a comment.</summary>
    private int EndScalar(int behind)
    {
        if (behind < 0)
            return behind;
        return IsEndOfLine(SkipBlanks(behind), behind) ? _nextLine : Unsure;
    }

    private bool OpenBlock(int at, bool isMap)
    {
        if (Depth == ManifestTokenReader.MaxDepth)
            return false;
        (_columns[Depth], _areMaps[Depth]) = (at - _line, isMap);
        Open(_block, isMap ? ManifestTokenKind.ObjectStart : ManifestTokenKind.ArrayStart, at);
        return true;
    }

    private void CloseTop(int at) => Close(_block, _areMaps[Depth - 1] ? ManifestTokenKind.ObjectEnd : ManifestTokenKind.ArrayEnd, at);

    private void CloseTo(int depth, int at)
    {
        while (Depth > depth)
            CloseTop(at);
    }

    /// <summary>
    /// Goes to the first character behind blanks, empty lines and comments, which <see cref="_line"/> is then the line of; to the limit where the input has no
    /// more.
    /// </summary>
    private int FindText(int at)
    {
        while (at < _limit)
        {
            _line = at;
            var blanks = _bytes.AsSpan(at, _limit - at).IndexOfAnyExcept((byte)' ');
            if (blanks < 0)
                return _line = _limit;
            at += blanks;
            switch (_bytes[at])
            {
                case (byte)'\n' or (byte)'#':
                    var end = _bytes.AsSpan(at, _limit - at).IndexOf((byte)'\n');
                    at = end < 0 ? _limit : at + end + 1;
                    break;
                case (byte)'\r':
                    at += 2;
                    break;
                case (byte)'\t':
                    return Unsure;
                default:
                    return at;
            }
        }

        _line = _limit;
        return IsEndOfStream ? _limit : More;
    }

    private void SetLine(int start)
    {
        _line = start;
        var length = _bytes.AsSpan(start, _limit - start).IndexOf((byte)'\n');
        _lineEnd = length < 0 ? _limit : start + length;
        _nextLine = length < 0 ? _limit : _lineEnd + 1;
        if (length > 0 && _bytes[_lineEnd - 1] == '\r')
            _lineEnd--;
    }

    private int SkipBlanks(int at)
    {
        while (at < _lineEnd && _bytes[at] == ' ')
            at++;
        return at;
    }

    /// <param name="at">Behind blanks.</param>
    /// <param name="behind">Before them: what begins a comment has a blank before it.</param>
    private bool IsEndOfLine(int at, int behind) => at == _lineEnd || (_bytes[at] == '#' && at > behind);

    private bool IsBlankOrEnd(int at) => at >= _limit || _bytes[at] is (byte)' ' or (byte)'\n' or (byte)'\r';

    private bool IsDash(int at) => _bytes[at] == '-' && IsBlankOrEnd(at + 1);

    private bool IsMarker(int at) =>
        at + 3 <= _limit && _bytes[at] is (byte)'-' or (byte)'.' && _bytes[at + 1] == _bytes[at] && _bytes[at + 2] == _bytes[at]
        && (IsBlankOrEnd(at + 3) || _bytes[at + 3] == '\t');
}
