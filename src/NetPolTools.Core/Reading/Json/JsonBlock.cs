using System.Runtime.ExceptionServices;

namespace NetPolTools.Reading;

/// <summary>A stretch of JSON with its tokens: whole tokens, but values may go on in the next block.</summary>
internal sealed class JsonBlock
{
    private JsonToken[] _tokens = new JsonToken[1024];

    public byte[] Bytes { get; set; } = [];

    /// <summary>How many of the bytes are this block's.</summary>
    public int Length { get; set; }

    public int Count { get; private set; }

    public ref JsonToken this[int index] => ref _tokens[index];

    /// <summary>What stands behind the last token instead of another: an error in the text, or of the stream; null where the input goes on or ends.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }

    public bool IsLast { get; set; }

    /// <summary>Where the first byte stands in the input.</summary>
    public JsonPlace Place { get; set; }

    /// <summary>How many bytes came from the stream for it.</summary>
    public int BytesRead { get; set; }

    /// <summary>The number of the thread that fills it.</summary>
    public int Maker { get; init; }

    /// <summary>In how many brackets the first token stands.</summary>
    public int Depth { get; set; }

    /// <summary>In how few brackets the block comes to be.</summary>
    public int LeastDepth { get; set; }

    /// <summary>What another thread finds in it, or is to find; null where that is not known to hold items of a list.</summary>
    public ItemsAhead? Items { get; set; }

    /// <inheritdoc cref="JsonToken(ManifestTokenKind, int, int, bool)"/>
    public void Add(ManifestTokenKind kind, int start, int size = 0, bool isEscaped = false)
    {
        if (Count == _tokens.Length)
            Array.Resize(ref _tokens, Count * 2);
        _tokens[Count++] = new JsonToken(kind, start, size, isEscaped);
    }

    /// <summary>Notes where the value that begins with a bracket ends.</summary>
    public void Close(int open, int close) => _tokens[open] = new JsonToken(_tokens[open].Kind, _tokens[open].Start, close, false);

    public void Clear()
    {
        Count = 0;
        Failure = null;
        IsLast = false;
        BytesRead = 0;
        Items = null;
    }
}
