namespace NetPolTools.Reading;

/// <content>Maps and lists in brackets.</content>
internal sealed partial class PlainYamlTokenizer
{
    /// <summary>The column of maps and lists in brackets: no line of a block is within them.</summary>
    private const int InBrackets = int.MaxValue;

    /// <summary>Takes a map or list in brackets; gives where the line goes on behind it.</summary>
    private int TakeBrackets(int at, int column)
    {
        var outside = Depth;
        if (!OpenBracket(at++))
            return Unsure;
        var isFirst = true;
        while (true)
        {
            at = SkipInBrackets(at, column);
            if (at < 0)
                return at;
            if (IsClosing(at))
            {
                // A comma before it is left to others.
                if (!isFirst)
                    return Unsure;
            }
            else
            {
                at = TakeItem(at, column, out isFirst);
                if (at < 0)
                    return at;
                if (isFirst)
                    continue;
            }

            // What is closed is an item of what is around it.
            while (true)
            {
                at = SkipInBrackets(at, column);
                if (at < 0)
                    return at;
                if (!IsClosing(at))
                    break;
                CloseTop(at++);
                if (Depth == outside)
                    return at;
            }

            if (_bytes[at++] != ',')
                return Unsure;
            isFirst = false;
        }
    }

    private bool IsClosing(int at) => _bytes[at] == (_areMaps[Depth - 1] ? '}' : ']');

    private bool OpenBracket(int at)
    {
        if (Depth == ManifestTokenReader.MaxDepth)
            return false;
        var isMap = _bytes[at] == '{';
        (_columns[Depth], _areMaps[Depth]) = (InBrackets, isMap);
        Open(_block, isMap ? ManifestTokenKind.ObjectStart : ManifestTokenKind.ArrayStart, at);
        return true;
    }

    /// <summary>Takes an entry of a map or an item of a list, or the bracket with which it begins.</summary>
    private int TakeItem(int at, int column, out bool hasOpened)
    {
        hasOpened = false;
        if (_areMaps[Depth - 1])
        {
            at = TakeKey(at);
            if (at < 0)
                return at;
            at = SkipInBrackets(at, column);
            if (at < 0)
                return at;
        }

        switch (_bytes[at])
        {
            case (byte)'{' or (byte)'[':
                hasOpened = true;
                return OpenBracket(at) ? at + 1 : Unsure;
            case (byte)'"' or (byte)'\'':
                return TakeQuoted(at, column);
            default:
                var end = EndInBrackets(at);
                return end > at && AddPlain(at, _bytes.AsSpan(at, end - at)) ? end : Unsure;
        }
    }

    private int TakeKey(int at)
    {
        if (_bytes[at] is (byte)'"' or (byte)'\'')
        {
            var quote = FindQuoted(at);
            if (quote <= 0 || quote - at > LongestKey)
                return Unsure;
            _block.Add(ManifestTokenKind.PropertyName, at, quote - at - 1);
            at = SkipBlanks(quote + 1);
            return at < _lineEnd && _bytes[at] == ':' ? at + 1 : Unsure;
        }

        var end = EndInBrackets(at);
        if (end <= at || end - at > LongestKey || !IsName(at, end) || end + 1 >= _lineEnd || _bytes[end] != ':' || _bytes[end + 1] != ' ')
            return Unsure;
        _block.Add(ManifestTokenKind.PropertyName, at, end - at, isBare: true);
        return end + 1;
    }

    /// <summary>Where a scalar without quotes ends; not behind where it begins where it is none.</summary>
    private int EndInBrackets(int at)
    {
        if (_bytes[at] == '$' || !IsFirst(at))
            return Unsure;
        var length = _bytes.AsSpan(at, _lineEnd - at).IndexOfAnyExcept(OfBrackets);
        var end = length < 0 ? _lineEnd : at + length;

        // A colon at its end is that of a key.
        return _bytes[end - 1] == ':' ? end - 1 : end;
    }

    /// <summary>Goes to the next character that is no blank.</summary>
    private int SkipInBrackets(int at, int column)
    {
        while (true)
        {
            at = SkipBlanks(at);
            if (at < _lineEnd)
                return _bytes[at] is (byte)'#' or (byte)'\t' || at - _line <= column || (at == _line && IsMarker(at)) ? Unsure : at;
            if (_nextLine == _limit)
                return IsEndOfStream ? Unsure : More;
            SetLine(_nextLine);
            at = _line;
        }
    }
}
