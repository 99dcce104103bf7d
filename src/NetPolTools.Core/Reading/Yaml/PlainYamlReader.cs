using System.Text;
using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>
/// YAML from a UTF-8 stream. As long as it is written as programs and most people write it, it is read here; from the beginning of the document on in
/// which anything else comes, by a reader that knows all of YAML, and that alone tells what is wrong with a text.
/// </summary>
/// <remarks>Ten times as fast as a reader of all of YAML. What is read is the same, places included: a test by property holds the two together.</remarks>
internal sealed class PlainYamlReader : ManifestTokenReader
{
    private readonly JsonTokenReader _plain;
    private readonly string _file;
    private readonly YamlReaderFactory _open;
    private ManifestTokenReader? _other;

    /// <param name="stream">UTF-8, with or without a byte order mark. Disposed with the reader.</param>
    /// <param name="file">The input's name for locations.</param>
    /// <param name="strings">Shared by the readers of one load.</param>
    /// <param name="open">Makes the reader of all of YAML.</param>
    /// <param name="spare">From the inputs before, and for those to come.</param>
    public PlainYamlReader(Stream stream, string file, StringPool strings, YamlReaderFactory open, SpareBlocks spare)
    {
        _plain = new JsonTokenReader(stream, new PlainYamlTokenizer(stream), file, strings, spare) { OnBytes = count => OnBytes?.Invoke(count) };
        _file = file;
        _open = open;
    }

    /// <summary>Told how many bytes of the stream come next, on the thread that reads.</summary>
    public Action<int>? OnBytes { get; init; }

    /// <summary>Whether all that was read so far was plain.</summary>
    public bool IsPlain => _other is null;

    public override SourceLocation Location =>
        Kind is ManifestTokenKind.None or ManifestTokenKind.EndOfInput ? default : (_other ?? _plain).Location;

    public override string Text => (_other ?? _plain).Text;

    public override string WrittenText => (_other ?? _plain).WrittenText;

    internal override SourceLocation NotedPlace => (_other ?? _plain).NotedPlace;

    public override bool Read()
    {
        if (_other is null)
        {
            try
            {
                var more = _plain.Read();
                Kind = _plain.Kind;
                return more;
            }
            catch (UnsureYamlException e)
            {
                TurnTo(e, e.End);
            }
        }

        var hasMore = _other!.Read();
        Kind = _other.Kind;
        return hasMore;
    }

    public override void Skip()
    {
        if (_other is null)
        {
            var position = _plain.Position;
            try
            {
                _plain.Skip();
                Kind = _plain.Kind;
                return;
            }
            catch (UnsureYamlException e)
            {
                TurnTo(e, position + 1);
            }
        }

        _other!.Skip();
        Kind = _other.Kind;
    }

    public override void SkipDocument() => (_other ?? _plain).SkipDocument();

    internal override void NotePlace() => (_other ?? _plain).NotePlace();

    internal override void NotePlace(SourceLocation place) => (_other ?? _plain).NotePlace(place);

    internal override void BeginObject() => _plain.BeginObject();

    internal override void ReadAhead(ManifestBinder binder, ObjectType itemType, CancellationToken cancellation) =>
        (_other ?? _plain).ReadAhead(binder, itemType, cancellation);

    internal override bool TryPassItem(IManifestSink sink)
    {
        var isPassed = (_other ?? _plain).TryPassItem(sink);
        Kind = (_other ?? _plain).Kind;
        return isPassed;
    }

    internal override KeptValue Keep() => _other is null && _plain.IsWhole ? _plain.Keep() with { Tokens = this } : base.Keep();

    internal override bool TryGetRaw(out ReadOnlySpan<byte> value, out int column) => (_other ?? _plain).TryGetRaw(out value, out column);

    internal override bool TryGetUtf8(out ReadOnlySpan<byte> text) => (_other ?? _plain).TryGetUtf8(out text);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _other?.Dispose();
            _plain.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Has another reader read what is to come, which first goes over what was read of the document.</summary>
    private void TurnTo(UnsureYamlException unsure, long position)
    {
        unsure.Text.OnBytes = OnBytes;
        var noted = _plain.NotedPlace;
        _other = _open(new StreamReader(unsure.Text, new UTF8Encoding(false, throwOnInvalidBytes: true)), _file);
        if (unsure.Text.IsBehindEmptyDocument)
            _other.Read();
        for (var token = unsure.Document; token < position; token++)
            _other.Read();
        _other.NotePlace(noted);
    }
}
