using NetPolTools.Text;

namespace NetPolTools.Reading;

/// <summary>
/// The one way into the binder: YAML, JSON and PowerShell objects all arrive as this stream of tokens, pulled one at a time, each with its place.
/// </summary>
/// <remarks>
/// <see cref="Read"/> throws <see cref="ManifestSyntaxException"/> where the text is not well formed. <see cref="SkipDocument"/> then looks for
/// the next document. Readers are not thread safe.
/// </remarks>
public abstract class ManifestTokenReader : IDisposable
{
    /// <summary>Objects and arrays may nest this deep. Kubernetes' deepest schemas need about 70 levels.</summary>
    public const int MaxDepth = 128;

    public ManifestTokenKind Kind { get; protected set; }

    /// <summary>Where the current token begins.</summary>
    public abstract SourceLocation Location { get; }

    /// <summary>The current property name or scalar, unescaped; empty for any other token.</summary>
    public abstract string Text { get; }

    /// <summary>
    /// What the user may have meant by the current scalar, when its spelling and its type part ways: the text <c>yes</c> of a YAML boolean.
    /// Otherwise the same as <see cref="Text"/>.
    /// </summary>
    public virtual string WrittenText => Text;

    /// <summary>Goes to the next token; false at the end of the input, where <see cref="Kind"/> is <see cref="ManifestTokenKind.EndOfInput"/>.</summary>
    public abstract bool Read();

    /// <summary>
    /// Leaves the rest of the current document unread, whether it was well formed so far or not; the next <see cref="Read"/> gives the next
    /// document or the end. Where the format has no way to find the next document, that is the end.
    /// </summary>
    public abstract void SkipDocument();

    /// <summary>
    /// Passes over the value the reader stands on, so that it stands on the value's last token. On a property name, passes over its value.
    /// </summary>
    public virtual void Skip()
    {
        if (Kind == ManifestTokenKind.PropertyName)
            Read();
        var depth = 0;
        do
        {
            if (Kind is ManifestTokenKind.ObjectStart or ManifestTokenKind.ArrayStart)
                depth++;
            else if (Kind is ManifestTokenKind.ObjectEnd or ManifestTokenKind.ArrayEnd)
                depth--;
        }
        while (depth > 0 && Read());
    }

    /// <summary>Remembers the place of the current token; costs less than <see cref="Location"/>, since mostly nobody asks for it.</summary>
    internal virtual void NotePlace() => NotedPlace = Location;

    /// <summary>Remembers a place that is known otherwise.</summary>
    internal virtual void NotePlace(SourceLocation place) => NotedPlace = place;

    /// <summary>The place that was noted last.</summary>
    internal virtual SourceLocation NotedPlace { get; private set; }

    /// <summary>Tells that an object begins here: nobody asks any more for what was kept of the one before.</summary>
    internal virtual void BeginObject()
    {
    }

    /// <summary>Offers the items of the array that the reader stands on, to be read on two threads where that pays.</summary>
    internal virtual void ReadAhead(ManifestBinder binder, ObjectType itemType, CancellationToken cancellation)
    {
    }

    /// <summary>Passes on what was found ahead in the item that the reader stands on, and goes to its last token; false where nobody has read it.</summary>
    internal virtual bool TryPassItem(IManifestSink sink) => false;

    /// <summary>Keeps the value that the reader stands on, for looking up places in it after it has been read from what this gives.</summary>
    internal virtual KeptValue Keep()
    {
        var buffer = new TokenBuffer();
        buffer.Record(this);
        return new KeptValue(buffer.Replay(), buffer);
    }

    /// <summary>
    /// The text of the object or array that the reader stands on, where it has it at hand: equal texts that begin in equal columns mean equal values.
    /// </summary>
    internal virtual bool TryGetRaw(out ReadOnlySpan<byte> value, out int column)
    {
        value = [];
        column = 0;
        return false;
    }

    /// <summary>The text of the string that the reader stands on as UTF-8, where it has it at hand.</summary>
    internal virtual bool TryGetUtf8(out ReadOnlySpan<byte> text)
    {
        text = [];
        return false;
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
