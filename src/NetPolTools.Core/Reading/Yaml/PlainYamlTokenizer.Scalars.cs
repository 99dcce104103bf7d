using System.Buffers;
using System.Text;

namespace NetPolTools.Reading;

/// <content>Keys and scalars.</content>
internal sealed partial class PlainYamlTokenizer
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>What a scalar without quotes may begin with.</summary>
    /// <remarks>Also letters of other scripts; dashes of typography are left to others.</remarks>
    private static readonly SearchValues<byte> First = BytesWith(
        static b => b < 0x80 ? (Letters + "0123456789_/.+$~(^=").Contains((char)b) : b is >= 0xC3 and <= 0xF4 and not 0xE2);

    private static readonly SearchValues<byte> OfKeys = SearchValues.Create(Encoding.ASCII.GetBytes(Letters + "0123456789_/.-$"));

    /// <summary>What may end a scalar without quotes, or be wrong in it.</summary>
    private static readonly SearchValues<byte> OfEnds = SearchValues.Create(":#\t"u8);

    private static readonly SearchValues<byte> OfBrackets = SearchValues.Create(Encoding.ASCII.GetBytes(Letters + "0123456789_/.-+$:"));

    private static readonly SearchValues<byte> OfNumbers = SearchValues.Create("0123456789abcdefABCDEFxXoO_+-."u8);

    private readonly ArrayBufferWriter<byte> _unescaped = new();

    /// <summary>Where the line goes on behind the colon of a key; 0 where none stands there.</summary>
    private int FindKey(int at)
    {
        var first = _bytes[at];
        if (first is (byte)'"' or (byte)'\'')
        {
            var text = _bytes.AsSpan(at + 1, _lineEnd - at - 1);
            var quote = text.IndexOf(first);
            if (quote < 0 || quote > LongestKey || (first == '"' && text[..quote].Contains((byte)'\\')))
                return 0;
            var colon = at + quote + 2;
            return colon < _lineEnd && _bytes[colon] == ':' && IsBlankOrEnd(colon + 1) ? colon + 1 : 0;
        }

        if (first is (byte)'-' or (byte)'$' || !First.Contains(first))
            return 0;
        for (var end = at; ; end++)
        {
            var length = _bytes.AsSpan(end, _lineEnd - end).IndexOfAnyExcept(OfKeys);
            if (length < 0)
                return 0;
            end += length;
            if (_bytes[end] != ':')
                return 0;
            if (IsBlankOrEnd(end + 1))
                return end - at > LongestKey ? Unsure : IsName(at, end) ? end + 1 : Unsure;
        }
    }

    /// <summary>Whether the text of a key without quotes is its name.</summary>
    private bool IsName(int at, int end)
    {
        var text = _bytes.AsSpan(at, end - at);
        if (IsSurelyText(text))
            return true;
        var written = Encoding.ASCII.GetString(text);
        return PlainScalar.Resolve(written, out var value) is ScalarType.String or ScalarType.Integer && value == written;
    }

    private void AddKey(int at, int behind)
    {
        var isBare = _bytes[at] is not ((byte)'"' or (byte)'\'');
        _block.Add(ManifestTokenKind.PropertyName, at, behind - at - (isBare ? 1 : 3), isBare: isBare);
    }

    private int TakePlain(int at, int column)
    {
        if (!IsFirst(at))
            return Unsure;
        var end = PlainEnd(at);
        if (end < 0)
            return end;
        var hasComment = SkipBlanks(end) < _lineEnd;
        var behind = _nextLine;
        var text = FindText(behind);
        if (text < 0)
            return text;
        if (text == _limit || text - _line <= column || (text == _line && IsMarker(text)))
            return AddPlain(at, _bytes.AsSpan(at, end - at)) ? _line : Unsure;

        // It goes on in the next lines, unless a comment stands between.
        return hasComment ? Unsure : TakeLongPlain(at, end, behind, column);
    }

    private bool IsFirst(int at) =>
        First.Contains(_bytes[at]) || (_bytes[at] == '-' && at + 1 < _lineEnd && (First.Contains(_bytes[at + 1]) || _bytes[at + 1] == '-'));

    /// <summary>Where a scalar without quotes ends in its line.</summary>
    private int PlainEnd(int at)
    {
        var end = _lineEnd;
        var text = _bytes.AsSpan(at, end - at);
        for (var i = 0; ; i++)
        {
            var next = text[i..].IndexOfAny(OfEnds);
            if (next < 0)
                break;
            i += next;
            if (text[i] == '\t' || (text[i] == ':' && (i + 1 == text.Length || text[i + 1] == ' ')))
                return Unsure;
            if (text[i] == '#' && text[i - 1] == ' ')
            {
                end = at + i;
                break;
            }
        }

        while (_bytes[end - 1] == ' ')
            end--;
        return end;
    }

    private int TakeLongPlain(int at, int end, int next, int column)
    {
        _unescaped.ResetWrittenCount();
        _unescaped.Write(_bytes.AsSpan(at, end - at));
        var breaks = 0;
        while (true)
        {
            if (next == _limit)
            {
                if (!IsEndOfStream)
                    return More;
                break;
            }

            SetLine(next);
            var text = SkipBlanks(_line);
            if (text == _lineEnd)
            {
                breaks++;
                next = _nextLine;
                continue;
            }

            if (text - _line <= column || (text == _line && IsMarker(text)))
                break;
            if (!IsFirst(text))
                return Unsure;
            end = PlainEnd(text);
            if (end < 0 || SkipBlanks(end) < _lineEnd)
                return Unsure;
            Fold(breaks);
            breaks = 0;
            _unescaped.Write(_bytes.AsSpan(text, end - text));
            next = _nextLine;
        }

        var written = Encoding.UTF8.GetString(_unescaped.WrittenSpan);
        if (PlainScalar.Resolve(written, out var value) != ScalarType.String)
            return Unsure;
        _block.Add(ManifestTokenKind.String, at, value, written);
        return next;
    }

    /// <summary>A line break is a blank, and with empty lines behind it as many breaks as these.</summary>
    private void Fold(int breaks)
    {
        if (breaks == 0)
            _unescaped.Write(" "u8);
        for (; breaks > 0; breaks--)
            _unescaped.Write("\n"u8);
    }

    /// <summary>Adds a scalar without quotes; false where it has no value that there could be.</summary>
    private bool AddPlain(int at, ReadOnlySpan<byte> text)
    {
        if (IsSurelyText(text))
        {
            _block.Add(ManifestTokenKind.String, at, text.Length, isBare: true);
            return true;
        }

        if (text.Length < 19 && text[0] is >= (byte)'1' and <= (byte)'9' && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            _block.Add(ManifestTokenKind.Number, at, text.Length);
            return true;
        }

        var written = Encoding.UTF8.GetString(text);
        var type = PlainScalar.Resolve(written, out var value);
        var kind = type switch
        {
            ScalarType.Integer or ScalarType.Float => ManifestTokenKind.Number,
            ScalarType.Boolean => ManifestTokenKind.Boolean,
            ScalarType.Null => ManifestTokenKind.Null,
            _ => ManifestTokenKind.String,
        };
        if (value == written)
            _block.Add(kind, at, text.Length, isBare: true);
        else
            _block.Add(kind, at, value, written);
        return type != ScalarType.NotFinite;
    }

    /// <summary>Whether a text can be no number, boolean or null; false where that has to be looked at.</summary>
    private static bool IsSurelyText(ReadOnlySpan<byte> text) => text[0] switch
    {
        (byte)'y' or (byte)'Y' or (byte)'n' or (byte)'N' or (byte)'t' or (byte)'T' or (byte)'f' or (byte)'F' or (byte)'o' or (byte)'O' =>
            text.Length > 5 || text.SequenceEqual("TCP"u8),
        (byte)'.' or (byte)'+' or (byte)'-' or (byte)'~' => false,
        >= (byte)'0' and <= (byte)'9' => text.ContainsAnyExcept(OfNumbers) || text.Count((byte)'.') > 1,
        _ => true,
    };

    /// <summary>Takes a text in quotes; gives where the line goes on behind it.</summary>
    private int TakeQuoted(int at, int column)
    {
        var end = FindQuoted(at);
        if (end > 0)
        {
            _block.Add(ManifestTokenKind.String, at, end - at - 1);
            return end + 1;
        }

        end = Unescape(at, column);
        if (end < 0)
            return end;
        var text = Encoding.UTF8.GetString(_unescaped.WrittenSpan);
        _block.Add(ManifestTokenKind.String, at, text, text);
        return end + 1;
    }

    /// <summary>The closing quote of a text that is what stands there; 0 where it is not.</summary>
    private int FindQuoted(int at)
    {
        var quote = _bytes[at];
        var text = _bytes.AsSpan(at + 1, _lineEnd - at - 1);
        var length = text.IndexOf(quote);
        if (length < 0)
            return 0;
        var end = at + 1 + length;
        if (quote == '"' ? text[..length].Contains((byte)'\\') : end + 1 < _lineEnd && _bytes[end + 1] == '\'')
            return 0;
        return end;
    }

    /// <summary>Reads a text with escapes or in several lines; gives its closing quote.</summary>
    private int Unescape(int at, int column)
    {
        _unescaped.ResetWrittenCount();
        var quote = _bytes[at++];
        while (true)
        {
            var text = _bytes.AsSpan(at, _lineEnd - at);
            var length = quote == '"' ? text.IndexOfAny((byte)'"', (byte)'\\') : text.IndexOf(quote);
            if (length < 0)
            {
                if (text.Contains((byte)'\t'))
                    return Unsure;

                // Blanks before a line break are left out.
                _unescaped.Write(text.TrimEnd((byte)' '));
                var breaks = NextQuotedLine(column, ref at);
                if (breaks < 0)
                    return breaks;
                Fold(breaks);
                continue;
            }

            _unescaped.Write(text[..length]);
            at += length;
            if (quote == '\'')
            {
                if (at + 1 >= _lineEnd || _bytes[at + 1] != '\'')
                    return at;
                _unescaped.Write("'"u8);
                at += 2;
            }
            else if (_bytes[at] == '"')
            {
                return at;
            }
            else if (at + 1 == _lineEnd)
            {
                var breaks = NextQuotedLine(column, ref at);
                if (breaks < 0)
                    return breaks;
                for (; breaks > 0; breaks--)
                    _unescaped.Write("\n"u8);
            }
            else if (!TakeEscape(ref at))
            {
                return Unsure;
            }
        }
    }

    /// <summary>Goes to the text of the next line in quotes; gives how many empty lines there are before it.</summary>
    private int NextQuotedLine(int column, ref int at)
    {
        for (var breaks = 0; ; breaks++)
        {
            if (_nextLine == _limit)
                return IsEndOfStream ? Unsure : More;
            SetLine(_nextLine);
            at = SkipBlanks(_line);
            if (at < _lineEnd)
                return at - _line <= Math.Max(column, 0) || _bytes[at] == '\t' ? Unsure : breaks;
        }
    }

    private bool TakeEscape(ref int at)
    {
        var digits = 0;
        switch (_bytes[at + 1])
        {
            case (byte)'n':
                _unescaped.Write("\n"u8);
                break;
            case (byte)'t':
                _unescaped.Write("\t"u8);
                break;
            case (byte)'r':
                _unescaped.Write("\r"u8);
                break;
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)' ':
                _unescaped.Write(_bytes.AsSpan(at + 1, 1));
                break;
            case (byte)'x':
                digits = 2;
                break;
            case (byte)'u':
                digits = 4;
                break;
            case (byte)'U':
                digits = 8;
                break;
            default:
                return false;
        }

        at += 2;
        if (digits == 0)
            return true;
        if (at + digits > _lineEnd)
            return false;
        var number = 0u;
        foreach (var digit in _bytes.AsSpan(at, digits))
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return false;
            number = (number << 4) + (uint)Convert.ToInt32(((char)digit).ToString(), 16);
        }

        at += digits;
        if (!Rune.TryCreate(number, out var rune))
            return false;
        Span<byte> utf8 = stackalloc byte[4];
        _unescaped.Write(utf8[..rune.EncodeToUtf8(utf8)]);
        return true;
    }

    /// <summary>Takes a text of several lines behind <c>|</c> or <c>&gt;</c>.</summary>
    private int TakeBlockText(int at, int column)
    {
        var start = at;
        var isFolded = _bytes[at++] == '>';
        var (keeps, strips) = (false, false);
        if (at < _lineEnd && _bytes[at] is (byte)'+' or (byte)'-')
        {
            keeps = _bytes[at] == '+';
            strips = !keeps;
            at++;
        }

        if (SkipBlanks(at) < _lineEnd)
            return Unsure;
        _unescaped.ResetWrittenCount();
        var (indentation, breaks, isFirst) = (0, 0, true);
        while (true)
        {
            if (_nextLine == _limit)
            {
                if (!IsEndOfStream)
                    return More;
                if (isFirst || _bytes[_limit - 1] != '\n')
                    return Unsure;
                _line = _limit;
                break;
            }

            SetLine(_nextLine);
            var text = SkipBlanks(_line);
            if (text == _lineEnd && (isFirst || text - _line <= indentation))
            {
                if (isFirst && text > _line)
                    return Unsure;
                breaks++;
                continue;
            }

            if (isFirst)
            {
                indentation = text - _line;
                if (indentation <= Math.Max(column, 0))
                    return Unsure;
            }
            else if (text - _line < indentation)
            {
                break;
            }

            if (_bytes[Math.Min(text, _lineEnd - 1)] == '\t' || (isFolded && text - _line > indentation))
                return Unsure;
            if (isFolded && !isFirst)
            {
                Fold(breaks);
            }
            else
            {
                for (breaks += isFirst ? 0 : 1; breaks > 0; breaks--)
                    _unescaped.Write("\n"u8);
            }

            _unescaped.Write(_bytes.AsSpan(_line + indentation, _lineEnd - _line - indentation));
            (breaks, isFirst) = (0, false);
        }

        for (breaks = strips ? 0 : keeps ? breaks + 1 : 1; breaks > 0; breaks--)
            _unescaped.Write("\n"u8);
        var all = Encoding.UTF8.GetString(_unescaped.WrittenSpan);
        _block.Add(ManifestTokenKind.String, start, all, all);
        return _line;
    }

    private static SearchValues<byte> BytesWith(Predicate<byte> holds)
    {
        Span<byte> bytes = stackalloc byte[256];
        var count = 0;
        for (var b = 0; b < 256; b++)
        {
            if (holds((byte)b))
                bytes[count++] = (byte)b;
        }

        return SearchValues.Create(bytes[..count]);
    }
}
