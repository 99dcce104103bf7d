using System.Text.Json;
using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>
/// JSON from a UTF-8 stream, or what a tokenizer has cut from YAML, read as it arrives: only a few blocks of it are held. Several values after one another,
/// as JSON Lines have them, are documents of their own.
/// </summary>
/// <remarks>Hot: <see cref="Skip"/> goes over a value in one step, and equal texts are one string.</remarks>
public sealed class JsonTokenReader : ManifestTokenReader
{
    private readonly TokenBlockQueue? _blocks;
    private readonly string _file;
    private readonly StringPool _strings;

    private TokenBlock _block;
    private int _index = -1;
    private int _depth;
    private bool _skipRest;
    private string? _text;

    // Whether the present object may look up places in the present block, and the one before where it may do so there.
    private bool _isLent;
    private TokenBlock? _lent;

    // Lines are counted on demand, from the last place they were counted up to.
    private int _countedUpTo;
    private JsonPlace _counted;
    private int _noted;
    private JsonPlace? _notedBefore;

    /// <param name="stream">UTF-8, with or without a byte order mark. Disposed with the reader.</param>
    /// <param name="file">The input's name for locations.</param>
    /// <param name="strings">Shared by the readers of one load.</param>
    public JsonTokenReader(Stream stream, string file, StringPool strings)
        : this(stream, file, strings, new SpareBlocks())
    {
    }

    /// <inheritdoc cref="JsonTokenReader(Stream, string, StringPool)"/>
    /// <param name="spare">From the inputs before, and for those to come.</param>
    internal JsonTokenReader(Stream stream, string file, StringPool strings, SpareBlocks spare)
    {
        _blocks = new TokenBlockQueue(stream, new JsonTokenizer(stream, file), isIndented: false, spare);
        _block = new TokenBlock();
        _file = file;
        _strings = strings;
    }

    /// <summary>A reader of YAML that a tokenizer is sure of.</summary>
    internal JsonTokenReader(Stream stream, PlainYamlTokenizer tokenizer, string file, StringPool strings, SpareBlocks spare)
    {
        _blocks = new TokenBlockQueue(stream, tokenizer, isIndented: true, spare);
        _block = new TokenBlock();
        _file = file;
        _strings = strings;
    }

    /// <summary>A reader of one block, to be sent to values that end in it.</summary>
    internal JsonTokenReader(TokenBlock block, string file, StringPool strings)
    {
        _block = block;
        _file = file;
        _strings = strings;
        _counted = block.Place;
    }

    /// <summary>Whether the text has lines for a person to look at; what comes from a server has none, and its locations name the input alone.</summary>
    public bool HasLines { get; init; } = true;

    /// <summary>Told how many bytes of the stream come next, on the thread that reads.</summary>
    public Action<int>? OnBytes { get; init; }

    public override SourceLocation Location => HasLines && _index >= 0 ? At(PlaceOf(Current.Start)) : new SourceLocation(_file, 0, 0);

    public override string Text => _text ??= MakeText();

    public override string WrittenText => _index >= 0 && _block.IsIndented && Current.IsEscaped ? _block.Texts[Current.TextLength].Written : Text;

    /// <summary>The number of the current token among all of the input.</summary>
    internal long Position => _block.FirstToken + _index;

    internal override SourceLocation NotedPlace => HasLines ? At(_notedBefore ?? PlaceOf(_noted)) : new SourceLocation(_file, 0, 0);

    private ref BlockToken Current => ref _block[Math.Min(_index, _block.Count - 1)];

    public override bool Read()
    {
        if (_skipRest)
            return End();
        if (Kind == ManifestTokenKind.EndOfInput)
            return false;
        if (++_index >= _block.Count)
            NextBlock();
        Take();
        return Kind != ManifestTokenKind.EndOfInput;
    }

    public override void Skip()
    {
        if (Kind == ManifestTokenKind.PropertyName)
            Read();
        if (Kind is not (ManifestTokenKind.ObjectStart or ManifestTokenKind.ArrayStart))
            return;
        var outside = _depth - 1;
        while (true)
        {
            if (Current.Close > 0)
            {
                _index = Current.Close;
                Take();
            }

            if (_depth == outside)
                return;
            if (++_index >= _block.Count)
                NextBlock();
            Take();
        }
    }

    /// <summary>JSON has no marker between documents, so what follows an error cannot be told from what belongs to it.</summary>
    public override void SkipDocument()
    {
        try
        {
            while (!_skipRest && _depth > 0 && Read())
                Skip();
        }
        catch (ManifestSyntaxException)
        {
            _skipRest = true;
        }
    }

    internal override void NotePlace()
    {
        _noted = Current.Start;
        _notedBefore = null;
    }

    internal override void BeginObject()
    {
        _isLent = false;
        if (_lent is not null)
            _blocks!.GiveBack(_lent);
        _lent = null;
    }

    internal override KeptValue Keep()
    {
        if (!IsWhole)
            return base.Keep();
        _isLent = true;
        return new KeptValue(this, new BlockExcerpt(_block, _index, _file, HasLines, _strings));
    }

    internal override void ReadAhead(ManifestBinder binder, ObjectType itemType, CancellationToken cancellation)
    {
        // What ends in this block is nothing to read ahead.
        if (_blocks is null || Kind != ManifestTokenKind.ArrayStart || IsWhole)
            return;
        var (file, hasLines) = (_file, HasLines);
        _blocks.ReadAhead(new ListAhead(
            binder.Ahead, itemType, _depth, (block, strings) => new JsonTokenReader(block, file, strings) { HasLines = hasLines }, cancellation));
    }

    internal override bool TryPassItem(IManifestSink sink)
    {
        if (_block.Items?.TryPass(_index, sink) != true)
            return false;
        BeginObject();
        Skip();
        return true;
    }

    /// <summary>Stands on a token of the present block.</summary>
    internal void GoTo(int token)
    {
        _index = token;
        _depth = 0;
        Take();
    }

    internal override bool TryGetRaw(out ReadOnlySpan<byte> value, out int column)
    {
        value = [];
        column = 0;
        if (!IsWhole)
            return false;
        if (!_block.IsIndented)
        {
            value = _block.Bytes.AsSpan(Current.Start, _block[Current.Close].Start + 1 - Current.Start);
            return true;
        }

        // A block ends where the next thing begins.
        if (_block.HasTexts(_index, Current.Close))
            return false;
        var bytes = _block.Bytes.AsSpan(0, _block[Current.Close].Start).TrimEnd((byte)' ');
        value = bytes[Current.Start..];
        column = Current.Start - bytes[..Current.Start].LastIndexOf((byte)'\n');
        return true;
    }

    internal override bool TryGetUtf8(out ReadOnlySpan<byte> text)
    {
        var token = Current;
        var isPlain = token.Kind == ManifestTokenKind.String && !token.IsEscaped;
        text = isPlain ? _block.Bytes.AsSpan(token.TextStart, token.TextLength) : [];
        return isPlain;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _blocks is not null)
        {
            BeginObject();
            if (_block.Bytes.Length > 0)
                _blocks.GiveBack(_block);
            (_block, _index) = (new TokenBlock(), -1);
            _blocks.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Whether the value that the reader stands on is an object or array that lies in this block as a whole.</summary>
    internal bool IsWhole => _index >= 0 && Current.Close > 0;

    private bool End()
    {
        Kind = ManifestTokenKind.EndOfInput;
        _text = "";
        return false;
    }

    private void NextBlock()
    {
        if (_block.Failure is { } failure)
        {
            _skipRest = true;
            failure.Throw();
        }

        if (_notedBefore is null && HasLines && _block.Count > 0)
            _notedBefore = PlaceOf(_noted);
        if (_isLent)
            _lent = _block;
        else if (_block.Bytes.Length > 0)
            _blocks!.GiveBack(_block);
        _block = _blocks!.Next();
        _isLent = false;
        OnBytes?.Invoke(_block.BytesRead);
        _index = 0;
        _countedUpTo = 0;
        _counted = _block.Place;
        if (_block.Count == 0)
            NextBlock();
    }

    private void Take()
    {
        var kind = _block[_index].Kind;
        Kind = kind;
        _text = null;
        if (kind is ManifestTokenKind.ObjectStart or ManifestTokenKind.ArrayStart)
            _depth++;
        else if (kind is ManifestTokenKind.ObjectEnd or ManifestTokenKind.ArrayEnd)
            _depth--;
    }

    private string MakeText()
    {
        if (_index < 0)
            return "";
        ref var token = ref Current;
        if (token.IsEscaped && _block.IsIndented)
            return _block.Texts[token.TextLength].Text;
        if (token.TextLength == 0)
            return "";
        if (!token.IsEscaped)
            return _strings.Get(_block.Bytes.AsSpan(token.TextStart, token.TextLength));

        // Let the library unescape: it knows surrogates.
        var quoted = new Utf8JsonReader(_block.Bytes.AsSpan(token.TextStart - 1, token.TextLength + 2));
        quoted.Read();
        try
        {
            return quoted.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            _skipRest = true;
            throw new ManifestSyntaxException(
                Location, @"Not well-formed JSON: this string holds a \u escape that is one half of a pair, or bytes that are not UTF-8.", e);
        }
    }

    private SourceLocation At(JsonPlace place) => new(_file, place.Line, place.Column);

    /// <summary>Places are mostly asked for in ascending order, so that each byte is counted once.</summary>
    private JsonPlace PlaceOf(int at)
    {
        if (at < _countedUpTo)
            (_countedUpTo, _counted) = (0, _block.Place);
        _counted = _counted.After(_block.Bytes.AsSpan(_countedUpTo, at - _countedUpTo));
        _countedUpTo = at;
        return _counted;
    }
}
